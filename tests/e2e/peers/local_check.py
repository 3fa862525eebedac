"""Uses a Parameter Store the way a program written for the real one does; prints what it found.

usage: local_check.py URL

One JSON object: for each step what came back, or the error's code. What is right, the test says.
"""

import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

found = {}


def shape(parameter):
    """What a reply says of a parameter: not when, not by whom, and no empty lists."""
    left_out = ("LastModifiedDate", "LastModifiedUser")
    return {k: v for k, v in parameter.items() if k not in left_out and v != []}


def step(name, call, read):
    try:
        found[name] = read(call())
    except ClientError as error:
        found[name] = "error: " + error.response["Error"]["Code"]


def main():
    ssm = boto3.client(
        "ssm",
        endpoint_url=sys.argv[1],
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
        # What is refused, the service is to refuse.
        config=Config(proxies={}, retries={"total_max_attempts": 1}, parameter_validation=False),
    )

    def put(name, value, kind="String", **more):
        return ssm.put_parameter(Name=name, Value=value, Type=kind, **more)

    def get(name, **more):
        return ssm.get_parameter(Name=name, **more)

    def get_many(*names, **more):
        return ssm.get_parameters(Names=list(names), **more)

    one = lambda reply: shape(reply["Parameter"])
    version = lambda reply: reply["Version"]
    value = lambda reply: reply["Parameter"]["Value"]
    nothing = lambda reply: "done"

    def many(reply):
        return {
            "found": [p["Name"] + p.get("Selector", "") + "=" + p["Value"] for p in reply["Parameters"]],
            "invalid": reply["InvalidParameters"],
        }

    # Started with by the test.
    step("seeded", lambda: get("/seeded", WithDecryption=True), one)

    # Put and get.
    about = {"Description": "requests a second"}
    step("put", lambda: put("/app/limit", "1", **about), version)
    step("put again", lambda: put("/app/limit", "2"), version)
    step("overwrite", lambda: put("/app/limit", "2", Overwrite=True, **about), version)
    step("get", lambda: get("/app/limit"), one)
    step("get missing", lambda: get("/app/nothing"), one)
    step("list", lambda: put("/app/list", "a,b", "StringList"), version)
    step("secret", lambda: put("/app/secret", "s3cr3t", "SecureString"), version)
    step("plain", lambda: put("Plain", "p"), version)

    # Decryption on and off.
    step("decrypted", lambda: get("/app/secret", WithDecryption=True), value)
    step("not decrypted", lambda: "s3cr3t" in value(get("/app/secret")), bool)
    step("not decrypted by default", lambda: "s3cr3t" in many(get_many("/app/secret"))["found"][0], bool)
    step("decryption of a string", lambda: get("/app/limit", WithDecryption=True), value)

    # Selectors.
    label = lambda at, *labels: ssm.label_parameter_version(
        Name="/app/limit", ParameterVersion=at, Labels=list(labels)
    )
    step("label", lambda: label(1, "stable"), lambda r: r["InvalidLabels"])
    step("bad label", lambda: label(1, "1st"), lambda r: r["InvalidLabels"])
    step("get version", lambda: get("/app/limit:1"), one)
    step("get label", lambda: get("/app/limit:stable"), one)
    step("label moved", lambda: label(2, "stable"), lambda r: r["ParameterVersion"])
    step("get moved label", lambda: get("/app/limit:stable"), value)
    step("get missing version", lambda: get("/app/limit:9"), value)
    step("get missing label", lambda: get("/app/limit:nolabel"), value)

    # Many.
    step(
        "get many",
        lambda: get_many("Plain", "/nothing", "/app/limit:1", "/app/limit", "/app/secret", "/app/limit:9", WithDecryption=True),
        many,
    )
    step("slash or none", lambda: get_many("/Plain"), many)
    step("get none", lambda: get_many(), many)
    step("get eleven", lambda: get_many(*("/n%d" % n for n in range(11))), many)

    # ARNs.
    arn = get("/app/limit")["Parameter"]["ARN"]
    step("get by arn", lambda: get(arn), one)
    step("get many by arn", lambda: get_many(arn, arn + ":1"), many)

    # Names that cannot be.
    step("get with a space", lambda: get("/app/li mit"), value)
    step("get many with a space", lambda: get_many("/app/limit", "/app/li mit"), many)
    step("get with an empty level", lambda: get("/app//limit"), value)
    step("put without the slash", lambda: put("app/limit", "1"), version)
    step("put too large", lambda: put("/app/large", "x" * 4097), version)

    # By path, in pages.
    for n in range(12):
        put("/tree/%02d" % n, str(n))
    put("/tree/deep/er", "below")
    pages = lambda call, key, **more: [
        [p["Name"] for p in page[key]]
        for page in ssm.get_paginator(call).paginate(PaginationConfig={"PageSize": 5}, **more)
    ]
    flat = lambda pages: sorted(name for page in pages for name in page)
    by_path = lambda **more: pages("get_parameters_by_path", "Parameters", Path="/tree", **more)
    step("by path", by_path, flat)
    step("by path, largest page", by_path, lambda pages: max(map(len, pages)))
    step("by path, recursive", lambda: by_path(Recursive=True), flat)
    step("by path, nothing there", lambda: ssm.get_parameters_by_path(Path="/none"), lambda r: r["Parameters"])
    step("by path, eleven a page", lambda: ssm.get_parameters_by_path(Path="/tree", MaxResults=11), nothing)

    # Eleven pages: the paginator itself follows the tokens.
    for n in range(101):
        put("/eleven/%03d" % n, str(n), "SecureString")
    all_of = {"Path": "/eleven", "WithDecryption": True}
    eleven = list(ssm.get_paginator("get_parameters_by_path").paginate(**all_of))
    found["eleven pages"] = [len(page["Parameters"]) for page in eleven]
    found["eleven pages, values"] = [p["Value"] for page in eleven for p in page["Parameters"]]
    first = lambda **more: ssm.get_parameters_by_path(**all_of, **more)
    token = first()["NextToken"]
    step("token", lambda: first(NextToken=token), lambda r: r["Parameters"][0]["Name"])
    step("token of another", lambda: first(NextToken="MTA="), nothing)
    step("token of another path", lambda: ssm.get_parameters_by_path(Path="/tree", NextToken=token), nothing)

    # Secrets of Secrets Manager.
    secret = "/aws/reference/secretsmanager/stripe/test"
    read = lambda name: get(name, WithDecryption=True)
    source = lambda reply: json.loads(reply["Parameter"]["SourceResult"])
    step("sm", lambda: read(secret), lambda r: {k: v for k, v in one(r).items() if k not in ("SourceResult", "ARN")})
    step("sm source", lambda: read(secret), lambda r: [source(r)["secretString"], source(r)["versionStages"]])
    step("sm same arn", lambda: read(secret), lambda r: source(r)["ARN"] == r["Parameter"]["ARN"])
    step("sm by stage", lambda: read(secret + ":AWSPREVIOUS"), value)
    version_id = source(read(secret + ":AWSPREVIOUS"))["versionId"]
    step("sm by id", lambda: read(secret + ":" + version_id), value)
    step("sm many", lambda: get_many("/app/limit", secret, secret + ":AWSPREVIOUS", secret + ":green", WithDecryption=True), many)
    step("sm missing", lambda: read(secret + ":green"), value)
    step("sm not decrypted", lambda: get(secret), value)
    step("sm below a path", lambda: ssm.get_parameters_by_path(Path=secret, WithDecryption=True), nothing)

    # Tiers.
    step("advanced", lambda: put("/tier", "1", Tier="Advanced"), lambda r: r["Tier"])
    step("advanced to standard", lambda: put("/tier", "2", Overwrite=True, Tier="Standard"), lambda r: r["Tier"])
    step("advanced stays", lambda: put("/tier", "2", Overwrite=True), lambda r: r["Tier"])

    # Described: no values.
    begins = [{"Key": "Name", "Option": "BeginsWith", "Values": ["/app/"]}]
    described = lambda: ssm.describe_parameters(ParameterFilters=begins)["Parameters"]
    step("described", lambda: pages("describe_parameters", "Parameters", ParameterFilters=begins), flat)
    step("described one", lambda: next(p for p in described() if p["Name"] == "/app/limit"), shape)

    by = lambda key, option, *values: flat(
        pages(
            "describe_parameters",
            "Parameters",
            ParameterFilters=[{"Key": key, "Option": option, "Values": list(values)}],
        )
    )
    step("described by path", lambda: by("Path", "OneLevel", "/app"), list)
    step("described by name", lambda: by("Name", "Contains", "ain"), list)
    step("described by type", lambda: by("Type", "Equals", "StringList"), list)
    step("described by a bad key", lambda: by("Label", "Equals", "x"), list)
    step("described by a bad option", lambda: by("Type", "Contains", "x"), list)

    # Every version, with its labels.
    history = lambda name, **more: flat_versions(
        ssm.get_paginator("get_parameter_history").paginate(Name=name, **more)
    )
    flat_versions = lambda pages: [v for page in pages for v in page["Parameters"]]
    step(
        "history",
        lambda: history("/app/limit"),
        lambda versions: [[v["Version"], v["Value"], v["Labels"]] for v in versions],
    )
    step("history, who", lambda: history("/app/limit"), lambda vs: vs[0]["LastModifiedUser"])
    step("history not decrypted", lambda: history("/app/secret")[0]["Value"] == "s3cr3t", bool)
    step("history decrypted", lambda: history("/app/secret", WithDecryption=True)[0]["Value"], str)
    step(
        "unlabel",
        lambda: ssm.unlabel_parameter_version(
            Name="/app/limit", ParameterVersion=2, Labels=["stable", "none"]
        ),
        lambda r: [r["RemovedLabels"], r["InvalidLabels"]],
    )

    # Tags.
    tagged = {"ResourceType": "Parameter", "ResourceId": "/app/limit"}
    tags = lambda: ssm.list_tags_for_resource(**tagged)["TagList"]
    orders = [{"Key": "team", "Value": "orders"}, {"Key": "cost", "Value": "1"}]
    step("add tags", lambda: ssm.add_tags_to_resource(**tagged, Tags=orders), nothing)
    step("tags", tags, list)
    step("described by tag", lambda: by("tag:team", "Equals", "orders"), list)
    step("remove tags", lambda: ssm.remove_tags_from_resource(**tagged, TagKeys=["cost"]), nothing)
    step("tags left", tags, list)
    step(
        "tags of nothing",
        lambda: ssm.list_tags_for_resource(ResourceType="Parameter", ResourceId="/nothing"),
        nothing,
    )

    # Policies of a parameter.
    expires = {"Type": "Expiration", "Version": "1.0", "Attributes": {"Timestamp": "2040-12-02T21:34:33.000Z"}}
    policies = lambda *all: put("/tier", "3", Overwrite=True, Policies=json.dumps(all))
    step("policies", lambda: policies(expires), version)
    step("bad policies", lambda: policies(expires, expires), version)
    named = [{"Key": "Name", "Values": ["/tier"]}]
    tier = lambda: ssm.describe_parameters(ParameterFilters=named)["Parameters"][0]
    step("policies described", lambda: tier()["Policies"], lambda ps: [p["PolicyType"] for p in ps])

    # Who is asking.
    sts = boto3.client(
        "sts",
        endpoint_url=sys.argv[1],
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
        config=Config(proxies={}, retries={"total_max_attempts": 1}),
    )
    step("identity", sts.get_caller_identity, lambda r: [r["Account"], r["Arn"]])
    step("another operation of STS", sts.get_session_token, nothing)

    # Deleted.
    delete = lambda: ssm.delete_parameter(Name="/app/limit")
    step("delete", delete, nothing)
    step("get deleted", lambda: get("/app/limit"), value)
    step("delete again", delete, nothing)
    step(
        "delete several",
        lambda: ssm.delete_parameters(Names=["/app/list", "/nothing"]),
        lambda r: [r["DeletedParameters"], r["InvalidParameters"]],
    )

    print(json.dumps(found))


main()
