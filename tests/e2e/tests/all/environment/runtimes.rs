//! What a load keeps for the next one, and for whom.

use std::io::Write as _;

use stage_config_e2e::raw::{self, Raw};

use super::{LAMBDA, load, printed};

#[test]
fn a_connection_is_not_taken_from_a_runtime_that_rests() {
    let body = r#"{"Parameter": {"Name": "/stripeSecretKey/live", "Type": "SecureString", "Value": "sk"}}"#;
    let server =
        Raw::start(move |_, stream| stream.write_all(raw::reply(200, body).as_bytes()).is_ok());
    let url = format!("http://{}", server.address());
    let output = load(&[&LAMBDA[..], &[("AWS_ENDPOINT_URL_SSM", &*url)]].concat());
    assert_eq!(printed(&output), "prod: 2\nprod: 2\n");
    // Nobody would drive the connection, and only the second attempt would have one of its own.
    let heads = server.heads();
    assert_eq!(heads.len(), 2);
    for head in heads {
        assert!(head.contains("amz-sdk-request: attempt=1;"), "{head}");
    }
}
