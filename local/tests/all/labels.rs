//! Labels of versions.

use serde_json::{Value, json};
use stage_config_local::{LocalStore, Parameter};

use crate::{Answer, ask, value};

#[test]
fn a_version_has_ten_labels_at_most() {
    let store = LocalStore::start([Parameter::string("/a", "1")]).unwrap();
    let label = |name: &str| {
        ask(&store, "LabelParameterVersion", json!({ "Name": "/a", "Labels": [name] }))
    };
    for number in 0..10 {
        label(&format!("n{number}")).ok();
    }
    assert_eq!(label("n10").code(), "ParameterVersionLabelLimitExceeded");
    label("n9").ok();
}

#[test]
fn a_label_moves_to_the_version_that_gets_it() {
    let store = LocalStore::start([Parameter::string("/a", "1")]).unwrap();
    store.put(Parameter::string("/a", "2")).unwrap();
    let label = |body: Value| ask(&store, "LabelParameterVersion", body);
    let latest = label(json!({ "Name": "/a", "Labels": ["blue", "1st"] })).ok();
    assert_eq!(latest, json!({ "InvalidLabels": ["1st"], "ParameterVersion": 2 }));
    assert_eq!(value(&store, "/a:blue"), "2");
    let first = label(json!({ "Name": "/a", "Labels": ["blue"], "ParameterVersion": 1 })).ok();
    assert_eq!(first, json!({ "InvalidLabels": [], "ParameterVersion": 1 }));
    assert_eq!(value(&store, "/a:blue"), "1");

    let missing = label(json!({ "Name": "/a", "Labels": ["b"], "ParameterVersion": 3 }));
    assert_eq!(missing.code(), "ParameterVersionNotFound");
    let missing = label(json!({ "Name": "/none", "Labels": ["b"] }));
    assert_eq!(missing.code(), "ParameterNotFound");
    let none = label(json!({ "Name": "/a", "Labels": [] }));
    assert_eq!(none.code(), "ValidationException");
    let selected = label(json!({ "Name": "/a:1", "Labels": ["b"] }));
    assert_eq!(selected.code(), "ValidationException");
}

#[test]
fn the_oldest_version_is_kept_while_it_has_a_label() {
    let store = LocalStore::start([]).unwrap();
    for _ in 0..100 {
        store.put(Parameter::string("/a", "1")).unwrap();
    }
    store.label("/a", 1, "blue").unwrap();
    let put = || {
        let body = json!({ "Name": "/a", "Value": "2", "Overwrite": true });
        ask(&store, "PutParameter", body)
    };
    let answer = put();
    assert_eq!((answer.status, answer.code()), (400, "ParameterMaxVersionLimitExceeded"));
    assert!(answer.message().contains("Version 1, the oldest version, can't be deleted"));
    assert_eq!(value(&store, "/a:100"), "1");

    store.label("/a", 100, "blue").unwrap();
    assert_eq!(put().ok()["Version"], 101);
    assert_eq!(value(&store, "/a:blue"), "1");
}

#[test]
fn a_label_has_rules() {
    let store = LocalStore::start([Parameter::string("/a", "1")]).unwrap();
    let label = |labels: &[&str]| {
        ask(&store, "LabelParameterVersion", json!({ "Name": "/a", "Labels": labels }))
    };
    let longest = "l".repeat(100);
    let reply = label(&["blue", "1st", "awsBlue", "SSM", "a b", "é", "B.l-u_e", &longest]).ok();
    assert_eq!(reply["InvalidLabels"], json!(["1st", "SSM", "a b", "awsBlue", "é"]));
    for name in ["/a:blue", "/a:B.l-u_e", &format!("/a:{longest}")] {
        assert_eq!(value(&store, name), "1", "the others are attached");
    }
    for labels in [&["x", ""][..], &[&"l".repeat(101)]] {
        let answer = label(labels);
        assert_eq!(answer.code(), "ValidationException");
        let rule = "at 'labels' failed to satisfy constraint: Member must satisfy constraint: \
                    [Member must have length less than or equal to 100, Member must have length \
                    greater than or equal to 1]";
        assert!(answer.message().ends_with(rule), "{}", answer.message());
    }
    assert_eq!(label(&["l"; 11]).code(), "ValidationException");
    for number in [0, -1, i64::MAX] {
        let body = json!({ "Name": "/a", "Labels": ["x"], "ParameterVersion": number });
        let answer = ask(&store, "LabelParameterVersion", body);
        assert_eq!(answer.code(), "ParameterVersionNotFound");
    }
}

#[test]
fn a_label_is_removed_from_its_version() {
    let store = LocalStore::start([Parameter::string("/a", "1")]).unwrap();
    store.put(Parameter::string("/a", "2")).unwrap();
    store.label("/a", 1, "blue").unwrap();
    store.label("/a", 1, "stable").unwrap();
    store.label("/a", 2, "green").unwrap();
    let remove = |body: Value| ask(&store, "UnlabelParameterVersion", body);
    let labels = ["stable", "green", "none", "blue"];
    assert_eq!(
        remove(json!({ "Name": "a", "ParameterVersion": 1, "Labels": labels })).ok(),
        json!({ "RemovedLabels": ["blue", "stable"], "InvalidLabels": ["green", "none"] })
    );
    let gone = |name: &str| crate::get(&store, name).code().to_owned();
    assert_eq!(gone("/a:blue"), "ParameterVersionNotFound");
    assert_eq!(value(&store, "/a:green"), "2");

    for (body, code) in [
        (
            json!({ "Name": "/a", "ParameterVersion": 3, "Labels": ["x"] }),
            "ParameterVersionNotFound",
        ),
        (
            json!({ "Name": "/a", "ParameterVersion": -1, "Labels": ["x"] }),
            "ParameterVersionNotFound",
        ),
        (json!({ "Name": "/b", "ParameterVersion": 1, "Labels": ["x"] }), "ParameterNotFound"),
        (json!({ "Name": "/a", "ParameterVersion": 1, "Labels": [] }), "ValidationException"),
        (json!({ "Name": "/a:1", "ParameterVersion": 1, "Labels": ["x"] }), "ValidationException"),
        (json!({ "Name": "/a", "Labels": ["x"] }), "ValidationException"),
    ] {
        let answer: Answer = remove(body.clone());
        assert_eq!(answer.code(), code, "{body}");
    }
}
