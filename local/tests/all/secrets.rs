//! Secrets of Secrets Manager, read through Parameter Store.

use serde_json::{Value, json};
use stage_config_local::{LocalStore, On, Parameter};

use crate::{Answer, ask};

const PREFIX: &str = "/aws/reference/secretsmanager/";
const FIRST: &str = "6acf7301-d9fe-4fbf-9c59-9c7c5f96aba2";

fn store() -> LocalStore {
    LocalStore::start([
        Parameter::string("/a", "1"),
        Parameter::secret("stripe/test", "sk_test_1").version_id(FIRST),
        Parameter::secret("stripe/test", "sk_test_2"),
        Parameter::secret("stripe/test", "sk_test_3").staging_labels(&["AWSPENDING"]),
        Parameter::secret("a+b=c@d.e_f-g", "{\"user\":\"me\"}"),
    ])
    .unwrap()
}

fn get(store: &LocalStore, secret: &str) -> Answer {
    crate::get(store, &format!("{PREFIX}{secret}"))
}

fn value(store: &LocalStore, secret: &str) -> Value {
    get(store, secret).ok()["Parameter"]["Value"].clone()
}

fn get_all(store: &LocalStore, names: &[&str], with_decryption: bool) -> Answer {
    let names: Vec<_> = names.iter().map(|name| name.replace('~', PREFIX)).collect();
    ask(store, "GetParameters", json!({ "Names": names, "WithDecryption": with_decryption }))
}

#[test]
fn a_reply_is_that_of_the_service() {
    let store = store();
    let mut parameter = get(&store, "stripe/test").ok()["Parameter"].clone();
    let source = parameter["SourceResult"].take();
    let source: Value = serde_json::from_str(source.as_str().unwrap()).unwrap();
    assert!(parameter["LastModifiedDate"].take().as_f64().unwrap() > 1.7e9);
    let arn = store.arn(&format!("{PREFIX}stripe/test"));
    // The same in every build, so that a test can write it down.
    let expected = "arn:aws:secretsmanager:us-east-1:111122223333:secret:stripe/test-a0a8e1";
    assert_eq!(arn, expected);
    assert_eq!(
        parameter,
        json!({
            "Name": format!("{PREFIX}stripe/test"),
            "Type": "SecureString",
            "Value": "sk_test_2",
            "Version": 0,
            "LastModifiedDate": null,
            "ARN": arn,
            "SourceResult": null,
        })
    );
    let created = source["createdDate"].as_str().unwrap();
    assert!(created.ends_with(" AM") || created.ends_with(" PM"), "{created}");
    assert_eq!(source["versionId"].as_str().unwrap().len(), 36);
    assert_eq!((&source["ARN"], &source["name"]), (&json!(arn), &json!("stripe/test")));
    assert_eq!(source["secretString"], "sk_test_2");
    assert_eq!(source["versionStages"], json!(["AWSCURRENT"]));
}

#[test]
fn a_selector_is_a_version_id_or_a_staging_label() {
    let store = store();
    for (selector, expected) in [
        (":AWSCURRENT", "sk_test_2"),
        (":AWSPREVIOUS", "sk_test_1"),
        (":AWSPENDING", "sk_test_3"),
        (&format!(":{FIRST}"), "sk_test_1"),
    ] {
        let parameter = get(&store, &format!("stripe/test{selector}")).ok()["Parameter"].clone();
        assert_eq!(parameter["Name"], format!("{PREFIX}stripe/test"), "{selector}");
        assert_eq!(parameter["Selector"], selector);
        assert_eq!(parameter["Value"], expected, "{selector}");
    }
    assert_eq!(value(&store, "a+b=c@d.e_f-g"), "{\"user\":\"me\"}");
}

