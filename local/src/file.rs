//! Parameters from a TOML file.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::ops::Range;

use stage_config_names::{ParameterName, Selector, closest};
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use crate::parameter::{Kind, Parameter};
use crate::storage::{CURRENT, SECRET_ID_LENGTH};

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
/// a `SecureString`. It may also have a `description` and, with `secure`, a `key_id`, the KMS key.
/// All values are text, as in Parameter Store.
///
/// A secret of Secrets Manager has the name by which Parameter Store reads it. Its value is
/// `secure`, and becomes the current version. For another version, a staging label or an id (32
/// characters or more) follows the name after a colon:
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
/// Every mistake, with its line and column, but without values.
pub fn from_toml(text: &str) -> Result<Vec<Parameter>, TomlError> {
    let mut mistakes = Mistakes { text, found: Vec::new() };
    let table = match DeTable::parse(text) {
        Ok(table) => table.into_inner(),
        // The error's `Display` would quote the line, and with it a value.
        Err(error) => {
            mistakes.add(error.span().unwrap_or_default(), error.message());
            return Err(TomlError(mistakes.found));
        }
    };
    let mut parameters = Vec::new();
    let mut names = HashMap::new();
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    for (key, value) in entries {
        let name = key.get_ref().as_ref();
        let shown = name.escape_debug();
        let parsed = ParameterName::parse(name);
        if let Ok(it) = &parsed
            && let Some(before) = names.insert(same(it), name)
        {
            let what = format!("`{name}` and `{before}` are the same; remove one");
            mistakes.add(key.span(), what);
        }
        match parsed {
            Ok(it) if it.is_secret_reference() => {
                parameters.extend(mistakes.secret(&it, value));
                continue;
            }
            Ok(it) if it.selector().is_some() || it.arn().is_some() => {
                let what = "is not the plain name of a parameter to create";
                mistakes.add(key.span(), format!("`{shown}` {what}"));
            }
            Ok(_) => {}
            Err(fault) => mistakes.add(key.span(), format!("parameter name `{shown}` {fault}")),
        }
        parameters.extend(mistakes.parameter(name, value));
    }
    if mistakes.found.is_empty() {
        return Ok(parameters);
    }
    mistakes.found.sort_by_key(|mistake| (mistake.line, mistake.column));
    Err(TomlError(mistakes.found))
}

/// The mistakes in a TOML file, one a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TomlError(Vec<Mistake>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Mistake {
    line: usize,
    column: usize,
    what: String,
}

impl fmt::Display for TomlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, Mistake { line, column, what }) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { "\n" };
            write!(f, "{separator}line {line}, column {column}: {what}")?;
        }
        Ok(())
    }
}

impl std::error::Error for TomlError {}

struct Mistakes<'a> {
    text: &'a str,
    found: Vec<Mistake>,
}

