//! `PutParameter`, `DeleteParameter` and `DeleteParameters`, over the wire and from code.

use serde_json::{Value, json};
use stage_config_local::{LocalStore, Parameter, StartError};

use crate::{Answer, ask, ask_text, get, value};

fn empty() -> LocalStore {
    LocalStore::start([]).unwrap()
}

/// Puts a `String` `1` with other fields beside.
fn put(store: &LocalStore, name: &str, others: Value) -> Answer {
    let mut body = json!({ "Name": name, "Value": "1", "Type": "String" });
    let Value::Object(others) = others else { panic!("an object is wanted") };
    body.as_object_mut().unwrap().extend(others);
    ask(store, "PutParameter", body)
}

#[test]
fn only_overwriting_makes_a_new_version() {
    let store = empty();
    assert_eq!(put(&store, "/a", json!({})).ok(), json!({ "Version": 1, "Tier": "Standard" }));
    assert_eq!(put(&store, "/a", json!({ "Value": "2" })).code(), "ParameterAlreadyExists");
    let typed = json!({ "Value": "2", "Overwrite": true, "DataType": "aws:ec2:image" });
    assert_eq!(put(&store, "/a", typed).ok()["Version"], 2);
    assert_eq!((value(&store, "/a"), value(&store, "/a:1")), (json!("2"), json!("1")));
    let parameter = get(&store, "/a").ok()["Parameter"].clone();
    assert_eq!(parameter["DataType"], "aws:ec2:image");
}

#[test]
fn both_forms_of_a_name_are_one_parameter() {
    let store = empty();
    put(&store, "Key", json!({})).ok();
    assert_eq!(put(&store, "/Key", json!({})).code(), "ParameterAlreadyExists");
    put(&store, "/Key", json!({ "Value": "2", "Overwrite": true })).ok();
    assert_eq!(value(&store, "Key"), "2");
    let label = json!({ "Name": "/Key", "Labels": ["blue"] });
    assert_eq!(ask(&store, "LabelParameterVersion", label).ok()["ParameterVersion"], 2);
    ask(&store, "DeleteParameter", json!({ "Name": "/Key" })).ok();
    let gone = ask(&store, "GetParameter", json!({ "Name": "Key" }));
    assert_eq!(gone.code(), "ParameterNotFound");
}

#[test]
fn a_type_is_required_and_does_not_change() {
    let store = empty();
    let typeless = json!({ "Name": "/a", "Value": "1" });
    let answer = ask(&store, "PutParameter", typeless);
    assert_eq!(answer.code(), "ValidationException");
    assert_eq!(answer.message(), "A parameter type is required when you create a parameter.");
    put(&store, "/a", json!({ "Type": "SecureString" })).ok();
    let typeless = json!({ "Name": "/a", "Value": "2", "Overwrite": true });
    ask(&store, "PutParameter", typeless).ok();
    let read = ask(&store, "GetParameter", json!({ "Name": "/a" })).ok();
    assert_eq!(read["Parameter"]["Type"], "SecureString");
    let other = put(&store, "/a", json!({ "Overwrite": true }));
    assert_eq!(other.code(), "HierarchyTypeMismatchException");

    let answer = put(&store, "/b", json!({ "Type": "Text" }));
    assert_eq!(answer.code(), "ValidationException");
    assert!(answer.message().contains("[SecureString, StringList, String]"));
}

#[test]
fn names_that_cannot_be_created() {
    let store = empty();
    for name in [
        "",
        "a/b",
        "/a//b",
        "/a/",
        "/a b",
        "/a@b",
        "/a:1",
        "/aws/service/mine",
        "/aws/reference/secretsmanager/mine",
        "awsKey",
        "/SSM/key",
        &store.arn("/a"),
    ] {
        let answer = put(&store, name, json!({}));
        assert_eq!((answer.status, answer.code()), (400, "ValidationException"), "{name}");
    }
    put(&store, &"/l".repeat(15), json!({})).ok();
    let deep = put(&store, &"/l".repeat(16), json!({}));
    assert_eq!(deep.code(), "HierarchyLevelLimitExceededException");

    let room = 1011 - store.arn("/").len();
    put(&store, &format!("/{}", "n".repeat(room)), json!({})).ok();
    let long = put(&store, &format!("/{}", "n".repeat(room + 1)), json!({}));
    assert_eq!(long.code(), "ValidationException");
    assert!(long.message().contains("1012 characters, its ARN included"), "{}", long.message());
}

