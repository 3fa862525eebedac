//! A path: what stands in front of the names of the parameters below it.

use crate::fault::{Fault, Reason};
use crate::name::{ParameterName, SECRETS};

/// Checks a path that parameters are read by, or that is put in front of names.
///
/// It is absolute, without selector, and none of its parameters is a secret's:
/// <https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParametersByPath.html>
pub(crate) fn check_path(text: &str) -> Result<(), Fault> {
    if text.starts_with("arn:") {
        return Err(Fault::new(0..text.len(), Reason::PathArn));
    }
    if format!("{text}/").starts_with(SECRETS) {
        return Err(Fault::new(0..text.len(), Reason::PathOfSecrets));
    }
    // The rules of a name hold for public parameters from the level below on.
    let name = if text == "/aws/service" { "/aws/service/x" } else { text };
    let name = ParameterName::parse(name)?;
    if let Some(selector) = name.selector() {
        let length = selector.to_string().len() + 1;
        return Err(Fault::new(text.len() - length..text.len(), Reason::PathSelector));
    }
    if !text.starts_with('/') {
        return Err(Fault::new(0..text.len(), Reason::PathNoSlash));
    }
    Ok(())
}
