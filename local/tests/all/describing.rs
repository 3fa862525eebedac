//! `DescribeParameters`: what it says, and its filters.

use serde_json::{Value, json};
use stage_config_local::{LocalStore, Parameter};

use crate::{Answer, ask, each};

#[test]
fn descriptions_show_everything_but_the_value() {
    let store = LocalStore::start([
        Parameter::secure_string("/s", "sk_test_1").description("Stripe, test mode"),
        Parameter::string("/t", "sk_test_2"),
        Parameter::string("/u", "sk_test_3"),
    ])
    .unwrap();
    let reply = ask(&store, "DescribeParameters", json!({})).ok();
    assert!(!reply.to_string().contains("sk_test"));
    let [s, t, _] = &reply["Parameters"].as_array().unwrap()[..] else { panic!("{reply}") };
    assert_eq!(s["Description"], "Stripe, test mode");
    assert_eq!(s["ARN"], store.arn("/s"));
    assert_eq!((&s["Type"], &s["KeyId"]), (&json!("SecureString"), &json!("alias/aws/ssm")));
    assert_eq!((&t["Type"], &t["KeyId"]), (&json!("String"), &Value::Null));

    let filters = json!([{ "Key": "Name", "Option": "BeginsWith", "Values": ["/t"] }]);
    let reply = ask(&store, "DescribeParameters", json!({ "ParameterFilters": filters })).ok();
    assert_eq!(reply["Parameters"].as_array().unwrap().len(), 1);
    for most in [0, 51] {
        let answer = ask(&store, "DescribeParameters", json!({ "MaxResults": most }));
        assert_eq!(answer.code(), "ValidationException", "{most}");
    }
    for (most, more) in [(1, true), (2, true), (50, false)] {
        let page = ask(&store, "DescribeParameters", json!({ "MaxResults": most })).ok();
        assert_eq!(page["NextToken"].is_string(), more, "{most}");
    }
}

fn filtered_store() -> LocalStore {
    let store = LocalStore::start([
        Parameter::string("/a", "1"),
        Parameter::string("/app/dev/url", "1"),
        Parameter::string_list("/app/hosts", "a,b"),
        Parameter::secure_string("/app/key", "sk_test_1"),
        Parameter::secure_string("/app/own", "sk_test_2").key_id("alias/orders"),
        Parameter::string("/app/large", "v".repeat(5000)),
        Parameter::string("Key", "1"),
    ])
    .unwrap();
    for (name, key, tag) in
        [("/a", "team", "orders"), ("/app/key", "team", "payments"), ("Key", "cost:center", "1")]
    {
        let tags = json!([{ "Key": key, "Value": tag }]);
        let body = json!({ "ResourceType": "Parameter", "ResourceId": name, "Tags": tags });
        ask(&store, "AddTagsToResource", body).ok();
    }
    store
}

#[track_caller]
#[expect(clippy::needless_pass_by_value, reason = "reads better with `json!`")]
fn describe(store: &LocalStore, filters: Value) -> Answer {
    ask(store, "DescribeParameters", json!({ "ParameterFilters": filters }))
}

#[test]
fn filters_have_keys_and_options() {
    let store = filtered_store();
    let found = |filters: Value| each(&describe(&store, filters).ok(), "Name").join(" ");
    let by = |key: &str, option: Option<&str>, values: &[&str]| {
        let mut filter = json!({ "Key": key, "Values": values });
        if let Some(option) = option {
            filter["Option"] = option.into();
        }
        found(json!([filter]))
    };
    assert_eq!(by("Name", None, &["/a", "/none", "/Key"]), "Key /a");
    assert_eq!(by("Name", Some("Equals"), &["a"]), "/a");
    assert_eq!(by("Name", Some("BeginsWith"), &["/app/k", "/app/h"]), "/app/hosts /app/key");
    assert_eq!(by("Name", Some("Contains"), &["o"]), "/app/hosts /app/own");
    assert_eq!(by("Type", None, &["StringList"]), "/app/hosts");
    assert_eq!(by("Type", Some("BeginsWith"), &["Sec"]), "/app/key /app/own");
    assert_eq!(by("KeyId", None, &["alias/orders"]), "/app/own");
    assert_eq!(by("KeyId", Some("BeginsWith"), &["alias/"]), "/app/key /app/own");
    assert_eq!(by("Tier", None, &["Advanced"]), "/app/large");
    assert_eq!(by("DataType", None, &["aws:ec2:image"]), "");
    assert_eq!(by("Path", None, &["/app"]), "/app/hosts /app/key /app/large /app/own");
    assert_eq!(by("Path", Some("OneLevel"), &["/", "/app/dev/"]), "/a /app/dev/url");
    assert_eq!(by("Path", Some("Recursive"), &["/app/dev", "/x"]), "/app/dev/url");
    assert_eq!(by("tag:team", None, &["orders", "x"]), "/a");
    assert_eq!(by("tag:team", Some("BeginsWith"), &["pay"]), "/app/key");
    assert_eq!(by("tag:cost:center", None, &["1"]), "Key");
    assert_eq!(found(json!([{ "Key": "tag:team" }])), "/a /app/key");
    assert_eq!(by("tag:none", None, &["orders"]), "");
    // All of them.
    let both = json!([
        { "Key": "Path", "Option": "Recursive", "Values": ["/app"] },
        { "Key": "tag:team", "Values": ["payments"] },
    ]);
    assert_eq!(found(both), "/app/key");
    assert_eq!(found(json!([])).split(' ').count(), 7);
}

