//! Credentials of a container endpoint.

use stage_config_local::{At, LocalStore, On};

use super::{file, load, printed, store};

const CREDENTIALS: &str = r#"{"AccessKeyId": "AKIA", "SecretAccessKey": "secret", "Token": "session", "Expiration": "2100-01-01T00:00:00Z"}"#;

/// Loads twice, with the credentials of this endpoint.
fn loads(container: &LocalStore, more: &[(&str, &str)]) -> LocalStore {
    let store = store();
    let (url, endpoint) = (container.url(), store.url());
    let variables = [
        ("AWS_CONTAINER_CREDENTIALS_FULL_URI", &*url),
        ("AWS_ENDPOINT_URL_SSM", &*endpoint),
        ("AWS_REGION", "us-east-1"),
        ("AWS_EC2_METADATA_DISABLED", "true"),
        ("stage", "prod"),
    ];
    assert_eq!(printed(&load(&[&variables, more].concat())), "prod: 9\nprod: 9\n");
    store
}

#[test]
fn from_an_endpoint_that_closes_the_connection() {
    let container = LocalStore::start([]).unwrap();
    // More often than the SDK tries by itself.
    container.script([On::any().first(4).cut(At::Start), On::any().answer(200, CREDENTIALS)]);
    let store = loads(&container, &[]);
    for call in store.calls() {
        assert_eq!(call.header("x-amz-security-token"), Some("session"));
    }
}

#[test]
fn the_token_of_the_environment_is_sent() {
    let path = file("token", "Bearer of-the-file");
    let of_file = ("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", &*path);
    let of_variable = ("AWS_CONTAINER_AUTHORIZATION_TOKEN", "Bearer of-the-variable");
    for (variables, token) in [
        (&[of_variable][..], "Bearer of-the-variable"),
        (&[of_variable, of_file][..], "Bearer of-the-file"),
    ] {
        let container = LocalStore::start([]).unwrap();
        container.script(On::any().answer(200, CREDENTIALS));
        loads(&container, variables);
        // One for each runtime.
        assert_eq!(container.calls().total(), 2);
        for call in container.calls() {
            assert_eq!(call.header("authorization"), Some(token));
            assert_eq!(call.header("accept"), Some("application/json"));
        }
    }
}
