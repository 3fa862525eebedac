//! Variables that a client may panic over.

use expect_test::expect;

use super::{LAMBDA, failed_at, file, load, store};

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
