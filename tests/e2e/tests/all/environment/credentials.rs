//! Credentials that have to be looked for.

use std::io::Write as _;

use stage_config_e2e::raw::{self, Raw};

use super::{load, printed, store};

#[test]
fn of_a_container_whose_endpoint_closes_the_connection() {
    let body = r#"{"AccessKeyId": "AKIA", "SecretAccessKey": "secret", "Token": "token", "Expiration": "2100-01-01T00:00:00Z"}"#;
    let server = Raw::start(move |index, stream| {
        // More often than the SDK tries by itself.
        if index > 3 {
            let _ = stream.write_all(raw::reply(200, body).as_bytes());
        }
        false
    });
    let store = store();
    let (url, endpoint) = (format!("http://{}", server.address()), store.url());
    let output = load(&[
        ("AWS_CONTAINER_CREDENTIALS_FULL_URI", &*url),
        ("AWS_ENDPOINT_URL_SSM", &*endpoint),
        ("AWS_REGION", "us-east-1"),
        ("AWS_EC2_METADATA_DISABLED", "true"),
        ("stage", "prod"),
    ]);
    assert_eq!(printed(&output), "prod: 9\nprod: 9\n");
}
