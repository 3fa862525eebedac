//! Paths: prefixes of the names of parameters.

use crate::error::{NameError, Reason};
use crate::name::{ParameterName, SECRETS};

/// Checks a path whose parameters are read, or the prefix of a nested struct.
///
/// It must be absolute and have no selector, and must not contain secrets:
/// <https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParametersByPath.html>
pub(crate) fn check_path(text: &str) -> Result<(), NameError> {
    if text.starts_with("arn:") {
        return Err(NameError::new(0..text.len(), Reason::PathArn));
    }
    if format!("{text}/").starts_with(SECRETS) {
        return Err(NameError::new(0..text.len(), Reason::PathOfSecrets));
    }
    // The rules for public parameters start at the level under the path.
    let name = if text == "/aws/service" { "/aws/service/x" } else { text };
    let name = ParameterName::parse(name)?;
    if let Some(selector) = name.selector() {
        let length = selector.to_string().len() + 1;
        return Err(NameError::new(text.len() - length..text.len(), Reason::PathSelector));
    }
    if !text.starts_with('/') {
        return Err(NameError::new(0..text.len(), Reason::PathNoSlash));
    }
    Ok(())
}
