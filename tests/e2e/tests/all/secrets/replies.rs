//! Secrets of Secrets Manager, in replies of the service as they were recorded.

use std::time::Duration;

use expect_test::expect;
use serde_json::{Value, json};
use stage_config::source::{Answer, Answers, Request};
use stage_config::{ExposeSecret, Source};
use stage_config_e2e::scripted::{error, scripted};
use stage_config_e2e::sdk::{Key, Remote};
use stage_config_local::LocalStore;

use crate::source;

const SECRET: &str = "/aws/reference/secretsmanager/stripe/live";
const PREVIOUS: &str = "/aws/reference/secretsmanager/stripe/live:AWSPREVIOUS";
const ARN: &str = "arn:aws:secretsmanager:us-east-1:111122223333:secret:stripe/live-AbCdEf";

async fn fetch(url: &str, names: &[&str]) -> Answers {
    let request = Request::new(names.iter().copied(), Duration::from_secs(8));
    source(&Remote::new(url, &Key::root())).fetch(&request).await
}

#[track_caller]
fn said(answers: &Answers, name: &str) -> String {
    match answers.get(name).expect("something is said of the name") {
        Answer::Found { text, secure: true, .. } => format!("{} (secure)", text.expose_secret()),
        Answer::Found { text, .. } => text.expose_secret().to_owned(),
        other => format!("{other:?}"),
    }
}

fn operations(server: &LocalStore) -> Vec<String> {
    server.calls().operations().map(str::to_owned).collect()
}

fn parameter(name: &str, selector: Option<&str>, value: &str) -> Value {
    json!({
        "Name": name, "Selector": selector, "Value": value, "Type": "SecureString", "Version": 0,
        "ARN": ARN, "SourceResult": json!({ "secretString": value }).to_string(),
    })
}

fn denied(action: &str, resource: &str) -> (u16, Value) {
    let user = "arn:aws:sts::111122223333:assumed-role/r/f";
    let message = format!(
        "User: {user} is not authorized to perform: {action} on resource: {resource} because no \
         identity-based policy allows the {action} action"
    );
    error("AccessDeniedException", &message)
}

#[tokio::test]
async fn versions_of_a_secret_are_told_apart_in_one_batch() {
    let own = json!({ "Name": "/a", "Value": "1", "Type": "String" });
    let found =
        [parameter(SECRET, Some(":AWSPREVIOUS"), "sk_1"), own, parameter(SECRET, None, "sk_2")];
    let server = scripted([(200, json!({ "Parameters": found }))]);
    let answers = fetch(&server.url(), &["/a", SECRET, PREVIOUS]).await;
    assert_eq!(said(&answers, "/a"), "1");
    assert_eq!(said(&answers, SECRET), "sk_2 (secure)");
    assert_eq!(said(&answers, PREVIOUS), "sk_1 (secure)");
    assert_eq!(operations(&server), ["GetParameters"]);
    assert!(server.calls().iter().all(|call| call.with_decryption));
    assert!(!format!("{answers:?}").contains("sk_"));
}