#[test]
fn a_new_version_is_current_and_labels_move() {
    let store = store();
    store.put(Parameter::secret("stripe/test", "sk_test_4")).unwrap();
    let now = |selector: &str| value(&store, &format!("stripe/test{selector}"));
    assert_eq!((now(""), now(":AWSPREVIOUS")), (json!("sk_test_4"), json!("sk_test_2")));
    assert_eq!(now(":AWSPENDING"), "sk_test_3");

    store
        .put(Parameter::secret("stripe/test", "sk_test_5").staging_labels(&["AWSPENDING"]))
        .unwrap();
    assert_eq!((now(""), now(":AWSPENDING")), (json!("sk_test_4"), json!("sk_test_5")));

    let finished =
        Parameter::secret("stripe/test", "sk_test_6").staging_labels(&["blue", "AWSCURRENT"]);
    store.put(finished).unwrap();
    assert_eq!((now(""), now(":blue")), (json!("sk_test_6"), json!("sk_test_6")));
    assert_eq!(now(":AWSPREVIOUS"), "sk_test_4");
    assert_eq!(now(&format!(":{FIRST}")), "sk_test_1", "without labels, by its id");
}

#[test]
fn secrets_that_are_missing() {
    let store = store();
    store.put(Parameter::secret("pending", "x").staging_labels(&["AWSPENDING"])).unwrap();
    for (secret, told) in [
        ("none", "nonenull"),
        ("none:AWSPREVIOUS", "none:AWSPREVIOUS"),
        ("stripe", "stripenull"),
        ("stripe/test:green", "stripe/test:green"),
        ("stripe/test:awscurrent", "stripe/test:awscurrent"),
        ("pending", "pendingnull"),
    ] {
        let answer = get(&store, secret);
        assert_eq!((answer.status, answer.code()), (400, "ParameterNotFound"), "{secret}");
        assert_eq!(
            answer.message(),
            format!(
                "An error occurred (ParameterNotFound) when referencing Secrets Manager: Secret \
                 aws/reference/secretsmanager/{told} not found."
            )
        );
    }
}

#[test]
fn a_secret_is_read_only_with_decryption() {
    let store = store();
    for secret in ["stripe/test", "stripe/test:AWSPREVIOUS", "none"] {
        for body in [
            json!({ "Name": format!("{PREFIX}{secret}") }),
            json!({ "Name": format!("{PREFIX}{secret}"), "WithDecryption": false }),
        ] {
            let answer = ask(&store, "GetParameter", body);
            assert_eq!((answer.status, answer.code()), (400, "ValidationException"));
            assert_eq!(
                answer.message(),
                "WithDecryption flag must be True for retrieving a Secret Manager secret."
            );
        }
    }
    let reply = get_all(&store, &["~stripe/test", "/a"], false).ok();
    assert_eq!(reply["Parameters"].as_array().unwrap().len(), 1);
    assert_eq!(reply["InvalidParameters"], json!([format!("{PREFIX}stripe/test")]));
}

#[test]
fn in_a_batch_missing_and_malformed_references_are_invalid() {
    let store = store();
    let malformed = "~stripe/test:b:c";
    let names = [
        "~stripe/test",
        malformed,
        "/a",
        "~stripe/test:AWSPREVIOUS",
        "~none",
        malformed,
        "~s:green",
    ];
    let reply = get_all(&store, &names, true).ok();
    let parameters = reply["Parameters"].as_array().unwrap();
    let values: Vec<_> = parameters.iter().map(|it| &it["Value"]).collect();
    assert_eq!(values, ["1", "sk_test_2", "sk_test_1"]);
    let invalid = ["none", "s:green", "stripe/test:b:c"].map(|it| format!("{PREFIX}{it}"));
    assert_eq!(reply["InvalidParameters"], json!(invalid));
}

#[test]
fn a_malformed_reference_is_a_validation_error() {
    let store = store();
    for secret in ["", "a b", "stripe/test:", "stripe/test:a:b", &"n".repeat(513)] {
        let answer = get(&store, secret);
        assert_eq!((answer.status, answer.code()), (400, "ValidationException"), "{secret}");
        let start = "Invalid parameter name. Please use correct syntax for referencing a \
                     version/label  <name>:<version/label>";
        assert!(answer.message().starts_with(start), "{}", answer.message());
    }
}

