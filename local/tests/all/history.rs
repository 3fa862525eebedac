//! `GetParameterHistory`.

use serde_json::{Value, json};
use stage_config_local::{LocalStore, On, Parameter};

use crate::{Answer, ask};

#[track_caller]
#[expect(clippy::needless_pass_by_value, reason = "reads better with `json!`")]
fn history(store: &LocalStore, name: &str, more: Value) -> Answer {
    let mut body = json!({ "Name": name });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    ask(store, "GetParameterHistory", body)
}

/// One field of each version.
fn each(reply: &Value, field: &str) -> Vec<Value> {
    reply["Parameters"].as_array().unwrap().iter().map(|version| version[field].clone()).collect()
}

#[test]
fn a_version_shows_who_put_it_and_its_labels() {
    let store = LocalStore::start([
        Parameter::secure_string("/s", "sk_test_1").description("Stripe, test mode"),
        Parameter::secure_string("/s", "sk_test_2").key_id("alias/orders"),
    ])
    .unwrap();
    store.label("/s", 1, "old").unwrap();
    store.label("/s", 1, "stable").unwrap();
    let mut reply = history(&store, "s", json!({ "WithDecryption": true })).ok();
    for version in reply["Parameters"].as_array_mut().unwrap() {
        assert!(version["LastModifiedDate"].take().as_f64().unwrap() > 1.7e9);
    }
    let version = |number: u32, value: &str, key: &str, labels: &[&str]| {
        json!({
            "Name": "/s", "Type": "SecureString", "Value": value, "Version": number, "KeyId": key,
            "Labels": labels, "Description": "Stripe, test mode", "LastModifiedDate": null,
            "LastModifiedUser": "arn:aws:sts::111122223333:assumed-role/local/local",
            "Tier": "Standard", "Policies": [], "DataType": "text",
        })
    };
    assert_eq!(
        reply,
        json!({ "Parameters": [
            version(1, "sk_test_1", "alias/aws/ssm", &["old", "stable"]),
            version(2, "sk_test_2", "alias/orders", &[]),
        ]})
    );
}

#[test]
fn a_value_is_ciphertext_without_decryption() {
    let store = LocalStore::start([
        Parameter::secure_string("/s", "sk_test_1"),
        Parameter::secure_string("/s", "sk_test_1"),
        Parameter::string("/a", "1"),
    ])
    .unwrap();
    let reply = history(&store, "/s", json!({})).ok();
    assert!(!reply.to_string().contains("sk_test"), "{reply}");
    let values = each(&reply, "Value");
    assert_ne!(values[0], values[1]);
    assert_eq!(each(&history(&store, "/a", json!({})).ok(), "Value"), [json!("1")]);

    store.script(On::call("Decrypt").nth(2).fail());
    let answer = history(&store, "/s", json!({ "WithDecryption": true }));
    assert_eq!(answer.code(), "InvalidKeyId");
    store.script(On::call("GetParameterHistory").name("/s").deny());
    assert_eq!(history(&store, "/s", json!({})).code(), "AccessDeniedException");
    history(&store, "/a", json!({})).ok();
}

#[test]
fn the_oldest_come_first_and_over_pages() {
    let store =
        LocalStore::start((0..101).map(|it| Parameter::string("/a", it.to_string()))).unwrap();
    let first = history(&store, "/a", json!({})).ok();
    assert_eq!(each(&first, "Version").len(), 50);
    // The first version of a hundred and one is gone.
    assert_eq!((&each(&first, "Version")[0], &each(&first, "Value")[0]), (&json!(2), &json!("1")));
    let token = &first["NextToken"];
    let second = history(&store, &store.arn("/a"), json!({ "NextToken": token })).ok();
    assert_eq!((each(&second, "Version").len(), &second["NextToken"]), (50, &Value::Null));
    let small = history(&store, "/a", json!({ "MaxResults": 3 })).ok();
    assert_eq!(each(&small, "Version"), [2, 3, 4]);
    for most in [0, 51] {
        assert_eq!(
            history(&store, "/a", json!({ "MaxResults": most })).code(),
            "ValidationException"
        );
    }
    store.put(Parameter::string("/b", "1")).unwrap();
    for (name, token) in [("/b", token.clone()), ("/a", json!("x"))] {
        let answer = history(&store, name, json!({ "NextToken": token }));
        assert_eq!(answer.code(), "InvalidNextToken");
    }
}

#[test]
fn a_history_is_of_a_parameter_in_all_its_versions() {
    let store =
        LocalStore::start([Parameter::string("/a", "1"), Parameter::secret("s", "sk_test_1")])
            .unwrap();
    for (name, code) in [
        ("/none", "ParameterNotFound"),
        ("/aws/reference/secretsmanager/s", "ParameterNotFound"),
        ("/a:1", "ValidationException"),
        ("a/b", "ValidationException"),
    ] {
        assert_eq!(history(&store, name, json!({})).code(), code, "{name}");
    }
}
