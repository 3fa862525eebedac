//! The provider chain of the SDK, which decides if the environment has less than that of Lambda or
//! more.

use std::process::Output;

use expect_test::expect;
use stage_config_local::Parameter;

use crate::environment::{LAMBDA, failed, file, folder, load, printed, store};

#[test]
fn as_on_a_developers_machine() {
    let store = store();
    let key = "arn:aws:ssm:eu-west-1:111122223333:parameter/stripeSecretKey/test";
    store.put(Parameter::secure_string(key, "sk_test_work")).unwrap();
    let folder = folder("developer");
    let (config, credentials) = (folder.join("config"), folder.join("credentials"));
    let text = format!("[profile work]\nregion = eu-west-1\nendpoint_url = {}\n", store.url());
    std::fs::write(&config, text).unwrap();
    let text = "[work]\naws_access_key_id = AKIA\naws_secret_access_key = secret\n";
    std::fs::write(&credentials, text).unwrap();
    let output = load(&[
        ("AWS_PROFILE", "work"),
        ("AWS_CONFIG_FILE", config.to_str().unwrap()),
        ("AWS_SHARED_CREDENTIALS_FILE", credentials.to_str().unwrap()),
    ]);
    assert_eq!(printed(&output), "dev: 12\ndev: 12\n");
}

#[test]
fn no_credentials() {
    let output = load(&[
        ("AWS_REGION", "us-east-1"),
        ("AWS_EC2_METADATA_DISABLED", "true"),
        ("stage", "prod"),
    ]);
    failed(
        &output,
        &expect![[r#"
            Error: cannot load `Config` for stage `prod`: 1 problem
              stripe_secret_key: parameter `/stripeSecretKey/live` cannot be read: there are no AWS credentials; give the function a role, or set `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY` (the credential provider was not enabled: no credentials found in chain. Attempted:; Environment: the credential provider was not enabled: environment variable not set; Profile: the credential provider was not enabled; WebIdentityToken: the…)
        "#]],
    );
}

#[test]
fn a_key_of_a_profile_with_a_control_character() {
    let text = "[default]\naws_access_key_id = AKIA\u{1}\naws_secret_access_key = s3cret\n";
    let (config, credentials) = (file("empty", ""), file("control", text));
    let variables = [
        ("AWS_CONFIG_FILE", &*config),
        ("AWS_SHARED_CREDENTIALS_FILE", &*credentials),
        ("AWS_REGION", "us-east-1"),
        ("AWS_EC2_METADATA_DISABLED", "true"),
    ];
    failed(
        &load(&variables),
        &expect![[r#"
            WARN stage_config: no stage is given; `Config` falls back to `dev`
            Error: cannot load `Config` for stage `dev` (no stage is given): 1 problem
              stripe_secret_key: parameter `/stripeSecretKey/test` cannot be read: the AWS credentials could not be loaded (the credentials provider was not properly configured: a key has a line break, a space or another character that keys do not have)
        "#]],
    );
}

#[test]
fn wrong_retries() {
    let path = file("empty", "");
    let refused = |name, value, expected| {
        let variables = [("AWS_CONFIG_FILE", &*path), (name, value)];
        failed(&load(&[&LAMBDA[..], &variables].concat()), expected);
    };
    for number in ["0", "x", "-1", "1.5"] {
        refused(
            "AWS_MAX_ATTEMPTS",
            number,
            &expect![[r#"
            Error: cannot load `Config` for stage `prod`: 1 problem
              stripe_secret_key: parameter `/stripeSecretKey/live` cannot be read: the environment variable `AWS_MAX_ATTEMPTS` has to be a whole number of at least 1
        "#]],
        );
    }
    refused(
        "AWS_RETRY_MODE",
        "x",
        &expect![[r#"
        Error: cannot load `Config` for stage `prod`: 1 problem
          stripe_secret_key: parameter `/stripeSecretKey/live` cannot be read: the environment variable `AWS_RETRY_MODE` has to be `standard` or `adaptive`
    "#]],
    );
}

#[test]
fn retries_of_a_profile_are_not_looked_at() {
    let store = store();
    let path = file("retries", "[default]\nmax_attempts = 0\nretry_mode = x\n");
    let url = store.url();
    let variables = [
        ("AWS_CONFIG_FILE", &*path),
        ("AWS_ENDPOINT_URL_SSM", &*url),
        ("AWS_MAX_ATTEMPTS", "3"),
        ("AWS_RETRY_MODE", "standard"),
    ];
    assert_eq!(printed(&load(&[&LAMBDA[..], &variables].concat())), "prod: 9\nprod: 9\n");
}

/// Loads with a profile of a configuration file, and without files of the user who runs the tests.
fn load_with_profile(profile: &str, config: &str) -> Output {
    load(&[
        ("AWS_CONFIG_FILE", config),
        ("AWS_SHARED_CREDENTIALS_FILE", &file("none", "")),
        ("AWS_PROFILE", profile),
        ("AWS_EC2_METADATA_DISABLED", "true"),
    ])
}

#[test]
fn a_profile_that_does_not_exist() {
    let path = file("work", "[profile work]\nregion = eu-west-1\n");
    failed(
        &load_with_profile("wrok", &path),
        &expect![[r#"
            WARN stage_config: no stage is given; `Config` falls back to `dev`
            Error: cannot load `Config` for stage `dev` (no stage is given): 1 problem
              stripe_secret_key: parameter `/stripeSecretKey/test` cannot be read: the AWS profile `wrok` in the environment variable `AWS_PROFILE` does not exist, so no region is known
        "#]],
    );
}

#[test]
fn a_profile_that_needs_a_feature() {
    // Not `sso`, which another crate of the workspace needs.
    let text = "[profile work]\nregion = eu-west-1\n\
                login_session = arn:aws:iam::111122223333:user/a\n";
    failed(
        &load_with_profile("work", &file("login", text)),
        &expect![[r#"
            WARN stage_config: no stage is given; `Config` falls back to `dev`
            Error: cannot load `Config` for stage `dev` (no stage is given): 1 problem
              stripe_secret_key: parameter `/stripeSecretKey/test` cannot be read: the AWS credentials need a feature that `aws-config` is built without; add to `Cargo.toml`: `aws-config = { version = "1", default-features = false, features = ["credentials-login"] }`
        "#]],
    );
}
