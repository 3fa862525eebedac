"""Reads a policy as the tools of each format do, and prints what they find and its statements.

usage: policies.py JSON SAM SERVERLESS TERRAFORM
"""

import json
import sys
import textwrap

import cfnlint.core
import cfnlint.decode.cfn_yaml
import hcl2
import parliament
import yaml

# cfn-lint does not look into the policies of a function, so they stand in a resource of their own too,
# as SAM makes it of them.
TEMPLATE = """\
AWSTemplateFormatVersion: "2010-09-09"
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Handler: bootstrap
      Runtime: provided.al2023
      InlineCode: "-"
{policies}
  OrdersPolicy:
    Type: AWS::IAM::Policy
    Properties:
      PolicyName: parameters
      Roles: [orders]
{document}"""

HCL = hcl2.SerializationOptions(strip_string_quotes=True, explicit_blocks=False)


class CloudFormation(yaml.SafeLoader):
    """YAML with `!Sub`, whose text is kept."""


CloudFormation.add_constructor("!Sub", lambda loader, node: loader.construct_scalar(node))


def normal(statement):
    """A statement with the keys of IAM in lower case, and lists."""
    statement = {key.lower(): value for key, value in statement.items()}
    lists = {}
    for key in ("action", "resource"):
        value = statement.get(key, statement.get(key + "s"))
        lists[key] = [value] if isinstance(value, str) else value
    return {"sid": statement["sid"], **lists}


def read(path):
    with open(path) as file:
        return file.read()


def lint(sam):
    first, rest = sam.split("Policies:\n  - ")
    assert not first
    template = TEMPLATE.format(
        policies=textwrap.indent(sam, " " * 6),
        document=textwrap.indent("PolicyDocument:\n    " + rest, " " * 6),
    )
    parsed = cfnlint.decode.cfn_yaml.loads(template)
    rules = cfnlint.core.get_rules([], [], ["I", "W", "E"])
    return [str(match) for match in cfnlint.core.run_checks("template", parsed, rules, ["us-east-1"])]


def main():
    paths = sys.argv[1:]
    document, sam, serverless, terraform = (read(path) for path in paths)
    found = [str(finding) for finding in parliament.analyze_policy_string(document).findings]
    policies = yaml.load(sam, CloudFormation)["Policies"]
    role = yaml.load(serverless, CloudFormation)["provider"]["iam"]["role"]
    [data] = [
        block["aws_iam_policy_document"]["parameters"]
        for block in hcl2.loads(terraform, serialization_options=HCL)["data"]
        if "aws_iam_policy_document" in block
    ]
    statements = {
        "json": json.loads(document)["Statement"],
        "sam": [statement for policy in policies for statement in policy["Statement"]],
        "serverless": role["statements"],
        "terraform": data["statement"],
    }
    normalised = {form: [normal(it) for it in list] for form, list in statements.items()}
    print(json.dumps({"parliament": found, "cfn-lint": lint(sam), "statements": normalised}))


main()
