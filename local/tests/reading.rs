//! `GetParameter` and `GetParameters`, over the wire.

mod common;

use common::ask;
use serde_json::{Value, json};
use stage_config_local::{LocalStore, Parameter};

const ARN: &str = "arn:aws:ssm:us-east-1:111122223333:parameter";

fn store() -> LocalStore {
    let store = LocalStore::start([
        Parameter::string("/a", "1"),
        Parameter::string("/b/c", "2"),
        Parameter::string("/b/d/e", "3"),
        Parameter::string_list("/hosts", "x,y"),
        Parameter::secure_string("/b/secret", "sk_test_1"),
        Parameter::string("Key", "4"),
        Parameter::string("/Other", "5"),
    ])
    .unwrap();
    store.put(Parameter::string("/a", "one")).unwrap();
    store.label("/a", 1, "blue").unwrap();
    store
}

fn get(store: &LocalStore, name: &str) -> Value {
    ask(store, "GetParameter", json!({ "Name": name })).ok()["Parameter"].clone()
}

fn get_all(store: &LocalStore, names: &[&str]) -> Value {
    ask(store, "GetParameters", json!({ "Names": names })).ok()
}

/// One field of each parameter in a reply.
fn each<'a>(reply: &'a Value, field: &str) -> Vec<&'a str> {
    let parameters = reply["Parameters"].as_array().unwrap();
    parameters.iter().map(|parameter| parameter[field].as_str().unwrap_or("-")).collect()
}

