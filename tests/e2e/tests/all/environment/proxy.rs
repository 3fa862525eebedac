//! A proxy that does not let a load through.

use std::io::Write as _;

use expect_test::expect;
use stage_config_e2e::raw::Raw;

use super::{LAMBDA, failed_at, load, load_within};

#[test]
fn that_wants_to_know_who_asks() {
    let proxy = Raw::start(|_, stream| {
        let _ = stream.write_all(b"HTTP/1.1 407 Who are you\r\nContent-Length: 0\r\n\r\n");
        false
    });
    let url = format!("http://me:s3cret@{}", proxy.address());
    let output = load(&[&LAMBDA[..], &[("HTTPS_PROXY", &*url)]].concat());
    failed_at(
        &output,
        &[(proxy.address(), "PROXY")],
        &expect![[r#"
            Error: cannot load `Config` for stage `prod`: 1 problem
              stripe_secret_key: parameter `/stripeSecretKey/live` cannot be read: no connection to https://ssm.us-east-1.amazonaws.com through the proxy http://PROXY (environment variable `HTTPS_PROXY`) (io error: client error (Connect): tunnel error: proxy authorization required)
        "#]],
    );
    assert_eq!(proxy.heads().len(), 1, "it is not asked again");
}

#[test]
fn that_refuses() {
    let proxy = Raw::start(|_, stream| {
        let _ = stream.write_all(b"HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n");
        false
    });
    let url = format!("http://{}", proxy.address());
    let output = load_within(500, &[&LAMBDA[..], &[("HTTPS_PROXY", &*url)]].concat());
    failed_at(
        &output,
        &[(proxy.address(), "PROXY")],
        &expect![[r#"
            Error: cannot load `Config` for stage `prod`: 1 problem
              stripe_secret_key: parameter `/stripeSecretKey/live` cannot be read: no connection to https://ssm.us-east-1.amazonaws.com through the proxy http://PROXY (environment variable `HTTPS_PROXY`) (io error: client error (Connect): tunnel error: unsuccessful)
        "#]],
    );
}

#[test]
fn that_is_not_there() {
    let variables = [("https_proxy", "http://127.0.0.1:1")];
    failed_at(
        &load_within(500, &[&LAMBDA[..], &variables].concat()),
        &[],
        &expect![[r#"
            Error: cannot load `Config` for stage `prod`: 1 problem
              stripe_secret_key: parameter `/stripeSecretKey/live` cannot be read: no connection to https://ssm.us-east-1.amazonaws.com through the proxy http://127.0.0.1:1 (environment variable `https_proxy`) (io error: client error (Connect): tunnel error: failed to create underlying connection: tcp connect error: Connection refused (os error 111))
        "#]],
    );
}

#[test]
fn of_plain_http() {
    let proxy = Raw::start(|_, stream| {
        let _ = stream.write_all(b"HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n");
        false
    });
    let url = format!("http://{}", proxy.address());
    let variables = [("AWS_ENDPOINT_URL", "http://ssm.invalid"), ("ALL_PROXY", &*url)];
    let output = load_within(500, &[&LAMBDA[..], &variables].concat());
    failed_at(
        &output,
        &[(proxy.address(), "PROXY")],
        &expect![[r#"
            Error: cannot load `Config` for stage `prod`: 1 problem
              stripe_secret_key: parameter `/stripeSecretKey/live` cannot be read: the reply is not from Parameter Store, HTTP 403; check the proxy http://PROXY (environment variable `ALL_PROXY`)
        "#]],
    );
}
