//! `LocalStore` as a client that is not ours finds it: boto3, over the wire.
//!
//! The calls stand in `peers/local_check.py`, what is right stands here.

use std::sync::OnceLock;

use serde_json::{Value, json};
use stage_config_e2e::peers;
use stage_config_local::{LocalStore, Parameter};

const ARN: &str = "arn:aws:ssm:us-east-1:111122223333:parameter";

/// What the script found, once for all tests; `None` where boto3 is not there.
fn found() -> Option<&'static Value> {
    static FOUND: OnceLock<Value> = OnceLock::new();
    peers::are_there().then(|| {
        FOUND.get_or_init(|| {
            let seeded = [
                Parameter::secure_string("/seeded", "from code"),
                Parameter::secret("stripe/test", "sk_test_1"),
                Parameter::secret("stripe/test", "sk_test_2"),
            ];
            let store = LocalStore::start(seeded).expect("the store should start");
            peers::script("local_check.py", &[&store.url()]).expect("the peers are there")
        })
    })
}

#[track_caller]
fn expect<const N: usize>(steps: [(&str, Value); N]) {
    let Some(found) = found() else { return };
    for (step, expected) in steps {
        assert_eq!(found[step], expected, "{step}");
    }
}

#[test]
fn parameters_are_put_and_read() {
    let seeded = json!({
        "Name": "/seeded", "Type": "SecureString", "Value": "from code", "Version": 1,
        "ARN": format!("{ARN}/seeded"), "DataType": "text",
    });
    let limit = json!({
        "Name": "/app/limit", "Type": "String", "Value": "2", "Version": 2,
        "ARN": format!("{ARN}/app/limit"), "DataType": "text",
    });
    expect([
        ("seeded", seeded),
        ("put", json!(1)),
        ("put again", json!("error: ParameterAlreadyExists")),
        ("overwrite", json!(2)),
        ("get", limit),
        ("get missing", json!("error: ParameterNotFound")),
        ("list", json!(1)),
        ("secret", json!(1)),
        ("plain", json!(1)),
    ]);
}

#[test]
fn a_secret_is_ciphertext_without_decryption() {
    expect([
        ("decrypted", json!("s3cr3t")),
        ("not decrypted", json!(false)),
        ("not decrypted by default", json!(false)),
        ("decryption of a string", json!("2")),
    ]);
}

#[test]
fn selectors_choose_a_version_and_come_back() {
    let selected = |selector: &str| {
        json!({
            "Name": "/app/limit", "Selector": selector, "Type": "String", "Value": "1",
            "Version": 1, "ARN": format!("{ARN}/app/limit"), "DataType": "text",
        })
    };
    expect([
        ("label", json!([])),
        ("bad label", json!(["1st"])),
        ("get version", selected(":1")),
        ("get label", selected(":stable")),
        ("label moved", json!(2)),
        ("get moved label", json!("2")),
        ("get missing version", json!("error: ParameterVersionNotFound")),
        ("get missing label", json!("error: ParameterVersionNotFound")),
    ]);
}

#[test]
fn ten_are_read_at_once_in_alphabetical_order() {
    let many = json!({
        "found": ["/app/limit=2", "/app/limit:1=1", "/app/secret=s3cr3t", "Plain=p"],
        "invalid": ["/app/limit:9", "/nothing"],
    });
    expect([
        ("get many", many),
        ("slash or none", json!({"found": ["/Plain=p"], "invalid": []})),
        ("get none", json!("error: ValidationException")),
        ("get eleven", json!("error: ValidationException")),
    ]);
}

#[test]
fn an_arn_is_answered_under_the_bare_name() {
    let limit = json!({
        "Name": "/app/limit", "Type": "String", "Value": "2", "Version": 2,
        "ARN": format!("{ARN}/app/limit"), "DataType": "text",
    });
    let many = json!({"found": ["/app/limit=2", "/app/limit:1=1"], "invalid": []});
    expect([("get by arn", limit), ("get many by arn", many)]);
}

#[test]
fn names_and_values_that_cannot_be_are_refused() {
    expect([
        ("get with a space", json!("error: ValidationException")),
        ("get many with a space", json!("error: ValidationException")),
        ("get with an empty level", json!("error: ValidationException")),
        ("put without the slash", json!("error: ValidationException")),
        ("put too large", json!("error: ValidationException")),
    ]);
}

