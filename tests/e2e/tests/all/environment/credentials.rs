//! Credentials that have to be looked for.

use stage_config_local::{At, LocalStore, On};

use super::{load, printed, store};

#[test]
fn of_a_container_whose_endpoint_closes_the_connection() {
    let body = r#"{"AccessKeyId": "AKIA", "SecretAccessKey": "secret", "Token": "token", "Expiration": "2100-01-01T00:00:00Z"}"#;
    let container = LocalStore::start([]).unwrap();
    // More often than the SDK tries by itself.
    container.script([On::any().first(4).cut(At::Start), On::any().answer(200, body)]);
    let store = store();
    let (url, endpoint) = (container.url(), store.url());
    let output = load(&[
        ("AWS_CONTAINER_CREDENTIALS_FULL_URI", &*url),
        ("AWS_ENDPOINT_URL_SSM", &*endpoint),
        ("AWS_REGION", "us-east-1"),
        ("AWS_EC2_METADATA_DISABLED", "true"),
        ("stage", "prod"),
    ]);
    assert_eq!(printed(&output), "prod: 9\nprod: 9\n");
}
