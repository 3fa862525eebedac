//! Where a secret can be seen: in nothing that the crate prints or logs, and in no log of another
//! crate but the one that the guide warns of.

pub(crate) mod planted;

use stage_config_local::{At, Fault, LocalStore, On, Parameter};

use crate::CLIENT;
use crate::environment::{LAMBDA, program_at};
use planted::Planted;

/// A store with the secret as each field of the program reads it.
pub(crate) fn store(secret: &Planted) -> LocalStore {
    let json = serde_json::json!({ "token": secret.text() }).to_string();
    LocalStore::start([
        Parameter::secure_string("/planted/dev/key", secret.text()),
        Parameter::secure_string("/planted/base64", secret.base64()),
        Parameter::secure_string("/planted/json", json),
        Parameter::secret("/aws/reference/secretsmanager/planted", secret.text()),
        Parameter::secure_string("/planted/path/a", secret.text()),
        Parameter::secure_string("/planted/path/b/c", secret.base64()),
    ])
    .unwrap()
}

/// What the program prints and logs, line by line.
fn printed(store: &LocalStore, millis: u32) -> String {
    let mut program = program_at(env!("CARGO_BIN_EXE_traced"), &LAMBDA);
    program.env("AWS_ENDPOINT_URL_SSM", store.url()).arg(millis.to_string());
    let output = program.output().expect("it is built with the tests");
    assert!(output.status.success(), "{output:?}");
    let text = |bytes| String::from_utf8(bytes).expect("it prints text");
    text(output.stdout) + &text(output.stderr)
}

/// What can go wrong while a secret is on its way.
fn faults(secret: &Planted) -> Vec<(&'static str, Vec<Fault>)> {
    let damaged =
        format!(r#"{{"Parameters":[{{"Name":"/planted/dev/key","Value":"{}"#, secret.text());
    let other = serde_json::json!({
        "Parameters": [{ "Name": "/other", "Type": "SecureString", "Value": secret.text() }],
        "InvalidParameters": [secret.text()],
    });
    let number = r#"{"Parameters":[{"Name":"/planted/dev/key","Value":5}]}"#;
    let later = (2..99).map(|nth| On::call("GetParameters").nth(nth).fail()).collect();
    vec![
        ("none", vec![]),
        ("batches are denied", vec![On::call("GetParameters").deny()]),
        ("everything is denied", vec![On::any().deny()]),
        ("the key is denied", vec![On::call("Decrypt").deny()]),
        ("the key is disabled", vec![On::call("Decrypt").fail()]),
        ("the secret is denied", vec![On::call("GetSecretValue").deny()]),
        ("it fails", vec![On::any().fail()]),
        ("it fails later", later),
        ("it is throttled", vec![On::any().throttle(0)]),
        ("it is cut once", vec![On::any().first(1).cut(At::Body(200))]),
        ("it is cut", vec![On::any().cut(At::Body(400))]),
        ("it is reset", vec![On::any().reset(At::Body(400))]),
        ("it stalls", vec![On::any().stall(At::Body(400))]),
        ("it has no end", vec![On::any().answer(200, secret.text()).endless()]),
        ("it is damaged", vec![On::any().answer(200, damaged.clone())]),
        ("it is damaged and fails", vec![On::any().answer(500, damaged)]),
        ("it is another parameter", vec![On::any().answer(200, other.to_string())]),
        ("it has a number", vec![On::any().answer(200, number)]),
        ("it is no HTTP", vec![On::any().raw(secret.text())]),
    ]
}

/// Whether the guide warns of this line of the log.
fn is_warned_of(line: &str) -> bool {
    line.contains(" TRACE ") && line.contains(": aws_smithy_runtime::client::orchestrator: ")
}

#[test]
fn a_secret_is_nowhere_whatever_goes_wrong() {
    let secret = Planted::new();
    for (name, script) in faults(&secret) {
        let store = store(&secret);
        store.script(script);
        let lines = printed(&store, 300);
        let lines: Vec<_> = lines.lines().filter(|line| !is_warned_of(line)).collect();
        if let Some(form) = secret.shown_in(&lines.join("\n")) {
            let line = lines.iter().find(|line| line.contains(form));
            panic!("{name}: {} is shown as {form}:\n{line:?}", secret.text());
        }
    }
}

/// The warning is needed. This also shows that the program logs replies and what we say of a load, and
/// that a secret in a reply is found.
#[test]
fn the_sdk_logs_whole_replies() {
    let secret = Planted::new();
    let store = store(&secret);
    let lines = printed(&store, 20_000);
    assert!(lines.contains("first: Readable {"), "{lines}");
    for ours in
        ["stage_config.load{config=\"Readable\"", "outcome=\"loaded\"", "outcome=\"answered\""]
    {
        assert!(lines.contains(ours), "{ours}: {lines}");
    }
    let is_shown = lines.lines().any(|line| is_warned_of(line) && secret.shown_in(line).is_some());
    assert_eq!(is_shown, CLIENT == "ssm");
}