impl Mistakes<'_> {
    fn add(&mut self, at: Range<usize>, what: impl Into<String>) {
        let before = self.text.get(..at.start).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        self.found.push(Mistake {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            what: what.into(),
        });
    }

    fn parameter(&mut self, name: &str, value: &Spanned<DeValue<'_>>) -> Option<Parameter> {
        match value.get_ref() {
            DeValue::Table(table) => self.table(name, value.span(), table),
            _ => self.value(name, value),
        }
    }

    /// `{ secure = "text" }` for a secret, or for one of its versions.
    fn secret(
        &mut self,
        name: &ParameterName<'_>,
        value: &Spanned<DeValue<'_>>,
    ) -> Option<Parameter> {
        let parameter = match value.get_ref() {
            DeValue::Table(table)
                if table.contains_key("secure") && !table.contains_key("value") =>
            {
                self.table(name.as_str(), value.span(), table)?
            }
            _ => {
                let what =
                    format!("`{name}` is a secret; write its value as `{{ secure = \"text\" }}`");
                self.add(value.span(), what);
                return None;
            }
        };
        let secret = Parameter {
            description: parameter.description,
            key_id: parameter.key_id,
            ..Parameter::secret(name.path(), parameter.value)
        };
        Some(match name.selector().map(|it| it.to_string()) {
            None => secret,
            Some(id) if id.len() >= *SECRET_ID_LENGTH.start() => secret.version_id(id).stages(&[]),
            Some(stage) => secret.stages(&[&stage]),
        })
    }

    /// `"text"` or `["a", "b"]`.
    fn value(&mut self, name: &str, value: &Spanned<DeValue<'_>>) -> Option<Parameter> {
        match value.get_ref() {
            DeValue::String(text) => Some(Parameter::string(name, text.as_ref())),
            DeValue::Array(items) => {
                let items = self.items(name, value.span(), items)?;
                Some(Parameter::string_list(name, items.join(",")))
            }
            other => {
                let what = format!("the value of `{name}` {}", not_text(other));
                self.add(value.span(), what);
                None
            }
        }
    }

    fn items<'a>(
        &mut self,
        name: &str,
        at: Range<usize>,
        items: &'a DeArray<'_>,
    ) -> Option<Vec<&'a str>> {
        if items.is_empty() {
            self.add(at, format!("`{name}` is an empty list, and a value cannot be empty"));
            return None;
        }
        let mut texts = Vec::new();
        for item in items {
            match item.get_ref().as_str() {
                Some(text) if text.contains(',') => {
                    let what = format!("an item of `{name}` has a comma, which separates items");
                    self.add(item.span(), what);
                }
                Some(text) => texts.push(text),
                None => {
                    let what = format!("an item of `{name}` {}", not_text(item.get_ref()));
                    self.add(item.span(), what);
                }
            }
        }
        Some(texts)
    }

    /// `{ secure = "text", description = "…" }`
    fn table(&mut self, name: &str, at: Range<usize>, table: &DeTable<'_>) -> Option<Parameter> {
        let mistakes = self.found.len();
        for (key, _) in table {
            let unknown = key.get_ref().as_ref();
            if !KEYS.contains(&unknown) {
                let hint = match closest(unknown, KEYS) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => "put a name with a dot in quotes;".to_owned(),
                };
                let known = KEYS.map(|key| format!("`{key}`")).join(", ");
                let what = format!("`{name}` has a key `{unknown}`; {hint} the keys are {known}");
                self.add(key.span(), what);
            }
        }
        // Further mistakes are most likely consequences.
        if self.found.len() > mistakes {
            return None;
        }
        let description = self.text_of(name, table, "description");
        let key_id = self.text_of(name, table, "key_id");
        let parameter = match (table.get("value"), table.get("secure")) {
            (Some(value), None) => {
                if let Some(key_id) = table.get("key_id") {
                    let what = format!("`{name}` has a `key_id` but is not `secure`");
                    self.add(key_id.span(), what);
                }
                self.value(name, value)
            }
            (None, Some(_)) => self
                .text_of(name, table, "secure")
                .map(|text| Parameter::new(name.to_owned(), Kind::SecureString, text)),
            (None, None) => {
                self.add(at, format!("`{name}` has no value; write {FORMS}"));
                None
            }
            (Some(_), Some(secure)) => {
                self.add(secure.span(), format!("`{name}` has both `value` and `secure`"));
                None
            }
        };
        parameter.map(|parameter| Parameter { description, key_id, ..parameter })
    }

    fn text_of(&mut self, name: &str, table: &DeTable<'_>, key: &str) -> Option<String> {
        let value = table.get(key)?;
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.add(value.span(), format!("`{key}` of `{name}` {}", not_text(value.get_ref())));
        }
        text.map(str::to_owned)
    }
}

/// What names of the same value have in common.
fn same<'a>(name: &ParameterName<'a>) -> Cow<'a, str> {
    match name.selector() {
        Some(Selector::SecretVersion(CURRENT)) => name.path().into(),
        _ => name.canonical(),
    }
}

fn not_text(value: &DeValue<'_>) -> String {
    format!("has type {}; write it as text in quotes", value.type_str())
}
