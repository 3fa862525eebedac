//! Checks access keys before they are sent in a header: clients panic if they contain a character
//! that is not allowed there.

use std::env;

/// Sent in headers, or used for the signature.
const IN_HEADERS: [&str; 3] = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];

pub(crate) const HAS_OTHERS: &str =
    "has a line break, a space or another character that keys do not have";

pub(crate) fn is_key(text: &str) -> bool {
    text.chars().all(|char| char.is_ascii_graphic())
}

/// Checks the keys of the environment.
pub(crate) fn check() -> Result<(), String> {
    for name in IN_HEADERS {
        if !env::var_os(name).is_none_or(|text| text.to_str().is_some_and(is_key)) {
            return Err(format!("the environment variable `{name}` {HAS_OTHERS}"));
        }
    }
    Ok(())
}
