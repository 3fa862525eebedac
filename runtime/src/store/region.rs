//! The region and the endpoint that the environment names.

use std::env::{self, VarError};

use crate::environment::given;
use crate::quote::quote;

/// What an error says if there is no region.
pub(crate) const NO_REGION: &str =
    "no AWS region is given; set the environment variable `AWS_REGION`, as Lambda does";

/// The region, as Lambda sets it. The error is a text for the user.
pub(crate) fn named_region() -> Result<Option<String>, String> {
    let Some(region) = first(["AWS_REGION", "AWS_DEFAULT_REGION"])? else { return Ok(None) };
    check(&region)?;
    Ok(Some(region))
}

/// Refuses what cannot be part of the name of a host. The error is a text for the user.
pub(crate) fn check(region: &str) -> Result<(), String> {
    let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let is_region = region.bytes().all(is_inner)
        && !region.starts_with('-')
        && !region.ends_with('-')
        && (1..=63).contains(&region.len());
    is_region.then_some(()).ok_or_else(|| format!("`{}` is not an AWS region", quote(region)))
}

/// The endpoint, instead of that of the region. The error is a text for the user.
pub(crate) fn named_endpoint() -> Result<Option<String>, String> {
    let is_ignored = given("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")
        .is_some_and(|text| text.eq_ignore_ascii_case("true"));
    if is_ignored {
        return Ok(None);
    }
    first(["AWS_ENDPOINT_URL_SSM", "AWS_ENDPOINT_URL"])
}

/// The first of these variables that is not empty. One that is not UTF-8 is an error: without it,
/// requests would go elsewhere.
fn first(names: [&str; 2]) -> Result<Option<String>, String> {
    for name in names {
        match env::var(name) {
            Ok(text) if !text.is_empty() => return Ok(Some(text)),
            Err(VarError::NotUnicode(_)) => {
                return Err(format!("the environment variable `{name}` is not UTF-8"));
            }
            Ok(_) | Err(VarError::NotPresent) => {}
        }
    }
    Ok(None)
}
