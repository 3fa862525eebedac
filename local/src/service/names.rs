//! The rules for names and paths, in the service's words.
//!
//! The service's words mislead: for a space, an `@` and a missing slash alike, they mention "ssm"
//! prefixes. The real reason follows them in parentheses.

use stage_config_names::{Fault, MAX_LENGTH, ParameterName, Reason, SECRETS};

use super::constraint::one_to_ten;
use crate::account;
use crate::error::ServiceError;

const NAME_RULE: &str = "Parameter name: can't be prefixed with \"ssm\" (case-insensitive). If \
    formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be \
    formed as a mix of letters, numbers and the following 3 symbols .-_";
const REFERENCE_RULE: &str = "Invalid parameter name. Please use correct syntax for referencing a \
    version/label  <name>:<version/label>";
const PATH_RULE: &str = "The parameter doesn't meet the parameter name requirements. The \
    parameter name must begin with a forward slash \"/\". It can't be prefixed with \"aws\" or \
    \"ssm\" (case-insensitive). It must use only letters, numbers, or the following symbols: . \
    (period), - (hyphen), _ (underscore). Special characters are not allowed. All sub-paths, if \
    specified, must use the forward slash symbol \"/\". Valid example: \
    /get/parameters2-/by1./path0_.";

/// A name to read. The service trims it, and replies with the trimmed name.
pub(super) fn readable(name: &str) -> Result<ParameterName<'_>, ServiceError> {
    let name = name.trim();
    let rule = if name.starts_with(SECRETS) { REFERENCE_RULE } else { NAME_RULE };
    ParameterName::parse(name).map_err(|fault| bad_name(rule, name, &fault))
}

/// The names of a batch, sorted and without duplicates, and the malformed references to secrets. Any
/// other malformed name fails the whole batch.
pub(super) fn batch(
    names: &[String],
) -> Result<(Vec<ParameterName<'_>>, Vec<String>), ServiceError> {
    one_to_ten("names", names)?;
    let (mut batch, mut invalid) = (Vec::new(), Vec::new());
    for name in names {
        match readable(name) {
            Ok(name) => batch.push(name),
            Err(_) if name.trim().starts_with(SECRETS) => invalid.push(name.trim().to_owned()),
            Err(error) => return Err(error),
        }
    }
    batch.sort_by_key(ParameterName::as_str);
    batch.dedup();
    Ok((batch, invalid))
}

/// A name to create, change or delete: without an ARN and without a selector.
pub(super) fn plain(name: &str) -> Result<ParameterName<'_>, ServiceError> {
    let parsed = readable(name)?;
    if parsed.arn().is_some() || parsed.selector().is_some() {
        return Err(ServiceError::validation(format!(
            "{NAME_RULE} (`{name}` is not a plain name)"
        )));
    }
    Ok(parsed)
}

/// A name to create, outside the namespaces that are only for reading.
pub(super) fn creatable(name: &str) -> Result<ParameterName<'_>, ServiceError> {
    let parsed = match ParameterName::parse(name) {
        Err(fault) if matches!(fault.reason(), Reason::TooManyLevels(_)) => {
            let code = "HierarchyLevelLimitExceededException";
            return Err(ServiceError::new(code, format!("parameter name `{name}` {fault}")));
        }
        _ => plain(name)?,
    };
    let bare = parsed.path().trim_start_matches('/');
    if bare.starts_with("aws/") {
        let message = format!("No access to reserved parameter name: {name}.");
        return Err(ServiceError::validation(message));
    }
    let length = account::arn(bare).len();
    if length > MAX_LENGTH {
        let message = format!(
            "{NAME_RULE} (`{name}` has {length} characters, its ARN included; {MAX_LENGTH} are \
             allowed)"
        );
        return Err(ServiceError::validation(message));
    }
    Ok(parsed)
}

fn bad_name(rule: &str, name: &str, fault: &Fault) -> ServiceError {
    ServiceError::validation(format!("{rule} (`{}` {fault})", name.escape_debug()))
}

/// A path, which may end with a slash; `/` is a path too.
pub(super) fn path(path: &str) -> Result<(), ServiceError> {
    let name = path.strip_suffix('/').unwrap_or(path);
    if path == "/" {
        return Ok(());
    }
    let parsed = ParameterName::parse(name).map_err(|fault| bad_name(PATH_RULE, path, &fault))?;
    if !name.starts_with('/') || parsed.selector().is_some() || parsed.is_secret_reference() {
        return Err(ServiceError::validation(format!("{PATH_RULE} (`{path}` is not a path)")));
    }
    Ok(())
}
