//! The service's rules that the storage does not know, in the service's words.
//!
//! Where those mislead (a space, an `@` and a missing slash are all answered with a text on "ssm"
//! prefixes), what is really wrong stands behind them in parentheses.

use rustack_ssm_model::types::ParameterStringFilter;
use stage_config_names::{Fault, MAX_LENGTH, ParameterName, Reason, SECRETS};

use crate::error::ServiceError;
use crate::parameter::Kind;
use crate::place;

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

const ADVANCED: &str = "Advanced";
/// What can be written behind `DataType`.
const DATA_TYPES: [&str; 3] = ["text", "aws:ec2:image", "aws:ssm:integration"];
/// What the parameters below a path can be filtered by.
const PATH_FILTERS: [&str; 3] = ["Type", "KeyId", "Label"];

/// A name to read. The service trims it, and answers under the trimmed one.
pub(crate) fn readable(name: &str) -> Result<ParameterName<'_>, ServiceError> {
    let name = name.trim();
    let rule = if name.starts_with(SECRETS) { REFERENCE_RULE } else { NAME_RULE };
    ParameterName::parse(name).map_err(|fault| bad_name(rule, name, &fault))
}

/// The names of a batch, in alphabetical order and each once, and those that cannot be one. A
/// malformed name fails the whole batch, but for the reference to a secret, which is looked at by
/// itself.
pub(crate) fn readable_all(
    names: &[String],
) -> Result<(Vec<ParameterName<'_>>, Vec<String>), ServiceError> {
    one_to_ten("names", names)?;
    let (mut readable, mut invalid) = (Vec::new(), Vec::new());
    for name in names {
        match self::readable(name) {
            Ok(name) => readable.push(name),
            Err(_) if name.trim().starts_with(SECRETS) => invalid.push(name.trim().to_owned()),
            Err(error) => return Err(error),
        }
    }
    readable.sort_by_key(ParameterName::as_str);
    readable.dedup();
    Ok((readable, invalid))
}

/// A name to create, change or delete: neither an ARN nor one version of it.
pub(crate) fn plain(name: &str) -> Result<ParameterName<'_>, ServiceError> {
    let parsed = readable(name)?;
    if parsed.arn().is_some() || parsed.selector().is_some() {
        return Err(ServiceError::validation(format!(
            "{NAME_RULE} (`{name}` is not a plain name)"
        )));
    }
    Ok(parsed)
}

/// A name to create, which may not be in a namespace that is for reading only.
pub(crate) fn creatable(name: &str) -> Result<ParameterName<'_>, ServiceError> {
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
    let length = place::arn(bare).len();
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

/// A path, which may end with a slash, or be nothing else.
pub(crate) fn path(path: &str) -> Result<(), ServiceError> {
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

/// One to ten names, or labels.
pub(crate) fn one_to_ten(field: &str, items: &[String]) -> Result<(), ServiceError> {
    let bound = match items.len() {
        0 => "greater than or equal to 1",
        1..=10 => return Ok(()),
        _ => "less than or equal to 10",
    };
    let shown = format!("[{}]", items.join(", "));
    Err(constraint(&shown, field, &format!("Member must have length {bound}")))
}

/// How many to return at most.
pub(crate) fn max_results(asked: Option<i32>, most: i32) -> Result<(), ServiceError> {
    let bound = match asked {
        Some(asked) if asked < 1 => "greater than or equal to 1".to_owned(),
        Some(asked) if asked > most => format!("less than or equal to {most}"),
        _ => return Ok(()),
    };
    let shown = asked.unwrap_or_default().to_string();
    Err(constraint(&shown, "maxResults", &format!("Member must have value {bound}")))
}

pub(crate) fn path_filters(filters: &[ParameterStringFilter]) -> Result<(), ServiceError> {
    match filters.iter().find(|filter| !PATH_FILTERS.contains(&filter.key.as_str())) {
        None => Ok(()),
        Some(filter) => {
            let message = format!(
                "The following filter key is not valid: {}. Valid filter keys include: [{}].",
                filter.key,
                PATH_FILTERS.join(", ")
            );
            Err(ServiceError::new("InvalidFilterKey", message))
        }
    }
}

pub(crate) fn parameter_type(asked: &str) -> Result<(), ServiceError> {
    let known = [Kind::SecureString, Kind::StringList, Kind::String].map(Kind::as_str);
    if known.contains(&asked) {
        return Ok(());
    }
    let enumeration =
        format!("Member must satisfy enum value set: [{}]", known.as_slice().join(", "));
    Err(constraint(asked, "type", &enumeration))
}

pub(crate) fn data_type(asked: Option<&str>) -> Result<(), ServiceError> {
    match asked {
        Some(asked) if !DATA_TYPES.contains(&asked) => Err(ServiceError::validation(format!(
            "The following data type is not supported: {asked} (Data type names are all \
             lowercase.)"
        ))),
        _ => Ok(()),
    }
}

/// The tier to put a parameter in that has this one: an advanced parameter does not become a
/// standard one, and does so least of all because nobody said otherwise.
pub(crate) fn tier(
    asked: Option<String>,
    current: Option<&str>,
) -> Result<Option<String>, ServiceError> {
    match asked.as_deref() {
        None | Some("Intelligent-Tiering") if current == Some(ADVANCED) => {
            Ok(Some(ADVANCED.to_owned()))
        }
        Some("Standard") if current == Some(ADVANCED) => Err(ServiceError::validation(
            "This parameter uses the advanced-parameter tier. You can't downgrade a parameter \
             from the advanced-parameter tier to the standard-parameter tier. If necessary, you \
             can delete the advanced parameter and recreate it as a standard parameter. Be aware \
             that standard parameters have a value limit of 4096 characters.",
        )),
        _ => Ok(asked),
    }
}

/// A member that has to be there, which the service's texts spell `maxResults`.
pub(crate) fn missing(field: &str) -> ServiceError {
    let field = field[..1].to_lowercase() + &field[1..];
    constraint_of("null", &field, "Member must not be null")
}

fn constraint(value: &str, field: &str, rule: &str) -> ServiceError {
    constraint_of(&format!("'{value}'"), field, rule)
}

fn constraint_of(value: &str, field: &str, rule: &str) -> ServiceError {
    ServiceError::validation(format!(
        "1 validation error detected: Value {value} at '{field}' failed to satisfy constraint: \
         {rule}"
    ))
}