#[tokio::test]
async fn a_secret_that_may_not_be_read_is_said_so_and_costs_no_further_request() {
    let server = scripted([denied("secretsmanager:GetSecretValue", ARN)]);
    let answers = fetch(&server.url(), &[SECRET]).await;
    expect![[r#"Denied(Denial { action: "secretsmanager:GetSecretValue", resource: "arn:aws:secretsmanager:us-east-1:111122223333:secret:stripe/live-??????", details: None })"#]]
        .assert_eq(&said(&answers, SECRET));
    assert_eq!(operations(&server), ["GetParameter"]);
}

#[tokio::test]
async fn a_batch_that_is_denied_for_a_secret_is_asked_for_name_by_name() {
    let denial = || denied("secretsmanager:GetSecretValue", "stripe/live");
    // The two are asked for side by side, in whichever order; both for the same secret.
    let server = scripted([denial(), denial(), denial()]);
    let answers = fetch(&server.url(), &[SECRET, PREVIOUS]).await;
    for name in [SECRET, PREVIOUS] {
        expect![[r#"Denied(Denial { action: "secretsmanager:GetSecretValue", resource: "…:secret:stripe/live-??????", details: None })"#]]
            .assert_eq(&said(&answers, name));
    }
    assert_eq!(operations(&server), ["GetParameters", "GetParameter", "GetParameter"]);
}

#[tokio::test]
async fn the_right_on_the_parameter_is_needed_too() {
    let arn = format!("arn:aws:ssm:us-east-1:111122223333:parameter{SECRET}");
    let server = scripted([denied("ssm:GetParameter", &arn), denied("ssm:GetParameters", "*")]);
    let answers = fetch(&server.url(), &[SECRET]).await;
    expect![[r#"Denied(Denial { action: "ssm:GetParameter", resource: "arn:aws:ssm:us-east-1:111122223333:parameter/aws/reference/secretsmanager/stripe/live", details: None })"#]]
        .assert_eq(&said(&answers, SECRET));
    assert_eq!(operations(&server), ["GetParameter", "GetParameters"]);
}

#[tokio::test]
async fn what_a_batch_could_not_get_is_missing_only_where_it_is_said_so() {
    let message = "An error occurred (ParameterNotFound) when referencing Secrets Manager: Secret \
                   aws/reference/secretsmanager/stripe/livenull not found.";
    let own = json!({ "Name": "/a", "Value": "1", "Type": "String" });
    let batch = || (200, json!({ "Parameters": [own], "InvalidParameters": [SECRET] }));

    let server = scripted([batch(), error("ParameterNotFound", message)]);
    let answers = fetch(&server.url(), &["/a", SECRET]).await;
    assert_eq!((said(&answers, "/a"), said(&answers, SECRET)), ("1".into(), "Missing".into()));
    assert_eq!(operations(&server), ["GetParameters", "GetParameter"]);

    let server = scripted([batch(), denied("secretsmanager:GetSecretValue", ARN)]);
    let answers = fetch(&server.url(), &["/a", SECRET]).await;
    assert!(said(&answers, SECRET).starts_with("Denied"), "{answers:?}");

    let deleted = error("ValidationException", "Invalid Request to Secrets Manager");
    let server = scripted([batch(), deleted]);
    let answers = fetch(&server.url(), &["/a", SECRET]).await;
    expect![[r#"Failed { transient: false, reason: "Secrets Manager refuses it, as it does for a secret that is scheduled for deletion (Invalid Request to Secrets Manager)" }"#]]
        .assert_eq(&said(&answers, SECRET));

    // A role that may only read in batches is told no more.
    let alone = (200, json!({ "InvalidParameters": [SECRET] }));
    let one_by_one = denied("ssm:GetParameter", "arn:aws:ssm:us-east-1:111122223333:parameter/x");
    let server = scripted([batch(), one_by_one, alone]);
    let answers = fetch(&server.url(), &["/a", SECRET]).await;
    expect![[r#"Failed { transient: false, reason: "Parameter Store does not say whether it is missing or the role may not read it, which it does to a role with `ssm:GetParameter`" }"#]]
        .assert_eq(&said(&answers, SECRET));
    assert_eq!(operations(&server), ["GetParameters", "GetParameter", "GetParameters"]);
}

#[tokio::test]
async fn a_binary_secret_is_not_read() {
    let mut binary = parameter(SECRET, None, "");
    binary.as_object_mut().unwrap().remove("Value");
    let server = scripted([(200, json!({ "Parameter": binary }))]);
    let answers = fetch(&server.url(), &[SECRET]).await;
    expect![[
        r#"Failed { transient: false, reason: "it is binary, and Parameter Store returns only text" }"#
    ]]
    .assert_eq(&said(&answers, SECRET));
    assert_eq!(operations(&server), ["GetParameter"]);
}
