//! `GetParameter` and `GetParameters`.

use serde_json::{Value, json};
use stage_config_local::{LocalStore, Parameter};

use crate::{ask, each, get, get_all, value};

const ARN: &str = "arn:aws:ssm:us-east-1:111122223333:parameter";

fn store() -> LocalStore {
    let store = LocalStore::start([
        Parameter::string("/a", "1"),
        Parameter::string("/b/c", "2"),
        Parameter::string_list("/hosts", "x,y"),
        Parameter::secure_string("/secret", "sk_test_1"),
        Parameter::string("Key", "4"),
        Parameter::string("/Other", "5"),
    ])
    .unwrap();
    store.put(Parameter::string("/a", "one")).unwrap();
    store.label("/a", 1, "blue").unwrap();
    store
}

#[test]
fn a_reply_is_that_of_the_service() {
    let store = store();
    let found = get(&store, "/hosts");
    let missing = get(&store, "/none");
    let id = |head: &str| head.split("x-amzn-requestid: ").nth(1).unwrap()[..36].to_owned();
    assert_ne!(id(&found.head), id(&missing.head));
    for answer in [&found, &missing] {
        assert!(answer.head.contains("content-type: application/x-amz-json-1.1"));
    }
    assert_eq!(missing.body, json!({ "__type": "ParameterNotFound" }));

    let mut parameter = found.ok()["Parameter"].clone();
    assert!(parameter["LastModifiedDate"].take().as_f64().unwrap() > 1.7e9);
    assert_eq!(
        parameter,
        json!({
            "Name": "/hosts",
            "Type": "StringList",
            "Value": "x,y",
            "Version": 1,
            "LastModifiedDate": null,
            "ARN": format!("{ARN}/hosts"),
            "DataType": "text",
        })
    );
}

#[test]
fn a_secret_is_ciphertext_without_decryption() {
    let store = store();
    assert_eq!(value(&store, "/secret"), "sk_test_1");
    let ciphertext = |body| {
        let reply = ask(&store, "GetParameters", body).ok();
        assert_eq!(each(&reply, "Value")[0], "one", "only secrets are encrypted");
        each(&reply, "Value")[1].to_owned()
    };
    let before = ciphertext(json!({ "Names": ["/a", "/secret"] }));
    assert!(before.starts_with("AQICAH") && !before.contains("sk_test_1"));
    assert_eq!(ciphertext(json!({ "Names": ["/a", "/secret"], "WithDecryption": false })), before);

    store.put(Parameter::secure_string("/secret", "sk_test_1")).unwrap();
    let after = ciphertext(json!({ "Names": ["/a", "/secret"] }));
    assert_ne!(after, before, "each version is encrypted anew");
}

#[test]
fn a_reply_has_the_requested_name_and_selector() {
    let store = store();
    for (asked, name, value, selector) in [
        ("/a", "/a", "one", Value::Null),
        ("/a:1", "/a", "1", json!(":1")),
        ("/a:2", "/a", "one", json!(":2")),
        ("/a:blue", "/a", "1", json!(":blue")),
        // With the slash and without, it is the same parameter.
        ("Key", "Key", "4", Value::Null),
        ("/Key:1", "/Key", "4", json!(":1")),
        ("Other", "Other", "5", Value::Null),
        // For an ARN, it is the parameter's own name.
        (&store.arn("Key"), "Key", "4", Value::Null),
        (&format!("{ARN}/a:blue"), "/a", "1", json!(":blue")),
        // The service trims blanks, so the reply does not match.
        (" /a ", "/a", "one", Value::Null),
    ] {
        let parameter = get(&store, asked).ok()["Parameter"].clone();
        assert_eq!((&parameter["Name"], &parameter["Value"]), (&json!(name), &json!(value)));
        assert_eq!(parameter["Selector"], selector, "{asked}");
        assert_eq!(parameter["ARN"], store.arn(name));
    }
}

#[test]
fn a_batch_is_answered_in_alphabetical_order_and_each_name_once() {
    let store = store();
    let asked = ["/hosts", "/a:blue", "/none", "/a", "Key", "/Key", "/a", "/a:9", "/a:green\t"];
    let reply = get_all(&store, &asked).ok();
    assert_eq!(each(&reply, "Name"), ["/Key", "/a", "/a", "/hosts", "Key"]);
    assert_eq!(each(&reply, "Selector"), ["-", "-", ":blue", "-", "-"]);
    assert_eq!(reply["InvalidParameters"], json!(["/a:9", "/a:green", "/none"]));
}

#[test]
fn parameters_that_are_missing() {
    let store = store();
    for (name, code) in [
        ("/A", "ParameterNotFound"),
        ("/none:1", "ParameterNotFound"),
        ("/a:3", "ParameterVersionNotFound"),
        ("/a:green", "ParameterVersionNotFound"),
        ("/aws/service/none", "ParameterNotFound"),
        ("arn:aws:ssm:eu-west-1:111122223333:parameter/a", "ParameterNotFound"),
        ("arn:aws:ssm:us-east-1:444455556666:parameter/a", "ParameterNotFound"),
        ("arn:aws-cn:ssm:us-east-1:111122223333:parameter/a", "ParameterNotFound"),
    ] {
        let answer = get(&store, name);
        assert_eq!((answer.status, answer.code()), (400, code), "{name}");
        assert_eq!(get_all(&store, &[name]).ok()["InvalidParameters"], json!([name]));
    }
}

#[test]
fn a_malformed_name_is_a_validation_error() {
    let store = store();
    for name in [
        "",
        "b/c",
        "/a//b",
        "/a/",
        "/a b",
        "/a@b",
        "/a:",
        "/a:0",
        "/a:1:2",
        "/a:1x",
        "/aws",
        "ssmKey",
        "arn:aws:ssm:us-east-1:1:parameter/a",
        &format!("/{}", "n".repeat(1011)),
        &"/l".repeat(16),
    ] {
        let answer = get(&store, name);
        assert_eq!((answer.status, answer.code()), (400, "ValidationException"), "{name}");
        let answer = get_all(&store, &["/a", name]);
        assert_eq!(answer.code(), "ValidationException", "one malformed name fails all: {name}");
    }
    let answer = get(&store, "b/c");
    assert!(answer.message().starts_with("Parameter name: can't be prefixed with \"ssm\""));
    assert!(answer.message().ends_with("(`b/c` has levels but does not begin with `/`)"));
}

#[test]
fn a_batch_has_one_to_ten_names() {
    let store = store();
    let answer = |count| get_all(&store, &vec!["/n"; count]);
    assert_eq!(answer(10).ok()["InvalidParameters"], json!(["/n"]));
    for (count, rule) in [
        (
            0,
            "Value '[]' at 'names' failed to satisfy constraint: Member must have length greater than or equal to 1",
        ),
        (
            11,
            "'names' failed to satisfy constraint: Member must have length less than or equal to 10",
        ),
    ] {
        let answer = answer(count);
        assert_eq!(answer.code(), "ValidationException");
        assert!(answer.message().ends_with(rule), "{}", answer.message());
    }
}
