//! Requests that no SDK sends: each is answered, and the store goes on.

use serde_json::{Value, json};
use stage_config_local::{LocalStore, Parameter};

use crate::{ask, ask_text, get};

/// The operations, and the members that each has.
const OPERATIONS: [(&str, &str); 13] = [
    ("GetParameter", "Name WithDecryption"),
    ("GetParameters", "Names WithDecryption"),
    ("GetParametersByPath", "Path Recursive WithDecryption ParameterFilters MaxResults NextToken"),
    ("GetParameterHistory", "Name WithDecryption MaxResults NextToken"),
    ("DescribeParameters", "Filters ParameterFilters MaxResults NextToken"),
    (
        "PutParameter",
        "Name Value Type Description KeyId Overwrite Tags Tier Policies DataType AllowedPattern",
    ),
    ("DeleteParameter", "Name"),
    ("DeleteParameters", "Names"),
    ("LabelParameterVersion", "Name ParameterVersion Labels"),
    ("UnlabelParameterVersion", "Name ParameterVersion Labels"),
    ("AddTagsToResource", "ResourceType ResourceId Tags"),
    ("RemoveTagsFromResource", "ResourceType ResourceId TagKeys"),
    ("ListTagsForResource", "ResourceType ResourceId"),
];

fn store() -> LocalStore {
    LocalStore::start([Parameter::secure_string("/a", "sk_test_1")]).unwrap()
}

#[test]
fn members_of_any_type() {
    let store = store();
    // Each member in turn is the only one that is wrong.
    let whole = json!({
        "Name": "/a", "Names": ["/a"], "Path": "/", "Value": "sk_test_2", "Type": "SecureString",
        "Overwrite": true, "KeyId": "alias/a", "Tier": "Advanced", "DataType": "text",
        "Policies": "[]", "Description": "", "Labels": ["x"], "ParameterVersion": 1,
        "ResourceType": "Parameter", "ResourceId": "/a", "TagKeys": [], "MaxResults": 1,
        "WithDecryption": true, "Recursive": true, "ParameterFilters": [], "Filters": [],
    });
    let strange = [
        json!(null),
        json!(-1),
        json!(u64::MAX),
        json!(1e300),
        json!(true),
        json!(""),
        json!("\u{0}\u{1b}[31m\u{202e}"),
        json!("🦀".repeat(3000)),
        json!([]),
        json!([null]),
        json!([[["/a"]]]),
        json!(vec![""; 20]),
        json!({}),
        json!({ "Key": {}, "Option": [], "Values": 1 }),
        json!([{ "Key": "tag:\u{0}", "Option": "🦀", "Values": ["", "\n"] }]),
    ];
    for (operation, members) in OPERATIONS {
        for member in members.split(' ') {
            for value in &strange {
                let mut body = whole.clone();
                body[member] = value.clone();
                let answer = ask(&store, operation, body);
                assert!(
                    matches!(answer.status, 200 | 400),
                    "{operation} {member} {value}: {}",
                    answer.status
                );
                if answer.status != 200 {
                    let said = answer.body.to_string();
                    assert!(!said.contains("sk_test"), "{operation} {member} {value}: {said}");
                }
                // Whatever was deleted.
                let _ = store.put(Parameter::secure_string("/a", "sk_test_1"));
            }
        }
    }
}

#[test]
fn bodies_that_are_no_requests() {
    let store = store();
    let deep = format!("{{\"Name\": {}", "[".repeat(100_000));
    for (operation, _) in OPERATIONS {
        for body in ["", "null", "1", "\"/a\"", "[]", "{", "{\"Name\":", "\u{feff}{}", &deep] {
            let answer = ask_text(&store, operation, body);
            let described = operation == "DescribeParameters" && answer.status == 200;
            assert!(answer.status == 400 || described, "{operation} {body:.40}");
        }
    }
    let token = |text: &str| json!({ "Path": "/", "NextToken": text });
    for text in ["-", "--", "0-0-0", &"9".repeat(1000), "\u{0}"] {
        assert_eq!(ask(&store, "GetParametersByPath", token(text)).code(), "InvalidNextToken");
    }
    assert_eq!(get(&store, "/a").ok()["Parameter"]["Version"], Value::from(1));
}