#[test]
fn a_parameter_has_all_that_the_service_says_of_it() {
    let mut parameter = get(&store(), "/hosts");
    assert!(parameter["LastModifiedDate"].as_f64().unwrap() > 1.7e9);
    parameter["LastModifiedDate"] = Value::Null;
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
fn an_answer_is_json_of_the_service_s_own_kind_and_has_a_request_id() {
    let store = store();
    let one = ask(&store, "GetParameter", json!({ "Name": "/a" }));
    let two = ask(&store, "GetParameter", json!({ "Name": "/none" }));
    let id = |head: &str| head.split("x-amzn-requestid: ").nth(1).unwrap()[..36].to_owned();
    assert_ne!(id(&one.head), id(&two.head));
    for answer in [one, two] {
        assert!(answer.head.contains("content-type: application/x-amz-json-1.1"));
    }
}

#[test]
fn a_secret_is_readable_only_with_decryption() {
    let store = store();
    let body = |decrypt: Value| json!({ "Name": "/b/secret", "WithDecryption": decrypt });
    let value =
        |decrypt| ask(&store, "GetParameter", body(decrypt)).ok()["Parameter"]["Value"].clone();
    assert_eq!(value(json!(true)), "sk_test_1");
    assert_eq!(value(json!(false)), value(Value::Null));
    let ciphertext = value(json!(false));
    let ciphertext = ciphertext.as_str().unwrap();
    assert!(ciphertext.starts_with("AQICAH") && !ciphertext.contains("sk_test_1"));

    store.put(Parameter::secure_string("/b/secret", "sk_test_1")).unwrap();
    assert_ne!(value(json!(false)), ciphertext, "each version is encrypted anew");
}

#[test]
fn decryption_is_ignored_for_what_is_no_secret() {
    let store = store();
    let names = json!({ "Names": ["/a", "/b/secret", "/hosts"], "WithDecryption": true });
    let reply = ask(&store, "GetParameters", names).ok();
    assert_eq!(each(&reply, "Value"), ["one", "sk_test_1", "x,y"]);
    let reply = get_all(&store, &["/a", "/b/secret", "/hosts"]);
    let values = each(&reply, "Value");
    assert_eq!((values[0], values[2]), ("one", "x,y"));
    assert!(values[1].starts_with("AQICAH"));
}

#[test]
fn a_selector_is_answered_beside_the_bare_name() {
    let store = store();
    for (asked, value, version, selector) in [
        ("/a", "one", 2, Value::Null),
        ("/a:1", "1", 1, json!(":1")),
        ("/a:2", "one", 2, json!(":2")),
        ("/a:blue", "1", 1, json!(":blue")),
    ] {
        let parameter = get(&store, asked);
        assert_eq!(parameter["Name"], "/a", "{asked}");
        assert_eq!(parameter["Value"], value, "{asked}");
        assert_eq!(parameter["Version"], version, "{asked}");
        assert_eq!(parameter["Selector"], selector, "{asked}");
        assert_eq!(parameter["ARN"], format!("{ARN}/a"), "{asked}");
    }
    let reply = get_all(&store, &["/a:blue", "/a"]);
    assert_eq!(each(&reply, "Name"), ["/a", "/a"]);
    assert_eq!(each(&reply, "Selector"), ["-", ":blue"]);
}

#[test]
fn what_is_missing() {
    let store = store();
    let answer = |name| ask(&store, "GetParameter", json!({ "Name": name }));
    for (name, code) in [
        ("/none", "ParameterNotFound"),
        ("/A", "ParameterNotFound"),
        ("/none:1", "ParameterNotFound"),
        ("/a:3", "ParameterVersionNotFound"),
        ("/a:green", "ParameterVersionNotFound"),
        ("/aws/service/none", "ParameterNotFound"),
    ] {
        let answer = answer(name);
        assert_eq!((answer.status, answer.code()), (400, code), "{name}");
    }
    assert_eq!(answer("/none").body, json!({ "__type": "ParameterNotFound" }));

    let reply = get_all(&store, &["/a", "/none", "/a:10", "/a:green"]);
    assert_eq!(each(&reply, "Name"), ["/a"]);
    assert_eq!(reply["InvalidParameters"], json!(["/a:10", "/a:green", "/none"]));
    assert_eq!(get_all(&store, &["/a"])["InvalidParameters"], json!([]));
}

#[test]
fn a_batch_is_answered_in_alphabetical_order_and_each_name_once() {
    let reply = get_all(&store(), &["/hosts", "/b/c", "/a", "/b/c", "/Other"]);
    assert_eq!(each(&reply, "Name"), ["/Other", "/a", "/b/c", "/hosts"]);
}

#[test]
fn a_name_with_a_slash_and_without_are_one_and_the_form_asked_is_echoed() {
    let store = store();
    for (asked, value) in [("Key", "4"), ("/Key", "4"), ("Other", "5"), ("/Other", "5")] {
        let parameter = get(&store, asked);
        assert_eq!((&parameter["Name"], &parameter["Value"]), (&json!(asked), &json!(value)));
    }
    let reply = get_all(&store, &["/Key:1", "Key:1"]);
    assert_eq!(each(&reply, "Name"), ["/Key", "Key"]);
    assert_eq!(each(&reply, "ARN"), [format!("{ARN}/Key"), format!("{ARN}/Key")]);
}

#[test]
fn by_arn_the_reply_has_the_bare_name() {
    let store = store();
    assert_eq!(store.arn("/a"), format!("{ARN}/a"));
    assert_eq!(store.arn("Key"), format!("{ARN}/Key"));

    let parameter = get(&store, &format!("{ARN}/a:blue"));
    assert_eq!(parameter["Name"], "/a");
    assert_eq!(parameter["Selector"], ":blue");
    assert_eq!(parameter["ARN"], format!("{ARN}/a"));
    assert_eq!(get(&store, &store.arn("Key"))["Name"], "Key");
    let reply = get_all(&store, &[&store.arn("/b/c"), "/a"]);
    assert_eq!(each(&reply, "Name"), ["/a", "/b/c"]);

    for elsewhere in [
        "arn:aws:ssm:eu-west-1:111122223333:parameter/a",
        "arn:aws:ssm:us-east-1:444455556666:parameter/a",
        "arn:aws-cn:ssm:us-east-1:111122223333:parameter/a",
    ] {
        let answer = ask(&store, "GetParameter", json!({ "Name": elsewhere }));
        assert_eq!(answer.code(), "ParameterNotFound", "{elsewhere}");
        assert_eq!(get_all(&store, &[elsewhere])["InvalidParameters"], json!([elsewhere]));
    }
}

#[test]
fn a_malformed_name_is_a_validation_error_and_not_a_missing_parameter() {
    let store = store();
    for name in [
        "",
        "b/c",
        "/a//b",
        "//a",
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
        let answer = ask(&store, "GetParameter", json!({ "Name": name }));
        assert_eq!((answer.status, answer.code()), (400, "ValidationException"), "{name}");
        let answer = ask(&store, "GetParameters", json!({ "Names": ["/a", name] }));
        assert_eq!(answer.code(), "ValidationException", "one malformed name fails all: {name}");
    }
    let answer = ask(&store, "GetParameter", json!({ "Name": "b/c" }));
    assert!(answer.message().starts_with("Parameter name: can't be prefixed with \"ssm\""));
    assert!(answer.message().ends_with("(`b/c` has levels but does not begin with `/`)"));
}

#[test]
fn outer_blanks_are_trimmed_so_the_reply_does_not_match_what_was_asked() {
    let store = store();
    assert_eq!(get(&store, " /a ")["Name"], "/a");
    assert_eq!(each(&get_all(&store, &["/a\t"]), "Name"), ["/a"]);
    assert_eq!(get_all(&store, &[" /none"])["InvalidParameters"], json!(["/none"]));
}

#[test]
fn one_to_ten_names() {
    let store = store();
    let names = |count: usize| (0..count).map(|it| format!("/n{it}")).collect::<Vec<_>>();
    let answer = |count| ask(&store, "GetParameters", json!({ "Names": names(count) }));
    assert_eq!(answer(10).ok()["InvalidParameters"].as_array().unwrap().len(), 10);
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
