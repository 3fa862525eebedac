//! Where a secret or the token can be seen: nowhere in what any crate logs.

use stage_config_local::{Fault, LocalStore, On};

use super::invoked;
use crate::environment::program_at;
use crate::leaks::planted::Planted;
use crate::leaks::store;

/// What the program prints and logs that loads with these variables, and within this time.
async fn printed(variables: [(&'static str, String); 2], millis: u32) -> String {
    let output = tokio::task::spawn_blocking(move || {
        let variables = variables.each_ref().map(|(name, text)| (*name, &**text));
        let mut program = program_at(env!("CARGO_BIN_EXE_traced"), &variables);
        program.env("CLIENT", "extension").arg(millis.to_string()).output().expect("it is built")
    });
    let output = output.await.expect("the program should run");
    assert!(output.status.success(), "{output:?}");
    let text = |bytes| String::from_utf8(bytes).expect("it prints text");
    text(output.stdout) + &text(output.stderr)
}

fn assert_hides(lines: &str, secret: &Planted, token: &str) {
    if let Some(form) = secret.shown_in(lines) {
        let line = lines.lines().find(|line| line.contains(form));
        panic!("{} is shown as {form}:\n{line:?}", secret.text());
    }
    assert!(!lines.contains(token), "{lines}");
}

#[tokio::test]
async fn a_secret_and_the_token_are_nowhere() {
    let secret = Planted::new();
    let faults: [Vec<Fault>; 4] = [
        vec![],
        vec![On::any().deny()],
        vec![On::call("Decrypt").fail()],
        vec![On::any().first(3).throttle(0)],
    ];
    for script in faults {
        let is_whole = script.is_empty();
        let store = store(&secret);
        store.script(script);
        let extension = invoked(&store).await;
        let [token, port] = extension.environment();
        let right = token.1.clone();
        let lines = printed([token, port], 20_000).await;
        // Something is logged, and without a fault a load succeeds.
        assert!(lines.contains("hyper_util::client::legacy"), "{lines}");
        assert!(!is_whole || lines.contains("plain: Plain {"), "{lines}");
        assert_hides(&lines, &secret, &right);
    }
}

#[tokio::test]
async fn nor_if_another_server_sends_it() {
    let (secret, token) = (Planted::new(), Planted::new().base64());
    let whole = serde_json::json!({
        "Parameter": { "Name": "/other", "Type": "SecureString", "Value": secret.text() },
    });
    let whole = whole.to_string();
    for fault in [
        On::any().answer(200, secret.text()),
        On::any().answer(400, secret.text()),
        On::any().answer(500, whole.clone()),
        On::any().answer(200, &whole.as_bytes()[..whole.len() - 5]),
        On::any().answer(200, whole.clone()),
        On::any().raw(secret.text()),
    ] {
        let server = LocalStore::start([]).unwrap();
        server.script([fault]);
        let url = server.url();
        let (_, port) = url.rsplit_once(':').expect("a URL has a port");
        let port = ("PARAMETERS_SECRETS_EXTENSION_HTTP_PORT", port.to_owned());
        let lines = printed([("AWS_SESSION_TOKEN", token.clone()), port], 300).await;
        assert_hides(&lines, &secret, &token);
        assert!(server.calls().total() > 0, "{lines}");
    }
}
