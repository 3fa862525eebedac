//! What only the SDK can do, in the words of the client without it.

use expect_test::expect;

use stage_config_local::{LocalStore, On};

use crate::environment::{LAMBDA, failed, failed_at, load, load_within, printed, store};

#[test]
fn what_the_environment_wants_is_named() {
    let said = expect![[r#"
        Error: cannot load `Config` for stage `prod`: 1 problem
          stripe_secret_key: parameter `/stripeSecretKey/live` cannot be read: the feature `lean` of stage-config does not support the environment variable `NAME`; use the feature `ssm`
    "#]];
    for (name, value) in [
        ("AWS_PROFILE", "work"),
        ("AWS_CONFIG_FILE", "/config"),
        ("AWS_USE_FIPS_ENDPOINT", "true"),
        ("AWS_USE_DUALSTACK_ENDPOINT", "TRUE"),
    ] {
        failed_at(&load(&[&LAMBDA[..], &[(name, value)]].concat()), &[(name, "NAME")], &said);
    }
    let store = store();
    let url = store.url();
    for name in ["AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT"] {
        let variables = [(name, "false"), ("AWS_ENDPOINT_URL", &*url)];
        assert_eq!(printed(&load(&[&LAMBDA[..], &variables].concat())), "prod: 9\nprod: 9\n");
    }
}

#[test]
fn web_identity() {
    let variables = [
        ("AWS_REGION", "us-east-1"),
        ("AWS_WEB_IDENTITY_TOKEN_FILE", "/token"),
        ("AWS_ROLE_ARN", "arn:aws:iam::111122223333:role/r"),
        ("stage", "prod"),
    ];
    failed(
        &load(&variables),
        &expect![[r#"
        Error: cannot load `Config` for stage `prod`: 1 problem
          stripe_secret_key: parameter `/stripeSecretKey/live` cannot be read: the feature `lean` of stage-config does not support the environment variable `AWS_WEB_IDENTITY_TOKEN_FILE`; use the feature `ssm`
    "#]],
    );
}

#[test]
fn no_credentials() {
    failed(
        &load(&[("AWS_REGION", "us-east-1"), ("stage", "prod")]),
        &expect![[r#"
        Error: cannot load `Config` for stage `prod`: 1 problem
          stripe_secret_key: parameter `/stripeSecretKey/live` cannot be read: there are no AWS credentials; give the function a role, or set `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY` (the feature `lean` of stage-config looks in the environment and at a container endpoint; the feature `ssm` looks everywhere)
    "#]],
    );
}

#[test]
fn a_region_that_is_none() {
    let variables = [("AWS_REGION", "us east\u{1b}"), ("stage", "prod")];
    failed(
        &load(&variables),
        &expect![[r#"
        Error: cannot load `Config` for stage `prod`: 1 problem
          stripe_secret_key: parameter `/stripeSecretKey/live` cannot be read: `us east\u{1b}` is not an AWS region
    "#]],
    );
}

#[test]
fn a_container_endpoint_that_is_of_no_use() {
    let server = LocalStore::start([]).unwrap();
    let url = format!("{}/?token=s3cret", server.url());
    let says = |url: &str, more: &[(&str, &str)], expected| {
        let variables = [
            ("AWS_CONTAINER_CREDENTIALS_FULL_URI", url),
            ("AWS_REGION", "us-east-1"),
            ("stage", "prod"),
        ];
        let output = load_within(500, &[&variables, more].concat());
        failed_at(&output, &[(&server.url(), "URL")], expected);
    };
    says(
        "http://169.254.169.254/",
        &[],
        &expect![[r#"
        Error: cannot load `Config` for stage `prod`: 1 problem
          stripe_secret_key: parameter `/stripeSecretKey/live` cannot be read: the AWS credentials could not be loaded (`AWS_CONTAINER_CREDENTIALS_FULL_URI` is `http://169.254.169.254/`, which is neither HTTPS nor an address of the container)
    "#]],
    );
    says(
        "ftp://127.0.0.1/",
        &[],
        &expect![[r#"
        Error: cannot load `Config` for stage `prod`: 1 problem
          stripe_secret_key: parameter `/stripeSecretKey/live` cannot be read: the AWS credentials could not be loaded (`AWS_CONTAINER_CREDENTIALS_FULL_URI` is `ftp://127.0.0.1/`, which is not the URL of a web server)
    "#]],
    );
    let token = ("AWS_CONTAINER_AUTHORIZATION_TOKEN", "t0ken\n");
    says(
        &url,
        &[token],
        &expect![[r#"
        Error: cannot load `Config` for stage `prod`: 1 problem
          stripe_secret_key: parameter `/stripeSecretKey/live` cannot be read: the AWS credentials could not be loaded (the token in `AWS_CONTAINER_AUTHORIZATION_TOKEN` has a line break or another character that a header cannot have)
    "#]],
    );
    let token = ("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "/not/there");
    says(
        &url,
        &[token],
        &expect![[r#"
        Error: cannot load `Config` for stage `prod`: 1 problem
          stripe_secret_key: parameter `/stripeSecretKey/live` cannot be read: the AWS credentials could not be loaded (`AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE` names `/not/there`: No such file or directory (os error 2))
    "#]],
    );
    server.script(On::any().answer(403, "s3cret"));
    says(
        &url,
        &[],
        &expect![[r#"
        Error: cannot load `Config` for stage `prod`: 1 problem
          stripe_secret_key: parameter `/stripeSecretKey/live` cannot be read: the AWS credentials could not be loaded (URL/: HTTP 403)
    "#]],
    );
    assert_eq!(server.calls().total(), 1, "it is not asked again");
    server.clear_script();
    server.script(On::any().answer(200, r#"{"AccessKeyId": "AKIA", "Code": "s3cret"}"#));
    says(
        &url,
        &[],
        &expect![[r#"
        Error: cannot load `Config` for stage `prod`: 1 problem
          stripe_secret_key: parameter `/stripeSecretKey/live` cannot be read: the AWS credentials could not be loaded (URL/: there are no credentials in the reply)
    "#]],
    );
}
