//! A proxy that does not let a load through.

use expect_test::expect;
use stage_config_local::{LocalStore, On};

use super::{LAMBDA, failed_at, load, load_within};

/// A proxy that answers with this status, and its host and port.
fn proxy(status: u16) -> (LocalStore, String) {
    let proxy = LocalStore::start([]).unwrap();
    proxy.script(On::any().answer(status, ""));
    let address = proxy.url().replace("http://", "");
    (proxy, address)
}

#[test]
fn that_wants_to_know_who_asks() {
    let (proxy, address) = proxy(407);
    let url = format!("http://me:s3cret@{address}");
    let output = load(&[&LAMBDA[..], &[("HTTPS_PROXY", &*url)]].concat());
    failed_at(
        &output,
        &[(&*address, "PROXY")],
        &expect![[r#"
            Error: cannot load `Config` for stage `prod`: 1 problem
              stripe_secret_key: parameter `/stripeSecretKey/live` cannot be read: no connection to https://ssm.us-east-1.amazonaws.com through the proxy http://PROXY (environment variable `HTTPS_PROXY`) (tunnel error: proxy authorization required)
        "#]],
    );
    assert_eq!(proxy.calls().total(), 1, "it is not asked again");
}

#[test]
fn that_refuses() {
    let (_proxy, address) = proxy(403);
    let url = format!("http://{address}");
    let output = load_within(3000, &[&LAMBDA[..], &[("HTTPS_PROXY", &*url)]].concat());
    failed_at(
        &output,
        &[(&*address, "PROXY")],
        &expect![[r#"
            Error: cannot load `Config` for stage `prod`: 1 problem
              stripe_secret_key: parameter `/stripeSecretKey/live` cannot be read: no connection to https://ssm.us-east-1.amazonaws.com through the proxy http://PROXY (environment variable `HTTPS_PROXY`) (tunnel error: unsuccessful)
        "#]],
    );
}

#[test]
fn that_is_not_there() {
    let variables = [("https_proxy", "http://127.0.0.1:1")];
    failed_at(
        &load_within(3000, &[&LAMBDA[..], &variables].concat()),
        &[],
        &expect![[r#"
            Error: cannot load `Config` for stage `prod`: 1 problem
              stripe_secret_key: parameter `/stripeSecretKey/live` cannot be read: no connection to https://ssm.us-east-1.amazonaws.com through the proxy http://127.0.0.1:1 (environment variable `https_proxy`) (tunnel error: failed to create underlying connection: tcp connect error: Connection refused (os error 111))
        "#]],
    );
}

#[test]
fn of_plain_http() {
    let (_proxy, address) = proxy(403);
    let url = format!("http://{address}");
    let variables = [("AWS_ENDPOINT_URL", "http://ssm.invalid"), ("ALL_PROXY", &*url)];
    let output = load_within(3000, &[&LAMBDA[..], &variables].concat());
    failed_at(
        &output,
        &[(&*address, "PROXY")],
        &expect![[r#"
            Error: cannot load `Config` for stage `prod`: 1 problem
              stripe_secret_key: parameter `/stripeSecretKey/live` cannot be read: the reply is not from Parameter Store, HTTP 403; check the proxy http://PROXY (environment variable `ALL_PROXY`)
        "#]],
    );
}

#[test]
fn of_socks() {
    // As curl does, the client reads the variable in capitals, even if it is empty.
    let variables = [
        ("HTTPS_PROXY", ""),
        ("https_proxy", "http://unread"),
        ("ALL_PROXY", "socks5://me:s3cret@127.0.0.1:1"),
    ];
    failed_at(
        &load(&[&LAMBDA[..], &variables].concat()),
        &[],
        &expect![[r#"
        Error: cannot load `Config` for stage `prod`: 1 problem
          stripe_secret_key: parameter `/stripeSecretKey/live` cannot be read: no connection to https://ssm.us-east-1.amazonaws.com through the proxy socks5://127.0.0.1:1 (environment variable `ALL_PROXY`) (SOCKS is not supported; name an HTTP proxy)
    "#]],
    );
}
