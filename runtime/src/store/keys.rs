//! The access keys of the environment: whether they can be sent, and whether they count.

use std::env;

use crate::environment::given;

/// Sent in headers, or used for the signature.
const IN_HEADERS: [&str; 3] = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];

pub(crate) const HAS_OTHERS: &str =
    "has a line break, a space or another character that keys do not have";

pub(crate) fn is_key(text: &str) -> bool {
    text.chars().all(|char| char.is_ascii_graphic())
}

/// Whether a container endpoint replaces the keys of the environment, which would be as old as the
/// snapshot of the sandbox.
///
/// Source: <https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html>. With SnapStart,
/// Lambda sets the endpoint instead of the keys.
pub(crate) fn are_of_a_snapshot() -> bool {
    given("AWS_LAMBDA_INITIALIZATION_TYPE").is_some_and(|kind| kind == "snap-start")
        && given("AWS_CONTAINER_CREDENTIALS_FULL_URI").is_some()
}

/// Checks the keys of the environment before they are sent in a header: clients panic if they contain
/// a character that is not allowed there.
pub(crate) fn check() -> Result<(), String> {
    for name in IN_HEADERS {
        if !env::var_os(name).is_none_or(|text| text.to_str().is_some_and(is_key)) {
            return Err(format!("the environment variable `{name}` {HAS_OTHERS}"));
        }
    }
    Ok(())
}
