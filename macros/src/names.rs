//! The names that stand in attributes, checked as their owners would, and what to write instead.

use stage_config_names::NameOf;
use syn::LitStr;

use crate::errors::Errors;

const NOT_IN_VARIABLES: [char; 2] = ['=', '\0'];

/// Checks the name of a parameter.
pub(crate) fn parameter<'a>(name: &'a LitStr, errors: &Errors) -> Option<&'a LitStr> {
    let of = NameOf::Parameter;
    let text = name.value();
    let Err(fault) = of.check(&text) else { return Some(name) };
    let drawing: Vec<_> = fault.draw(&text).lines().map(|line| format!("  {line}")).collect();
    let mistake = format!("{of} {fault}\n\n{}\n", drawing.join("\n"));
    let help = match of.suggest(&text) {
        Some(nearest) if nearest.is_sure() => format!("`{:?}`", nearest.name()),
        Some(nearest) => format!("a name that is allowed: `{:?}`", nearest.name()),
        None => r#"a name as `"/app/key"`, `"/app/key:3"` or `"/app/key:label"`"#.to_owned(),
    };
    errors.add(name, mistake, help);
    None
}

/// Checks the name of an environment variable. `example` is one that is allowed.
pub(crate) fn variable<'a>(name: &'a LitStr, example: &str, errors: &Errors) -> Option<&'a LitStr> {
    let text = name.value();
    let mistake = if text.is_empty() {
        "is empty"
    } else if text.trim().is_empty() {
        "is nothing but blanks"
    } else if text.trim() != text {
        "has blanks around it"
    } else if text.contains(NOT_IN_VARIABLES) {
        "has a `=` or NUL in it"
    } else {
        return Some(name);
    };
    let mut parts = text.split(NOT_IN_VARIABLES).map(str::trim);
    let fix = parts.find(|part| !part.is_empty()).unwrap_or(example);
    errors.add(name, format!("environment variable {mistake}"), format!("`{fix:?}`"));
    None
}
