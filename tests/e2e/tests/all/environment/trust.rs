//! Which certificates a load trusts, and what it says when there are none.

use std::ffi::OsStr;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::os::unix::ffi::OsStrExt as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use expect_test::expect;

use super::{LAMBDA, failed_at, folder, load, printed, program, store, tls};

/// A file to give as `AWS_CA_BUNDLE`.
fn bundle(name: &str, text: &str) -> String {
    let path = folder("bundles").join(name);
    std::fs::write(&path, text).unwrap();
    path.into_os_string().into_string().unwrap()
}

#[test]
fn a_ca_bundle_that_is_of_no_use() {
    let refused = |path: &str, expected| {
        let output = load(&[&LAMBDA[..], &[("AWS_CA_BUNDLE", path)]].concat());
        failed_at(&output, &[(path, "PATH")], expected);
    };
    refused(
        "/not/there.pem",
        &expect![[r#"
        Error: cannot load `Config` for stage `prod`: 1 problem
          stripe_secret_key: parameter `/stripeSecretKey/live` cannot be read: `AWS_CA_BUNDLE` names `PATH`, which cannot be used: No such file or directory (os error 2)
    "#]],
    );
    refused(
        &bundle("empty.pem", "no certificate"),
        &expect![[r#"
        Error: cannot load `Config` for stage `prod`: 1 problem
          stripe_secret_key: parameter `/stripeSecretKey/live` cannot be read: `AWS_CA_BUNDLE` names `PATH`, which cannot be used: there is no certificate in it
    "#]],
    );
    let garbage = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    refused(
        &bundle("garbage.pem", garbage),
        &expect![[r#"
        Error: cannot load `Config` for stage `prod`: 1 problem
          stripe_secret_key: parameter `/stripeSecretKey/live` cannot be read: `AWS_CA_BUNDLE` names `PATH`, which cannot be used: invalid peer certificate: BadEncoding
    "#]],
    );
}

#[test]
fn over_tls_with_a_certificate_of_ones_own() {
    let store = store();
    let certified = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let url = tls::in_front_of(&store, &certified);
    let path = bundle("own.pem", &certified.cert.pem());
    let variables = [("AWS_ENDPOINT_URL_SSM", &*url), ("AWS_CA_BUNDLE", &*path)];
    assert_eq!(printed(&load(&[&LAMBDA[..], &variables].concat())), "prod: 9\nprod: 9\n");

    // A certificate that nobody vouches for is none.
    let other = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let path = bundle("other.pem", &other.cert.pem());
    let variables = [("AWS_ENDPOINT_URL_SSM", &*url), ("AWS_CA_BUNDLE", &*path)];
    let output = load(&[&LAMBDA[..], &variables].concat());
    failed_at(
        &output,
        &[(&url, "URL")],
        &expect![[r#"
            Error: cannot load `Config` for stage `prod`: 1 problem
              stripe_secret_key: parameter `/stripeSecretKey/live` cannot be read: no connection to URL (environment variable `AWS_ENDPOINT_URL_SSM`) (TLS handshake failed: invalid peer certificate: BadSignature)
        "#]],
    );
    assert_eq!(store.calls().total(), 2);
}

#[test]
fn a_ca_bundle_whose_path_is_no_text() {
    let store = store();
    let certified = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let url = tls::in_front_of(&store, &certified);
    let path = folder("bundles").join(OsStr::from_bytes(b"own-\xff.pem"));
    std::fs::write(&path, certified.cert.pem()).unwrap();
    let mut program = program(&[&LAMBDA[..], &[("AWS_ENDPOINT_URL_SSM", &*url)]].concat());
    let output = program.env("AWS_CA_BUNDLE", path).output().unwrap();
    assert_eq!(printed(&output), "prod: 9\nprod: 9\n");
}

#[test]
fn no_certificate_at_all() {
    let certified = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let url = tls::in_front_of(&store(), &certified);
    let (empty, garbage) = (bundle("none.pem", ""), bundle("some.pem", "no certificate"));
    for path in ["/not/there.pem", &*empty, &*garbage] {
        let variables = [("AWS_ENDPOINT_URL_SSM", &*url), ("SSL_CERT_FILE", path)];
        let output = load(&[&LAMBDA[..], &variables].concat());
        failed_at(
            &output,
            &[(&url, "URL"), (path, "PATH")],
            &expect![[r#"
                Error: cannot load `Config` for stage `prod`: 1 problem
                  stripe_secret_key: parameter `/stripeSecretKey/live` cannot be read: no trusted TLS certificates were found; the environment variable `SSL_CERT_FILE` names `PATH`; install `ca-certificates`, or set `AWS_CA_BUNDLE`
            "#]],
        );
    }
}

#[test]
fn a_proxy_that_decrypts_is_trusted_if_the_system_trusts_it() {
    let store = store();
    let name = "ssm.us-east-1.amazonaws.com".to_owned();
    let certified = rcgen::generate_simple_self_signed([name]).unwrap();
    let proxy = tls::decrypting_proxy(&store, &certified);
    let path = bundle("company.pem", &certified.cert.pem());
    let variables = [("HTTPS_PROXY", &*proxy), ("SSL_CERT_FILE", &*path)];
    assert_eq!(printed(&load(&[&LAMBDA[..], &variables].concat())), "prod: 9\nprod: 9\n");
    assert_eq!(store.calls().total(), 2);

    let other = rcgen::generate_simple_self_signed(["company.example".to_owned()]).unwrap();
    let path = bundle("other-company.pem", &other.cert.pem());
    let variables = [("HTTPS_PROXY", &*proxy), ("SSL_CERT_FILE", &*path)];
    let output = load(&[&LAMBDA[..], &variables].concat());
    failed_at(
        &output,
        &[(&proxy, "PROXY")],
        &expect![[r#"
            Error: cannot load `Config` for stage `prod`: 1 problem
              stripe_secret_key: parameter `/stripeSecretKey/live` cannot be read: no connection to https://ssm.us-east-1.amazonaws.com through the proxy PROXY (environment variable `HTTPS_PROXY`) (TLS handshake failed: invalid peer certificate: BadSignature)
        "#]],
    );
    assert_eq!(store.calls().total(), 2);
}

#[test]
fn a_plain_server_behind_https_is_asked_once() {
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", server.local_addr().unwrap());
    let handshakes = Arc::<AtomicUsize>::default();
    let count = Arc::clone(&handshakes);
    std::thread::spawn(move || {
        for mut stream in server.incoming().flatten() {
            count.fetch_add(1, Ordering::SeqCst);
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
        }
    });
    let output = load(&[&LAMBDA[..], &[("AWS_ENDPOINT_URL_SSM", &*url)]].concat());
    failed_at(
        &output,
        &[(&url, "URL")],
        &expect![[r#"
            Error: cannot load `Config` for stage `prod`: 1 problem
              stripe_secret_key: parameter `/stripeSecretKey/live` cannot be read: no connection to URL (environment variable `AWS_ENDPOINT_URL_SSM`) (TLS handshake failed: received corrupt message of type InvalidContentType)
        "#]],
    );
    assert_eq!(handshakes.load(Ordering::SeqCst), 1);
}
