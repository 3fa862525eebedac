//! Parameters from a TOML file.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use stage_config_names::{Name, ParameterName, SECRET_VERSION_ID, Selector, closest};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::parameter::{CURRENT, Parameter};

const KEYS: [&str; 4] = ["value", "secure", "description", "key_id"];
const FORMS: &str = "`\"text\"`, `[\"a\", \"b\"]`, `{ secure = \"text\" }` or \
                     `{ value = \"text\", description = \"…\" }`";

/// Reads parameters from TOML, in the order of the file: names in quotes, and their values.
///
/// ```
/// let parameters = stage_config_local::from_toml(
///     r#"
///     "/limit" = "5"          # a String
///     "/hosts" = ["a", "b"]   # a StringList
///     "/stripeSecretKey/test" = { secure = "sk_test_1", description = "Stripe, test mode" }
///
///     ["/url"]
///     value = "https://example.com"
///     description = "where it is"
///     "#,
/// )?;
/// assert_eq!(parameters.len(), 4);
/// # Ok::<(), stage_config_local::TomlError>(())
/// ```
///
/// A table has either `value`, which is a string or a list of strings, or `secure`, which makes it
/// a `SecureString`, and may have a `description` and, for a `SecureString`, a
/// [`key_id`](Parameter::key_id). All values are text, as in Parameter Store. A parameter of another
/// account or region has its ARN as its name.
///
/// A secret of Secrets Manager has the name by which Parameter Store reads it. Its value is
/// `secure`, and becomes the current version. For another version, a staging label or an id (32 to
/// 64 characters) follows the name after a colon:
///
/// ```
/// let parameters = stage_config_local::from_toml(
///     r#"
///     "/aws/reference/secretsmanager/stripe/test" = { secure = "sk_test_2" }
///     "/aws/reference/secretsmanager/stripe/test:AWSPREVIOUS" = { secure = "sk_test_1" }
///     "#,
/// )?;
/// # assert_eq!(parameters.len(), 2);
/// # Ok::<(), stage_config_local::TomlError>(())
/// ```
///
/// # Errors
/// The first mistake of each parameter, with its line and column, but without values.
pub fn from_toml(text: &str) -> Result<Vec<Parameter>, TomlError> {
    let (mut parameters, mut mistakes, mut names) = (Vec::new(), Vec::new(), HashMap::new());
    // The error's `Display` would quote the line, and with it a value.
    let table = DeTable::parse(text).map_err(|error| {
        TomlError(placed(text, &error.span().unwrap_or_default(), error.message()))
    })?;
    let mut entries: Vec<_> = table.get_ref().iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    for (key, value) in entries {
        let checked = check_name(key.get_ref(), &mut names).map_err(|what| (key.span(), what));
        match checked.and_then(|name| parameter(&name, value)) {
            Ok(parameter) => parameters.push(parameter),
            Err((at, what)) => mistakes.push(placed(text, &at, &what)),
        }
    }
    if mistakes.is_empty() { Ok(parameters) } else { Err(TomlError(mistakes.join("\n"))) }
}

/// The mistakes in a TOML file, one per line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct TomlError(pub(crate) String);

/// What is wrong, and where.
pub(crate) fn placed(text: &str, at: &Range<usize>, what: &str) -> String {
    let before = text.get(..at.start).unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = before.matches('\n').count() + 1;
    let column = before[line_start..].chars().count() + 1;
    format!("line {line}, column {column}: {what}")
}

/// Checks a name, and that the file does not have it already.
fn check_name<'a>(
    name: &'a str,
    names: &mut HashMap<Name, &'a str>,
) -> Result<ParameterName<'a>, String> {
    let shown = name.escape_debug();
    let parsed =
        ParameterName::parse(name).map_err(|fault| format!("parameter name `{shown}` {fault}"))?;
    let key = match parsed.selector() {
        Some(Selector::SecretVersion(CURRENT)) => parsed.path(),
        _ => name,
    };
    if let Some(before) = names.insert(key.into(), name) {
        return Err(format!("`{name}` and `{before}` are the same; remove one"));
    }
    if parsed.selector().is_some() && !parsed.is_secret_reference() {
        return Err(format!("`{name}` is not the plain name of a parameter to create"));
    }
    Ok(parsed)
}

