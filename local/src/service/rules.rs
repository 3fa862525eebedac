//! The rules for names and paths, in the service's words.
//!
//! The service's words mislead: for a space, an `@` and a missing slash alike, they mention "ssm"
//! prefixes. The real reason follows them in parentheses.

use stage_config_names::{MAX_LENGTH, NameError, ParameterName, Reason, SECRETS};

use crate::error::{Result, ServiceError};
use crate::location::Location;

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
pub(super) fn readable(name: &str) -> Result<ParameterName<'_>> {
    let name = name.trim();
    let rule = if name.starts_with(SECRETS) { REFERENCE_RULE } else { NAME_RULE };
    ParameterName::parse(name).map_err(|error| malformed(rule, name, &error))
}

/// A name of which all versions are meant.
pub(super) fn without_selector(name: &str) -> Result<ParameterName<'_>> {
    let parsed = readable(name)?;
    if parsed.selector().is_some() {
        return refuse(format!("{NAME_RULE} (`{name}` has a selector)"));
    }
    Ok(parsed)
}

/// A name to create, change or delete: without an ARN and without a selector.
pub(super) fn plain(name: &str) -> Result<ParameterName<'_>> {
    let parsed = readable(name)?;
    if parsed.arn().is_some() || parsed.selector().is_some() {
        return refuse(format!("{NAME_RULE} (`{name}` is not a plain name)"));
    }
    Ok(parsed)
}

/// A name whose tags are meant. The service explains it as it explains a path.
pub(super) fn resource(name: &str) -> Result<ParameterName<'_>> {
    let parsed = ParameterName::parse(name).map_err(|error| malformed(PATH_RULE, name, &error))?;
    if parsed.arn().is_some() || parsed.selector().is_some() {
        return refuse(format!("{PATH_RULE} (`{name}` is not a plain name)"));
    }
    Ok(parsed)
}

/// A name to create, outside the namespaces that are only for reading.
pub(super) fn creatable<'a>(here: &Location, name: &'a str) -> Result<ParameterName<'a>> {
    if let Err(error) = ParameterName::parse(name)
        && let Reason::TooManyLevels(_) = error.reason()
    {
        let message = format!("parameter name `{name}` {error}");
        return Err(ServiceError::new("HierarchyLevelLimitExceededException", message));
    }
    let parsed = plain(name)?;
    if parsed.path().starts_with("/aws/") {
        return refuse(format!("No access to reserved parameter name: {name}."));
    }
    let length = here.parameter_arn(parsed.path()).len();
    if length > MAX_LENGTH {
        return refuse(format!(
            "{NAME_RULE} (`{name}` has {length} characters, its ARN included; {MAX_LENGTH} are \
             allowed)"
        ));
    }
    Ok(parsed)
}

/// A path, which may end with a slash; `/` is a path too.
pub(super) fn path(path: &str) -> Result<()> {
    let name = path.strip_suffix('/').unwrap_or(path);
    if path == "/" {
        return Ok(());
    }
    let parsed = ParameterName::parse(name).map_err(|error| malformed(PATH_RULE, path, &error))?;
    if !name.starts_with('/') || parsed.selector().is_some() || parsed.is_secret_reference() {
        return refuse(format!("{PATH_RULE} (`{path}` is not a path)"));
    }
    Ok(())
}

/// Whether a name is below a path, or at the next level below it. A name without a slash is below no
/// path, not even `/`.
pub(super) fn is_below(path: &str, name: &str, recursive: bool) -> bool {
    let below = name.strip_prefix(path.trim_end_matches('/'));
    let below = below.and_then(|below| below.strip_prefix('/'));
    below.is_some_and(|below| recursive || !below.contains('/'))
}

fn malformed(rule: &str, name: &str, error: &NameError) -> ServiceError {
    ServiceError::validation(format!("{rule} (`{}` {error})", name.escape_debug()))
}

fn refuse<T>(message: String) -> Result<T> {
    Err(ServiceError::validation(message))
}
