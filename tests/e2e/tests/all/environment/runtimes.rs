//! What a load keeps for the next one, and for whom.

use super::{LAMBDA, load, printed, store};
use crate::CLIENT;

#[test]
fn a_connection_is_not_taken_from_a_runtime_that_rests() {
    let store = store();
    let output = load(&[&LAMBDA[..], &[("AWS_ENDPOINT_URL_SSM", &*store.url())]].concat());
    assert_eq!(printed(&output), "prod: 9\nprod: 9\n");
    // Nobody would drive the connection, and only the second attempt would have one of its own.
    assert_eq!(store.calls().total(), 2);
    for call in store.calls() {
        // Only the SDK sends it, which a load uses if both clients are there.
        let attempt = call.header("amz-sdk-request");
        assert_eq!(attempt.is_some(), CLIENT == "ssm", "{attempt:?}");
        assert!(attempt.is_none_or(|it| it.starts_with("attempt=1;")), "{attempt:?}");
    }
}
