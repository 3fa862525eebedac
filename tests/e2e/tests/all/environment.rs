//! The client that a load makes itself, in a process that has nothing but its environment.
//!
//! What only the SDK can do is in `chain`, and what the client without it says then in `unsupported`.

mod credentials;
mod pairs;
mod proxy;
mod runtimes;
mod tls;
mod trust;
mod unreachable;
mod variables;

use std::path::PathBuf;
use std::process::{Command, Output};

use expect_test::{Expect, expect};
use stage_config_local::{LocalStore, Parameter};

use crate::CLIENT;

pub(crate) fn store() -> LocalStore {
    LocalStore::start([
        Parameter::secure_string("/stripeSecretKey/test", "sk_test"),
        Parameter::secure_string("/stripeSecretKey/live", "sk_live_2"),
    ])
    .unwrap()
}

/// The program with these variables and none else.
pub(crate) fn program(variables: &[(&str, &str)]) -> Command {
    program_at(env!("CARGO_BIN_EXE_load"), variables)
}

/// The same with another program.
pub(crate) fn program_at(path: &str, variables: &[(&str, &str)]) -> Command {
    let mut program = Command::new(path);
    program.env_clear().env("CLIENT", CLIENT).envs(variables.iter().copied());
    program
}

pub(crate) fn load(variables: &[(&str, &str)]) -> Output {
    program(variables).output().expect("it is built with the tests")
}

/// The same with little time. On a slow machine, the limit is doubled until it is enough.
pub(crate) fn load_within(mut millis: u32, variables: &[(&str, &str)]) -> Output {
    loop {
        let mut program = program(variables);
        let output = program.arg(millis.to_string()).output().expect("it is built with the tests");
        let said = String::from_utf8_lossy(&output.stderr);
        let is_late = said.contains("no time is left") || said.contains("was not answered within");
        if !is_late || millis > 60_000 {
            return output;
        }
        millis *= 2;
    }
}

pub(crate) fn printed(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{}", text(&output.stderr));
    text(&output.stdout)
}

pub(crate) fn failed(output: &Output, expected: &Expect) {
    failed_at(output, &[], expected);
}

/// The same, with other names for what is different each time.
pub(crate) fn failed_at(output: &Output, names: &[(&str, &str)], expected: &Expect) {
    assert!(!output.status.success());
    assert!(output.stdout.is_empty());
    let mut said = String::from_utf8_lossy(&output.stderr).into_owned();
    for (text, name) in names {
        said = said.replace(text, name);
    }
    expected.assert_eq(&said);
}

pub(crate) const LAMBDA: [(&str, &str); 5] = [
    ("AWS_REGION", "us-east-1"),
    ("AWS_ACCESS_KEY_ID", "ASIA"),
    ("AWS_SECRET_ACCESS_KEY", "secret"),
    ("AWS_SESSION_TOKEN", "token"),
    ("stage", "prod"),
];

#[test]
fn as_in_lambda() {
    let store = store();
    let url = store.url();
    for endpoint in ["AWS_ENDPOINT_URL_SSM", "AWS_ENDPOINT_URL"] {
        store.reset_calls();
        let output = load(&[&LAMBDA[..], &[(endpoint, &*url)]].concat());
        assert_eq!(printed(&output), "prod: 9\nprod: 9\n");
        assert_eq!(store.calls().names().collect::<Vec<_>>(), ["/stripeSecretKey/live"; 2]);
    }
}

#[test]
fn the_endpoint_of_the_service_wins() {
    let store = store();
    let (url, elsewhere) = (store.url(), "http://127.0.0.1:1");
    let endpoints = [("AWS_ENDPOINT_URL_SSM", &*url), ("AWS_ENDPOINT_URL", elsewhere)];
    assert_eq!(printed(&load(&[&LAMBDA[..], &endpoints].concat())), "prod: 9\nprod: 9\n");
}

/// The folder of this test's own files.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// A configuration file.
pub(crate) fn file(name: &str, text: &str) -> String {
    let path = folder("profiles").join(name);
    std::fs::write(&path, text).unwrap();
    path.into_os_string().into_string().unwrap()
}

#[test]
fn through_the_proxy_that_the_environment_names() {
    let store = store();
    let url = store.url();
    // Nobody but the proxy knows the way.
    let proxied = [("AWS_ENDPOINT_URL_SSM", "http://ssm.invalid"), ("HTTP_PROXY", &*url)];
    assert_eq!(printed(&load(&[&LAMBDA[..], &proxied].concat())), "prod: 9\nprod: 9\n");

    let direct = [
        ("AWS_ENDPOINT_URL_SSM", &*url),
        ("HTTP_PROXY", "http://127.0.0.1:1"),
        ("NO_PROXY", "127.0.0.1"),
    ];
    assert_eq!(printed(&load(&[&LAMBDA[..], &direct].concat())), "prod: 9\nprod: 9\n");
}

#[test]
fn no_file_is_read_where_all_stands_in_the_environment() {
    let store = store();
    let key = "arn:aws:ssm:nowhere-1:111122223333:parameter/stripeSecretKey/live";
    store.put(Parameter::secure_string(key, "sk_live_22")).unwrap();
    let home = folder("home");
    std::fs::create_dir_all(home.join(".aws")).unwrap();
    // It would have the request go elsewhere.
    let text = "[default]\nignore_configured_endpoint_urls = true\n";
    std::fs::write(home.join(".aws/config"), text).unwrap();
    let (url, home) = (store.url(), home.into_os_string().into_string().unwrap());
    let variables = [
        ("AWS_ENDPOINT_URL_SSM", &*url),
        ("HOME", &*home),
        ("AWS_REGION", "nowhere-1"),
        ("AWS_CA_BUNDLE", ""),
    ];
    assert_eq!(printed(&load(&[&LAMBDA[..], &variables].concat())), "prod: 10\nprod: 10\n");
}

#[test]
fn no_region() {
    let output = load(&[
        ("AWS_ACCESS_KEY_ID", "ASIA"),
        ("AWS_SECRET_ACCESS_KEY", "secret"),
        ("AWS_EC2_METADATA_DISABLED", "true"),
    ]);
    failed(
        &output,
        &expect![[r#"
            WARN stage_config: no stage is given; `Config` falls back to `dev`
            Error: cannot load `Config` for stage `dev` (no stage is given): 1 problem
              stripe_secret_key: parameter `/stripeSecretKey/test` cannot be read: no AWS region is given; set the environment variable `AWS_REGION`, as Lambda does
        "#]],
    );
}

#[test]
fn a_wrong_stage_ends_the_program_before_anything_is_asked() {
    let store = store();
    let url = store.url();
    let variables = [("stage", "prd"), ("AWS_ENDPOINT_URL_SSM", &*url)];
    let output = load(&[&LAMBDA[..4], &variables].concat());
    failed(
        &output,
        &expect![[r#"
            Error: cannot load `Config`: 1 problem
              `prd` is not a declared stage; did you mean `prod`? The stages are `dev`, `prod` (environment variable `stage`)
            help: if it is another name of `prod`: `#[stage_config(stages(…, prod(alias = "prd")))]`
            help: if it is to fall back to `dev`: `#[stage_config(allow_near_misses)]`
        "#]],
    );
    assert_eq!(store.calls().total(), 0);
}
