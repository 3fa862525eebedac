//! Tags of parameters.

use serde_json::{Value, json};
use stage_config_local::{LocalStore, Parameter};

use crate::{Answer, ask};

fn store() -> LocalStore {
    LocalStore::start([Parameter::string("/a", "1")]).unwrap()
}

#[track_caller]
fn on(store: &LocalStore, operation: &str, id: &str, more: Value) -> Answer {
    let mut body = json!({ "ResourceType": "Parameter", "ResourceId": id });
    let Value::Object(more) = more else { panic!("an object is wanted") };
    body.as_object_mut().unwrap().extend(more);
    ask(store, operation, body)
}

#[expect(clippy::needless_pass_by_value, reason = "reads better with `json!`")]
fn add(store: &LocalStore, tags: Value) -> Answer {
    on(store, "AddTagsToResource", "/a", json!({ "Tags": tags }))
}

/// The tags of `/a`, as `key=value`.
#[track_caller]
fn tags(store: &LocalStore) -> Vec<String> {
    let reply = on(store, "ListTagsForResource", "a", json!({})).ok();
    let tags = reply["TagList"].as_array().unwrap().iter();
    let text = |tag: &Value, member: &str| tag[member].as_str().unwrap().to_owned();
    tags.map(|tag| format!("{}={}", text(tag, "Key"), text(tag, "Value"))).collect()
}

#[test]
fn tags_are_added_changed_and_removed() {
    let store = store();
    assert_eq!(tags(&store), [""; 0]);
    let some = json!([{ "Key": "team", "Value": "orders" }, { "Key": "stage", "Value": "" }]);
    assert_eq!(add(&store, some).ok(), json!({}));
    add(&store, json!([{ "Key": "team", "Value": "payments" }])).ok();
    assert_eq!(tags(&store), ["stage=", "team=payments"]);
    let keys = json!({ "TagKeys": ["stage", "none"] });
    assert_eq!(on(&store, "RemoveTagsFromResource", "/a", keys).ok(), json!({}));
    assert_eq!(tags(&store), ["team=payments"]);
    // They belong to the parameter, and not to a version.
    store.put(Parameter::string("/a", "2")).unwrap();
    assert_eq!(tags(&store), ["team=payments"]);
    ask(&store, "DeleteParameter", json!({ "Name": "/a" })).ok();
    store.put(Parameter::string("/a", "1")).unwrap();
    assert_eq!(tags(&store), [""; 0]);
}

#[test]
fn a_parameter_is_created_with_tags() {
    let store = LocalStore::start([]).unwrap();
    let put = |overwrite: bool| {
        let body = json!({
            "Name": "/a", "Type": "String", "Value": "1", "Overwrite": overwrite,
            "Tags": [{ "Key": "team", "Value": "orders" }],
        });
        ask(&store, "PutParameter", body)
    };
    put(false).ok();
    assert_eq!(tags(&store), ["team=orders"]);
    let answer = put(true);
    assert_eq!(answer.code(), "ValidationException");
    assert!(answer.message().starts_with("Invalid request: tags and overwrite can't be used"));
    ask(&store, "DeleteParameter", json!({ "Name": "/a" })).ok();
    store
        .policy(r#"{"Statement": {"Effect": "Allow", "Action": "ssm:Put*", "Resource": "*"}}"#)
        .unwrap();
    let denied = put(false);
    let action =
        "ssm:AddTagsToResource on resource: arn:aws:ssm:us-east-1:111122223333:parameter/a ";
    assert!(denied.message().contains(action), "{}", denied.message());
}

#[test]
fn tags_have_rules() {
    let store = store();
    let tag = |key: &str, value: &str| add(&store, json!([{ "Key": key, "Value": value }]));
    tag(&"k".repeat(128), &"v".repeat(256)).ok();
    tag("clé 1/é_.:/=+-@", "ü 1_.:/=+-@").ok();
    for (key, value, rule) in [
        (
            "",
            "",
            "'tags.1.member.key' failed to satisfy constraint: Member must have length greater",
        ),
        (&*"k".repeat(129), "", "less than or equal to 128"),
        (
            "k",
            &*"v".repeat(257),
            "at 'tags.1.member.value' failed to satisfy constraint: Member must",
        ),
        ("k!", "", "regular expression pattern: ^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$"),
        ("k", "a,b", "at 'tags.1.member.value'"),
        ("k\n", "", "'tags.1.member.key'"),
        ("aws:x", "", "aws: prefixed tag key names are not allowed"),
    ] {
        let answer = tag(key, value);
        assert_eq!(answer.code(), "ValidationException");
        assert!(answer.message().contains(rule), "{}", answer.message());
    }
    let many = |count: usize| {
        add(&store, (0..count).map(|it| json!({ "Key": it.to_string(), "Value": "" })).collect())
    };
    many(48).ok();
    assert_eq!(many(49).code(), "TooManyTagsError");
    assert_eq!(tags(&store).len(), 50);
}

#[test]
fn only_a_parameter_that_exists_has_tags() {
    let store = store();
    for (kind, id, code) in [
        ("Parameter", "/none", "InvalidResourceId"),
        ("Document", "/a", "InvalidResourceId"),
        ("Bucket", "/a", "InvalidResourceType"),
        ("Parameter", "a/b", "ValidationException"),
        ("Parameter", "/a:1", "ValidationException"),
    ] {
        for operation in ["ListTagsForResource", "AddTagsToResource", "RemoveTagsFromResource"] {
            let more = json!({ "ResourceType": kind, "Tags": [], "TagKeys": [] });
            assert_eq!(on(&store, operation, id, more).code(), code, "{operation} {kind} {id}");
        }
    }
    let malformed = on(&store, "ListTagsForResource", "/a b", json!({}));
    assert!(malformed.message().starts_with("The parameter doesn't meet the parameter name"));
    let body = json!({ "ResourceType": "Parameter" });
    let answer = ask(&store, "ListTagsForResource", body);
    assert!(answer.message().contains("Value null at 'resourceId'"), "{}", answer.message());
}
