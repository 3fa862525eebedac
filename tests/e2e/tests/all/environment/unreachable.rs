//! Endpoints that no request comes to.

use expect_test::expect;

use super::{LAMBDA, failed_at, load, load_within};

#[test]
fn nobody_listens() {
    let variables = [("AWS_ENDPOINT_URL_SSM", "http://127.0.0.1:1/")];
    failed_at(
        &load_within(3000, &[&LAMBDA[..], &variables].concat()),
        &[],
        &expect![[r#"
            Error: cannot load `Config` for stage `prod`: 1 problem
              stripe_secret_key: parameter `/stripeSecretKey/live` cannot be read: no connection to http://127.0.0.1:1 (environment variable `AWS_ENDPOINT_URL_SSM`) (tcp connect error: Connection refused (os error 111))
        "#]],
    );
    let variables = [("AWS_ENDPOINT_URL", "http://127.0.0.1:1")];
    failed_at(
        &load_within(3000, &[&LAMBDA[..], &variables].concat()),
        &[],
        &expect![[r#"
            Error: cannot load `Config` for stage `prod`: 1 problem
              stripe_secret_key: parameter `/stripeSecretKey/live` cannot be read: no connection to http://127.0.0.1:1 (environment variable `AWS_ENDPOINT_URL`) (tcp connect error: Connection refused (os error 111))
        "#]],
    );
}

#[test]
fn no_url_of_a_web_server() {
    let variables = [("AWS_ENDPOINT_URL_SSM", "ftp://127.0.0.1")];
    failed_at(
        &load(&[&LAMBDA[..], &variables].concat()),
        &[],
        &expect![[r#"
        Error: cannot load `Config` for stage `prod`: 1 problem
          stripe_secret_key: parameter `/stripeSecretKey/live` cannot be read: no request can be sent to ftp://127.0.0.1 (environment variable `AWS_ENDPOINT_URL_SSM`), which is not the URL of a web server
    "#]],
    );
    let variables = [("AWS_ENDPOINT_URL_SSM", "http://127.0.0.1:99999")];
    failed_at(
        &load(&[&LAMBDA[..], &variables].concat()),
        &[],
        &expect![[r#"
        Error: cannot load `Config` for stage `prod`: 1 problem
          stripe_secret_key: parameter `/stripeSecretKey/live` cannot be read: no request can be sent to http://127.0.0.1:99999 (environment variable `AWS_ENDPOINT_URL_SSM`), which is not the URL of a web server
    "#]],
    );
}

#[test]
fn a_url_with_a_password() {
    let variables = [("AWS_ENDPOINT_URL_SSM", "http://me:s3cret@127.0.0.1:1")];
    failed_at(
        &load(&[&LAMBDA[..], &variables].concat()),
        &[],
        &expect![[r#"
        Error: cannot load `Config` for stage `prod`: 1 problem
          stripe_secret_key: parameter `/stripeSecretKey/live` cannot be read: no request can be sent to http://[redacted]@127.0.0.1:1 (environment variable `AWS_ENDPOINT_URL_SSM`), because its URL has a user or a password in it
    "#]],
    );
}

#[test]
fn a_name_that_nobody_has() {
    let variables = [("AWS_ENDPOINT_URL_SSM", "http://ssm.invalid")];
    let output = load_within(3000, &[&LAMBDA[..], &variables].concat());
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("no connection to http://ssm.invalid (environment variable"), "{said}");
}
