//! The rules for names, paths and other members of a request, in the service's words.
//!
//! The service's words mislead: for a space, an `@` and a missing slash alike, they mention "ssm"
//! prefixes. The real reason follows them in parentheses.

use stage_config_names::{MAX_LENGTH, MAX_NAMES, NameError, ParameterName, Reason, SECRETS};

use crate::error::{Result, ServiceError};
use crate::location::Location;

const MAX_KEY_ID: usize = 256;
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

/// A name to create, change or delete: without an ARN and without a selector.
pub(super) fn plain(name: &str) -> Result<ParameterName<'_>> {
    let parsed = readable(name)?;
    if parsed.arn().is_some() || parsed.selector().is_some() {
        return refuse(format!("{NAME_RULE} (`{name}` is not a plain name)"));
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

fn malformed(rule: &str, name: &str, error: &NameError) -> ServiceError {
    ServiceError::validation(format!("{rule} (`{}` {error})", name.escape_debug()))
}

fn refuse<T>(message: String) -> Result<T> {
    Err(ServiceError::validation(message))
}

/// One to ten names, or labels.
pub(super) fn one_to_ten(field: &str, items: &[String]) -> Result<()> {
    let bound = match items.len() {
        0 => "greater than or equal to 1",
        1..=MAX_NAMES => return Ok(()),
        _ => "less than or equal to 10",
    };
    let shown = format!("[{}]", items.join(", "));
    Err(violated(&shown, field, &format!("Member must have length {bound}")))
}

/// The number of results on a page: the requested one, if the service allows it.
pub(super) fn max_results(asked: Option<i64>, most: usize) -> Result<usize> {
    let Some(asked) = asked else { return Ok(most) };
    let bound = match usize::try_from(asked) {
        Err(_) | Ok(0) => "greater than or equal to 1".to_owned(),
        Ok(asked) if asked <= most => return Ok(asked),
        Ok(_) => format!("less than or equal to {most}"),
    };
    Err(violated(&asked.to_string(), "maxResults", &format!("Member must have value {bound}")))
}

pub(super) fn key_id(id: &str) -> Result<()> {
    if id.len() > MAX_KEY_ID {
        let rule = format!("Member must have length less than or equal to {MAX_KEY_ID}");
        return Err(violated(id, "keyId", &rule));
    }
    let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b':' | b'/' | b'_' | b'-');
    if id.is_empty() || !id.bytes().all(allowed) {
        let rule = "Member must satisfy regular expression pattern: ^([a-zA-Z0-9:/_-]+)$";
        return Err(violated(id, "keyId", rule));
    }
    Ok(())
}

pub(super) fn is_one_of(asked: &str, field: &str, known: &[&str]) -> Result<()> {
    if known.contains(&asked) {
        return Ok(());
    }
    let rule = format!("Member must satisfy enum value set: [{}]", known.join(", "));
    Err(violated(asked, field, &rule))
}

pub(super) fn violated(value: &str, field: &str, rule: &str) -> ServiceError {
    constraint(&format!("'{value}'"), field, rule)
}

/// A required member is absent. The service spells it `maxResults`.
pub(super) fn missing(field: &str) -> ServiceError {
    let field = field[..1].to_lowercase() + &field[1..];
    constraint("null", &field, "Member must not be null")
}

fn constraint(value: &str, field: &str, rule: &str) -> ServiceError {
    ServiceError::validation(format!(
        "1 validation error detected: Value {value} at '{field}' failed to satisfy constraint: \
         {rule}"
    ))
}
