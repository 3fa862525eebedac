//! Credentials that end before they say.

use stage_config_local::{LocalStore, On};

use crate::environment::{load, printed, store};

const CREDENTIALS: &str = r#"{"AccessKeyId": "AKIA", "SecretAccessKey": "secret", "Token": "session", "Expiration": "2100-01-01T00:00:00Z"}"#;

#[test]
fn expired_credentials_are_requested_again() {
    let (container, store) = (LocalStore::start([]).unwrap(), store());
    container.script(On::any().answer(200, CREDENTIALS));
    store.script(On::any().first(1).answer(400, r#"{"__type": "ExpiredTokenException"}"#));
    let (url, endpoint) = (container.url(), store.url());
    let output = load(&[
        ("AWS_CONTAINER_CREDENTIALS_FULL_URI", &*url),
        ("AWS_ENDPOINT_URL_SSM", &*endpoint),
        ("AWS_REGION", "us-east-1"),
        ("stage", "prod"),
    ]);
    assert_eq!(printed(&output), "prod: 9\nprod: 9\n");
    // One for each of the two runtimes, and one after the error.
    assert_eq!(container.calls().total(), 3);
}
