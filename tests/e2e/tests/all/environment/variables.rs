//! Variables and profiles that the SDK panics over, or says little about.

use std::process::Output;

use expect_test::expect;

use super::{LAMBDA, failed, failed_at, folder, load, printed, store};

#[test]
fn a_key_with_a_line_break() {
    for name in ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"] {
        for value in ["s3cret\n", "s3 cret", "s3cret\u{e9}"] {
            let output = load(&[&LAMBDA[..], &[(name, value)]].concat());
            failed_at(
                &output,
                &[(name, "NAME")],
                &expect![[r#"
                Error: cannot load `Config` for stage `prod`: 1 problem
                  stripe_secret_key: parameter `/stripeSecretKey/live` cannot be read: the environment variable `NAME` has a line break, a space or another character that keys do not have
            "#]],
            );
        }
    }
}

/// A configuration file, so that the SDK's own chain decides.
fn file(name: &str, text: &str) -> String {
    let path = folder("profiles").join(name);
    std::fs::write(&path, text).unwrap();
    path.into_os_string().into_string().unwrap()
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
    let text = "[profile work]\nregion = eu-west-1\nsso_start_url = https://d.awsapps.com/start\n\
                sso_region = eu-west-1\nsso_account_id = 111122223333\nsso_role_name = r\n";
    failed(
        &load_with_profile("work", &file("sso", text)),
        &expect![[r#"
            WARN stage_config: no stage is given; `Config` falls back to `dev`
            Error: cannot load `Config` for stage `dev` (no stage is given): 1 problem
              stripe_secret_key: parameter `/stripeSecretKey/test` cannot be read: the AWS credentials need a feature that `aws-config` is built without; add to `Cargo.toml`: `aws-config = { version = "1", default-features = false, features = ["sso"] }`
        "#]],
    );
}

#[test]
fn nothing_in_the_environment_panics() {
    let store = store();
    let (url, path) = (store.url(), file("empty", ""));
    let names = [
        "AWS_REGION",
        "AWS_DEFAULT_REGION",
        "AWS_ENDPOINT_URL",
        "AWS_ENDPOINT_URL_SSM",
        "AWS_SDK_UA_APP_ID",
        "AWS_EXECUTION_ENV",
        "AWS_LAMBDA_FUNCTION_NAME",
        "_X_AMZN_TRACE_ID",
        "AWS_DEFAULTS_MODE",
        "AWS_ACCOUNT_ID",
        "AWS_ACCOUNT_ID_ENDPOINT_MODE",
        "AWS_AUTH_SCHEME_PREFERENCE",
        "AWS_SIGV4A_SIGNING_REGION_SET",
        "AWS_USE_FIPS_ENDPOINT",
        "AWS_USE_DUALSTACK_ENDPOINT",
        "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
        "AWS_PROFILE",
        "AWS_CONFIG_FILE",
        "AWS_SHARED_CREDENTIALS_FILE",
        "AWS_EC2_METADATA_DISABLED",
        "AWS_NEW_RETRIES_2026",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "NO_PROXY",
        "ALL_PROXY",
        "HOME",
        "AWS_REQUEST_CHECKSUM_CALCULATION",
        "AWS_DISABLE_REQUEST_COMPRESSION",
    ];
    for name in names {
        for value in ["\u{1b}[31mx\n\u{e9}", "http://a:99999"] {
            for chain in [&[][..], &[("AWS_CONFIG_FILE", &*path)]] {
                let before =
                    [("AWS_ENDPOINT_URL_SSM", &*url), ("AWS_EC2_METADATA_DISABLED", "true")];
                let all = [&LAMBDA[..], &before, chain, &[(name, value)]].concat();
                let output = super::load_within(300, &all);
                let said = String::from_utf8_lossy(&output.stderr);
                assert!(!said.contains("panicked"), "{name}={value:?} {chain:?}: {said}");
                assert!(!said.contains('\u{1b}'), "{name}={value:?} {chain:?}: {said}");
            }
        }
    }
}