#[test]
fn values_have_a_minimum_and_a_maximum_size() {
    let store = empty();
    let sized = |name, size: usize, tier: &str| {
        put(&store, name, json!({ "Value": "v".repeat(size), "Tier": tier }))
    };
    sized("/a", 4096, "Standard").ok();
    assert_eq!(sized("/b", 4097, "Standard").code(), "ValidationException");
    assert_eq!(sized("/b", 8192, "Advanced").ok()["Tier"], "Advanced");
    assert_eq!(sized("/c", 8193, "Advanced").code(), "ValidationException");
    assert_eq!(put(&store, "/d", json!({ "Value": "" })).code(), "ValidationException");
    let long = json!({ "Description": "d".repeat(1025) });
    assert_eq!(put(&store, "/d", long).code(), "ValidationException");
    // In bytes, not in letters.
    assert_eq!(
        put(&store, "/e", json!({ "Value": "é".repeat(2049) })).code(),
        "ValidationException"
    );
    // From code the tier follows from the size.
    store.put(Parameter::string("/f", "v".repeat(8192))).unwrap();
    assert!(store.put(Parameter::string("/g", "v".repeat(8193))).is_err());
}

#[test]
fn an_advanced_parameter_stays_one() {
    let store = empty();
    let tiered = |name, tier: Option<&str>, size: usize| {
        let mut more = json!({ "Value": "v".repeat(size), "Overwrite": true });
        if let Some(tier) = tier {
            more["Tier"] = tier.into();
        }
        put(&store, name, more)
    };
    assert_eq!(tiered("/a", Some("Standard"), 1).ok()["Tier"], "Standard");
    assert_eq!(tiered("/a", Some("Advanced"), 1).ok()["Tier"], "Advanced");
    let answer = tiered("/a", Some("Standard"), 1);
    assert_eq!((answer.status, answer.code()), (400, "ValidationException"));
    assert_eq!(
        answer.message(),
        "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the \
         advanced-parameter tier to the standard-parameter tier. If necessary, you can delete the \
         advanced parameter and recreate it as a standard parameter. Be aware that standard \
         parameters have a value limit of 4096 characters."
    );
    assert_eq!(tiered("/a", None, 4097).ok()["Tier"], "Advanced");
    assert_eq!(tiered("/a", Some("Intelligent-Tiering"), 1).ok()["Tier"], "Advanced");
    store.put(Parameter::string("/a", "1")).unwrap();
    for tier in ["Standard", "advanced"] {
        assert_eq!(tiered("/a", Some(tier), 1).code(), "ValidationException", "{tier}");
    }

    // What only begins with the same name is another parameter.
    assert_eq!(tiered("/a-b", None, 1).ok()["Tier"], "Standard");
    assert_eq!(tiered("/a-b", Some("Intelligent-Tiering"), 4097).ok()["Tier"], "Advanced");

    ask(&store, "DeleteParameter", json!({ "Name": "/a" })).ok();
    assert_eq!(tiered("/a", Some("Standard"), 1).ok()["Tier"], "Standard");
}

#[test]
fn a_hundred_versions_are_kept() {
    let store = empty();
    for _ in 0..101 {
        store.put(Parameter::string("/a", "1")).unwrap();
    }
    let get = |name: &str| ask(&store, "GetParameter", json!({ "Name": name }));
    assert_eq!(get("/a:1").code(), "ParameterVersionNotFound");
    get("/a:2").ok();
    assert_eq!(get("/a").ok()["Parameter"]["Version"], 101);
}

#[test]
fn a_deleted_parameter_is_missing() {
    let store = LocalStore::start([Parameter::string("/a", "1")]).unwrap();
    let delete = |name: &str| ask(&store, "DeleteParameter", json!({ "Name": name }));
    assert_eq!(delete("/a:1").code(), "ValidationException");
    assert_eq!(delete(&store.arn("/a")).code(), "ValidationException");
    assert_eq!(delete("/a").ok(), json!({}));
    assert_eq!(delete("/a").code(), "ParameterNotFound");
}

#[test]
fn several_are_deleted_at_once() {
    let store =
        LocalStore::start(["/a", "Key", "/b"].map(|it| Parameter::string(it, "1"))).unwrap();
    let delete = |names: &[&str]| ask(&store, "DeleteParameters", json!({ "Names": names }));
    assert_eq!(
        delete(&["/none", "/b", "/Key", "/b", "/none"]).ok(),
        json!({ "DeletedParameters": ["/b", "/Key"], "InvalidParameters": ["/none"] })
    );
    assert_eq!(get(&store, "Key").code(), "ParameterNotFound");
    // A malformed name fails all.
    for name in ["a/b", "/a:1", &store.arn("/a")] {
        assert_eq!(delete(&["/a", name]).code(), "ValidationException", "{name}");
    }
    assert_eq!(value(&store, "/a"), "1");
    for count in [0, 11] {
        let answer = delete(&vec!["/a"; count]);
        assert!(answer.message().contains("at 'names' failed to satisfy"), "{count}");
    }
}