#[test]
fn a_filter_that_is_wrong_is_refused() {
    let store = filtered_store();
    let keys = "Valid filter keys include: [Path, Name, Type, KeyId, Tier].";
    for (filters, code, message) in [
        (
            json!([{ "Key": "Label", "Values": ["blue"] }]),
            "InvalidFilterKey",
            &*format!("The following filter key is not valid: Label. {keys}"),
        ),
        (
            json!([{ "Key": "Name", "Values": ["a"] }, { "Key": "Name", "Values": ["b"] }]),
            "InvalidFilterKey",
            "The following filter is duplicated in the request: Name. A request can contain only \
             one occurrence of a specific filter.",
        ),
        (
            json!([{ "Key": "KeyId" }]),
            "InvalidFilterValue",
            "The following filter values are missing : null for filter key KeyId.",
        ),
        (
            json!([{ "Key": "Type", "Option": "Contains", "Values": ["String"] }]),
            "InvalidFilterOption",
            "The following filter option is not valid: Contains. Valid options include: \
             [BeginsWith, Equals].",
        ),
        (
            json!([{ "Key": "Path", "Option": "Equals", "Values": ["/app"] }]),
            "InvalidFilterOption",
            "The following filter option is not valid: Equals. Valid options include: [Recursive, \
             OneLevel].",
        ),
        (
            json!([{ "Key": "Type", "Option": "Equals", "Values": ["Text"] }]),
            "InvalidFilterOption",
            "The following filter value is not valid: Text. Valid values include: [String, \
             StringList, SecureString].",
        ),
        (
            json!([{ "Key": "Tier", "Values": ["Free"] }]),
            "InvalidFilterOption",
            "The following filter value is not valid: Free. Valid values include: [Standard, \
             Advanced, Intelligent-Tiering].",
        ),
        (
            json!([{ "Key": "Colour", "Values": [""] }]),
            "ValidationException",
            "2 validation errors detected: Value 'Colour' at 'parameterFilters.1.member.key' failed \
             to satisfy constraint: Member must satisfy regular expression pattern: \
             tag:.+|Name|Type|KeyId|Path|Label|Tier|DataType; Value '[]' at \
             'parameterFilters.1.member.values' failed to satisfy constraint: Member must satisfy \
             constraint: [Member must have length less than or equal to 1024, Member must have \
             length greater than or equal to 1]",
        ),
    ] {
        let answer = describe(&store, filters.clone());
        assert_eq!((answer.code(), answer.message()), (code, message), "{filters}");
    }
    for (filter, rule) in [
        (json!({ "Key": "tag:", "Values": ["a"] }), "at 'parameterFilters.1.member.key'"),
        (json!({ "Key": format!("tag:{}", "k".repeat(129)) }), "less than or equal to 132"),
        (json!({ "Key": "Name", "Option": "o".repeat(11), "Values": ["a"] }), "equal to 10"),
        (json!({ "Key": "Name", "Values": vec!["a"; 51] }), "less than or equal to 50"),
        (json!({ "Key": "Name", "Values": ["v".repeat(1025)] }), "equal to 1024"),
        (json!({ "Key": "Path", "Values": ["app"] }), "must begin with a forward slash"),
        (json!({ "Values": ["a"] }), "Value null at 'key' failed"),
    ] {
        let answer = describe(&store, json!([filter]));
        assert_eq!(answer.code(), "ValidationException");
        assert!(answer.message().contains(rule), "{}", answer.message());
    }
}

#[test]
fn the_filters_of_before_work_too() {
    let store = filtered_store();
    let describe = |body: Value| ask(&store, "DescribeParameters", body);
    let found =
        |filters: Value| each(&describe(json!({ "Filters": filters })).ok(), "Name").join(" ");
    assert_eq!(found(json!([{ "Key": "Name", "Values": ["/app/o"] }])), "/app/own");
    assert_eq!(found(json!([{ "Key": "Type", "Values": ["StringList"] }])), "/app/hosts");
    assert_eq!(found(json!([{ "Key": "KeyId", "Values": ["alias/aws/ssm"] }])), "/app/key");
    for (body, said) in [
        (
            json!({ "Filters": [{ "Key": "Path", "Values": ["/a"] }] }),
            "enum value set: [KeyId, Type",
        ),
        (json!({ "Filters": [{ "Key": "Name", "Values": [] }] }), "'filters.1.member.values'"),
        (
            json!({
                "Filters": [{ "Key": "Name", "Values": ["a"] }],
                "ParameterFilters": [{ "Key": "Name", "Values": ["a"] }],
            }),
            "You can use either Filters or ParameterFilters in a single request.",
        ),
    ] {
        let answer = describe(body);
        assert_eq!(answer.code(), "ValidationException");
        assert!(answer.message().contains(said), "{}", answer.message());
    }
}

#[test]
fn a_description_goes_on_over_pages() {
    let store = LocalStore::start((0..120).map(|it| Parameter::string(format!("/n/{it:03}"), "1")))
        .unwrap();
    let filters = json!([{ "Key": "Path", "Values": ["/n"] }]);
    let (mut lengths, mut names, mut token) = (Vec::new(), Vec::new(), Value::Null);
    loop {
        let mut body = json!({ "ParameterFilters": filters });
        if !token.is_null() {
            body["NextToken"] = token;
        }
        let reply = ask(&store, "DescribeParameters", body).ok();
        lengths.push(each(&reply, "Name").len());
        names.extend(each(&reply, "Name").into_iter().map(str::to_owned));
        token = reply["NextToken"].clone();
        if token.is_null() {
            break;
        }
    }
    assert_eq!(lengths, [50, 50, 20]);
    assert!(names.is_sorted() && names.len() == 120);
    // A token fits its own filters only.
    let first = ask(&store, "DescribeParameters", json!({ "MaxResults": 1 })).ok();
    let other = json!({ "NextToken": first["NextToken"], "ParameterFilters": filters });
    assert_eq!(ask(&store, "DescribeParameters", other).code(), "InvalidNextToken");
}