#[test]
fn a_path_is_read_in_pages() {
    let below: Vec<_> = (0..12).map(|n| format!("/tree/{n:02}")).collect();
    let all = [below.clone(), vec!["/tree/deep/er".to_owned()]].concat();
    expect([
        ("by path", json!(below)),
        ("by path, largest page", json!(5)),
        ("by path, recursive", json!(all)),
        ("by path, nothing there", json!([])),
        ("by path, eleven a page", json!("error: ValidationException")),
    ]);
}

#[test]
fn eleven_pages_are_followed_to_their_end() {
    let lengths = [&[10; 10][..], &[1]].concat();
    let values: Vec<_> = (0..101).map(|n| n.to_string()).collect();
    expect([
        ("eleven pages", json!(lengths)),
        ("eleven pages, values", json!(values)),
        ("token", json!("/eleven/010")),
        ("token of another", json!("error: InvalidNextToken")),
        ("token of another path", json!("error: InvalidNextToken")),
    ]);
}

#[test]
fn a_secret_is_read_through_its_reference() {
    let name = "/aws/reference/secretsmanager/stripe/test";
    let secret =
        json!({ "Name": name, "Type": "SecureString", "Value": "sk_test_2", "Version": 0 });
    let many = json!({
        "found": [
            "/app/limit=2",
            format!("{name}=sk_test_2"),
            format!("{name}:AWSPREVIOUS=sk_test_1"),
        ],
        "invalid": [format!("{name}:green")],
    });
    expect([
        ("sm", secret),
        ("sm source", json!(["sk_test_2", ["AWSCURRENT"]])),
        ("sm same arn", json!(true)),
        ("sm by stage", json!("sk_test_1")),
        ("sm by id", json!("sk_test_1")),
        ("sm many", many),
        ("sm missing", json!("error: ParameterNotFound")),
        ("sm not decrypted", json!("error: ValidationException")),
        ("sm below a path", json!("error: ValidationException")),
    ]);
}

#[test]
fn an_advanced_parameter_stays_one() {
    expect([
        ("advanced", json!("Advanced")),
        ("advanced to standard", json!("error: ValidationException")),
        ("advanced stays", json!("Advanced")),
    ]);
}

#[test]
fn parameters_are_described_without_their_values() {
    let limit = json!({
        "Name": "/app/limit", "Type": "String", "Version": 2, "Description": "requests a second",
        "ARN": format!("{ARN}/app/limit"), "DataType": "text", "Tier": "Standard",
    });
    expect([
        ("described", json!(["/app/limit", "/app/list", "/app/secret"])),
        ("described one", limit),
    ]);
}

#[test]
fn descriptions_are_filtered() {
    expect([
        ("described by path", json!(["/app/limit", "/app/list", "/app/secret"])),
        ("described by name", json!(["Plain"])),
        ("described by type", json!(["/app/list"])),
        ("described by tag", json!(["/app/limit"])),
        ("described by a bad key", json!("error: InvalidFilterKey")),
        ("described by a bad option", json!("error: InvalidFilterOption")),
    ]);
}

#[test]
fn a_history_has_every_version_and_its_labels() {
    expect([
        ("history", json!([[1, "1", []], [2, "2", ["stable"]]])),
        ("history, who", json!("arn:aws:sts::111122223333:assumed-role/local/local")),
        ("history not decrypted", json!(false)),
        ("history decrypted", json!("s3cr3t")),
        ("unlabel", json!([["stable"], ["none"]])),
    ]);
}

#[test]
fn tags_are_added_and_removed() {
    let team = json!({ "Key": "team", "Value": "orders" });
    expect([
        ("add tags", json!("done")),
        ("tags", json!([{ "Key": "cost", "Value": "1" }, team])),
        ("remove tags", json!("done")),
        ("tags left", json!([team])),
        ("tags of nothing", json!("error: InvalidResourceId")),
    ]);
}

#[test]
fn an_advanced_parameter_has_policies() {
    expect([
        ("policies", json!(3)),
        ("bad policies", json!("error: IncompatiblePolicyException")),
        ("policies described", json!(["Expiration"])),
    ]);
}

#[test]
fn the_caller_has_an_identity() {
    let arn = "arn:aws:sts::111122223333:assumed-role/local/local";
    expect([
        ("identity", json!(["111122223333", arn])),
        ("another operation of STS", json!("error: InvalidAction")),
    ]);
}

#[test]
fn a_deleted_parameter_is_gone() {
    expect([
        ("delete", json!("done")),
        ("get deleted", json!("error: ParameterNotFound")),
        ("delete again", json!("error: ParameterNotFound")),
        ("delete several", json!([["/app/list"], ["/nothing"]])),
    ]);
}