#[test]
fn a_key_is_for_a_secure_string() {
    let store = empty();
    let keyed = |id: &str, more: Value| {
        let mut body = json!({ "Type": "SecureString", "KeyId": id, "Overwrite": true });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        put(&store, "/a", body)
    };
    for id in ["alias/orders", &store.key_arn("alias/orders"), "mrk-0123"] {
        keyed(id, json!({})).ok();
        let reply = ask(&store, "DescribeParameters", json!({})).ok();
        assert_eq!(reply["Parameters"][0]["KeyId"], id);
    }
    // Without one, the key that AWS manages.
    put(&store, "/a", json!({ "Type": "SecureString", "Overwrite": true })).ok();
    let reply = ask(&store, "DescribeParameters", json!({})).ok();
    assert_eq!(reply["Parameters"][0]["KeyId"], "alias/aws/ssm");

    let plain = put(&store, "/b", json!({ "KeyId": "alias/orders" }));
    assert_eq!(plain.code(), "ValidationException");
    assert_eq!(plain.message(), "KeyId is required for SecureString type parameter only.");
    for (id, rule) in [
        ("", "greater than or equal to 1"),
        ("a key", "regular expression pattern: ^([a-zA-Z0-9:/_-]+)$"),
        (&"k".repeat(257), "less than or equal to 256"),
    ] {
        let answer = keyed(id, json!({}));
        assert_eq!(answer.code(), "ValidationException");
        assert!(answer.message().contains(rule), "{}", answer.message());
    }
    let secret = Parameter::secret("stripe", "sk_test_1").key_id("alias/orders");
    let refused = store.put(secret).unwrap_err().to_string();
    assert!(refused.ends_with("the store does not keep the keys of secrets"), "{refused}");
}

#[test]
fn a_data_type_is_a_known_one() {
    let store = empty();
    for known in ["text", "aws:ec2:image", "aws:ssm:integration"] {
        put(&store, "/a", json!({ "DataType": known, "Overwrite": true })).ok();
    }
    let unknown = put(&store, "/b", json!({ "DataType": "Text" }));
    assert_eq!(unknown.code(), "ValidationException");
    assert!(unknown.message().starts_with("The following data type is not supported: Text "));
}

#[test]
fn malformed_requests() {
    let store = empty();
    for operation in ["ListDocuments", "getparameter", "GetCallerIdentity", ""] {
        let answer = ask(&store, operation, json!({}));
        assert_eq!((answer.status, answer.code()), (400, "UnknownOperationException"));
    }
    for body in ["", "{", "[1]", r#"{"Name":"/a","Value":"sk_test_1","Overwrite":"sk_test_1"}"#] {
        let answer = ask_text(&store, "PutParameter", body);
        assert_eq!((answer.status, answer.code()), (400, "SerializationException"), "{body}");
        assert!(!answer.message().contains("sk_test_1"), "a value is not quoted");
    }
    let answer = ask(&store, "PutParameter", json!({ "Name": "/a", "Type": "String" }));
    assert_eq!(answer.code(), "ValidationException");
    assert_eq!(
        answer.message(),
        "1 validation error detected: Value null at 'value' failed to satisfy constraint: Member \
         must not be null"
    );
}

#[test]
fn a_refused_parameter_is_reported_without_its_value() {
    let error = LocalStore::start([Parameter::string("a/b", "sk_test_1")]).unwrap_err();
    assert!(matches!(&error, StartError::Parameter(refused) if refused.name() == "a/b"));
    let text = format!("{error} {error:?}");
    assert!(text.starts_with("parameter `a/b` is refused: ValidationException: "), "{text}");
    assert!(!text.contains("sk_test_1"));

    let store = LocalStore::start([Parameter::string("/a", "1")]).unwrap();
    let error = store.put(Parameter::secure_string("/a", "sk_test_1")).unwrap_err();
    assert_eq!(error.because().code(), "HierarchyTypeMismatchException");
    assert!(!format!("{error} {error:?}").contains("sk_test_1"));
    let refused = |name, version, label| store.label(name, version, label).unwrap_err();
    assert_eq!(
        refused("/b", 1, "blue").to_string(),
        "parameter `/b` is refused: ParameterNotFound"
    );
    assert_eq!(refused("/a", 2, "blue").because().code(), "ParameterVersionNotFound");
    assert!(refused("/a", 1, "1st").because().message().contains("`1st` cannot be a label"));
}