/// A mistake, and the bytes of the file that it is in.
type At<T> = Result<T, (Range<usize>, String)>;

fn parameter(name: &ParameterName<'_>, value: &Spanned<DeValue<'_>>) -> At<Parameter> {
    let table = value.get_ref().as_table();
    if name.is_secret_reference() && !table.is_some_and(|table| table.contains_key("secure")) {
        let what = format!("`{name}` is a secret; write its value as `{{ secure = \"text\" }}`");
        return Err((value.span(), what));
    }
    let parameter = match table {
        Some(table) => from_table(name, value.span(), table)?,
        None => from_value(name, value)?,
    };
    if !name.is_secret_reference() {
        return Ok(parameter);
    }
    let secret = Parameter { name: name.path().to_owned(), ..parameter };
    Ok(match name.selector().map(|it| it.to_string()) {
        None => secret,
        Some(id) if SECRET_VERSION_ID.contains(&id.len()) => {
            secret.version_id(id).staging_labels(&[])
        }
        Some(label) => secret.staging_labels(&[&label]),
    })
}

/// `"text"` or `["a", "b"]`.
fn from_value(name: &ParameterName<'_>, value: &Spanned<DeValue<'_>>) -> At<Parameter> {
    let DeValue::Array(items) = value.get_ref() else {
        let text = text(value, || format!("the value of `{name}`"))?;
        return Ok(Parameter::string(name.as_str(), text));
    };
    if items.is_empty() {
        let what = format!("`{name}` is an empty list, and a value cannot be empty");
        return Err((value.span(), what));
    }
    let mut texts = Vec::new();
    for item in items {
        let text = text(item, || format!("an item of `{name}`"))?;
        if text.contains(',') {
            let what = format!("an item of `{name}` has a comma, which separates items");
            return Err((item.span(), what));
        }
        texts.push(text);
    }
    Ok(Parameter::string_list(name.as_str(), texts.join(",")))
}

/// `{ secure = "text", description = "…" }`
fn from_table(name: &ParameterName<'_>, at: Range<usize>, table: &DeTable<'_>) -> At<Parameter> {
    let unknown = |(key, _): &(&Spanned<Cow<'_, str>>, _)| !KEYS.contains(&key.get_ref().as_ref());
    if let Some((key, _)) = table.iter().find(unknown) {
        let hint = match closest(key.get_ref(), KEYS) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "put a name with a dot in quotes;".to_owned(),
        };
        let known = KEYS.map(|key| format!("`{key}`")).join(", ");
        let key_text = key.get_ref();
        let what = format!("`{name}` has a key `{key_text}`; {hint} the keys are {known}");
        return Err((key.span(), what));
    }
    let text = |key, value| text(value, || format!("`{key}` of `{name}`"));
    let parameter = match (table.get("value"), table.get("secure")) {
        (Some(value), None) => from_value(name, value)?,
        (None, Some(secure)) => Parameter::secure_string(name.as_str(), text("secure", secure)?),
        (Some(_), Some(secure)) => {
            return Err((secure.span(), format!("`{name}` has both `value` and `secure`")));
        }
        (None, None) => return Err((at, format!("`{name}` has no value; write {FORMS}"))),
    };
    let parameter = match table.get("description") {
        Some(description) => parameter.description(text("description", description)?),
        None => parameter,
    };
    Ok(match table.get("key_id") {
        Some(id) => parameter.key_id(text("key_id", id)?),
        None => parameter,
    })
}

fn text<'a>(value: &'a Spanned<DeValue<'_>>, what: impl Fn() -> String) -> At<&'a str> {
    value.get_ref().as_str().ok_or_else(|| {
        let kind = value.get_ref().type_str();
        (value.span(), format!("{} has type {kind}; write it as text in quotes", what()))
    })
}