#[test]
fn a_secret_is_not_a_parameter() {
    let store = store();
    let name = format!("{PREFIX}stripe/test");
    let body = json!({ "Path": "/", "Recursive": true, "WithDecryption": true });
    let reply = ask(&store, "GetParametersByPath", body).ok();
    assert_eq!(reply["Parameters"].as_array().unwrap().len(), 1);
    let reply = ask(&store, "DescribeParameters", json!({})).ok();
    assert_eq!(reply["Parameters"].as_array().unwrap().len(), 1);
    let body = json!({ "Name": name, "Value": "x", "Type": "SecureString", "Overwrite": true });
    assert_eq!(ask(&store, "PutParameter", body).code(), "ValidationException");
    let body = json!({ "Name": name });
    assert_eq!(ask(&store, "DeleteParameter", body).code(), "ParameterNotFound");
    assert_eq!(value(&store, "stripe/test"), "sk_test_2");
}

#[test]
fn reading_a_secret_can_be_denied() {
    let store = store();
    store.script(On::call("GetSecretValue").deny());
    let arn = store.arn(&format!("{PREFIX}stripe/test"));
    for answer in
        [get(&store, "stripe/test:AWSPREVIOUS"), get_all(&store, &["/a", "~stripe/test"], true)]
    {
        assert_eq!((answer.status, answer.code()), (400, "AccessDeniedException"));
        assert_eq!(
            answer.message(),
            format!(
                "User: arn:aws:sts::111122223333:assumed-role/local/local is not authorized to \
                 perform: secretsmanager:GetSecretValue on resource: {arn} because no \
                 identity-based policy allows the secretsmanager:GetSecretValue action"
            )
        );
    }
    assert_eq!(get(&store, "none").code(), "AccessDeniedException");
    get_all(&store, &["/a"], true).ok();

    // Parameter Store checks its own action first.
    store.script(On::call("GetParameter").name(&format!("{PREFIX}stripe/test")).deny());
    let resource = "ssm:GetParameter on resource: arn:aws:ssm:us-east-1:111122223333:parameter\
                    /aws/reference/secretsmanager/stripe/test ";
    let denied = get(&store, "stripe/test");
    assert!(denied.message().contains(resource), "{}", denied.message());

    for name in ["stripe/test", &format!("{PREFIX}stripe/test")] {
        store.clear_script();
        store.script(On::call("GetSecretValue").name(name).deny());
        assert_eq!(get(&store, "stripe/test").code(), "AccessDeniedException");
        get(&store, "a+b=c@d.e_f-g").ok();
    }
}

#[test]
fn a_refused_secret_is_reported_without_its_value() {
    let store = store();
    let refused = |secret: Parameter| {
        let error = store.put(secret).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("sk_test"), "{error}");
        error.to_string()
    };
    let named = |name: &str| refused(Parameter::secret(name, "sk_test_1"));
    assert_eq!(
        named("stripe test"),
        "parameter `/aws/reference/secretsmanager/stripe test` is refused: ValidationException: \
         `/aws/reference/secretsmanager/stripe test` has a space, which Parameter Store refuses"
    );
    assert!(named("stripe:1").contains("is not the plain name of a secret"));
    let plain = Parameter::string("/a", "sk_test_1").staging_labels(&["AWSPENDING"]);
    assert!(refused(plain).ends_with("only a secret has a version id and staging labels"));
    let secret = || Parameter::secret("stripe/test", "sk_test_1");
    assert!(refused(secret().version_id("1")).contains("32 to 64 characters"));
    assert!(refused(secret().version_id(" ".repeat(36))).contains("stripe/test:  "));
    assert!(refused(secret().staging_labels(&["a b"])).contains("stripe/test:a b` "));
    assert!(refused(secret().version_id(FIRST)).contains("ResourceExistsException"));
    for size in [0, 65_537] {
        let text = refused(Parameter::secret("stripe/test", "v".repeat(size)));
        assert!(text.ends_with("has 1 to 65536 bytes"), "{text}");
    }
    store.put(Parameter::secret("large", "v".repeat(65_536))).unwrap();
}
