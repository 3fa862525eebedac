//! Checks names by the rules of the systems that use them.

use stage_config_names::{NameKind, STAGE, is_template, outside_of_names, render};
use syn::LitStr;

use super::stages::Stages;
use crate::diagnostics::draw::draw;
use crate::diagnostics::repair::suggest;
use crate::diagnostics::{Errors, Help};

/// Checks the name of a parameter, a secret or a path.
pub(super) fn check<'a>(
    of: NameKind,
    name: &'a LitStr,
    stages: &Stages,
    errors: &Errors,
) -> Option<&'a LitStr> {
    let text = name.value();
    if let Err(fault) = of.check(&text) {
        let help = match suggest(of, &text) {
            Some(nearest) => Help::replace(name, format!("{nearest:?}")),
            None => Help::note(format!("for example {}", of.examples())),
        };
        errors.add(name, format!("{of} {fault}\n\n{}\n", draw(&fault, &text)), help);
        return None;
    }
    let at_stages =
        stages.names().filter(|it| is_template(&text) && outside_of_names(it).is_none());
    for stage in at_stages {
        let whole = render(&text, stage);
        if let Err(fault) = of.check(&whole) {
            let drawing = draw(&fault, &whole);
            let what = format!("{of} {fault}, at stage `{stage}`\n\n{drawing}\n");
            let help = "give the stage another name, as `stages(dev, prod(rename = \"…\"))`";
            errors.add(name, what, Help::note(help));
            return None;
        }
    }
    Some(name)
}

/// Characters that no system allows in the name of an environment variable.
const NOT_IN_VARIABLES: [char; 2] = ['=', '\0'];

/// Checks the name of an environment variable.
pub(super) fn variable<'a>(name: &'a LitStr, errors: &Errors) -> Option<&'a LitStr> {
    let text = name.value();
    let what = if let Some(what) = outer_whitespace(&text) {
        what
    } else if text.contains(NOT_IN_VARIABLES) {
        "has a `=` or NUL in it"
    } else if is_template(&text) {
        "has a `{stage}` in it, which stands for the stage in other names only"
    } else {
        return Some(name);
    };
    let part = text.replace("_{stage}", "").replace(STAGE, "");
    let part = part.split(NOT_IN_VARIABLES).map(str::trim).find(|part| !part.is_empty());
    let help = Help::replace(name, format!("{:?}", part.unwrap_or("…")));
    errors.add(name, format!("environment variable {what}"), help);
    None
}

/// Describes whitespace around a name. The text continues the sentence "name …".
pub(super) fn outer_whitespace(name: &str) -> Option<&'static str> {
    match name.trim() {
        "" if name.is_empty() => Some("is empty"),
        "" => Some("is only whitespace"),
        trimmed if trimmed != name => Some("has whitespace around it"),
        _ => None,
    }
}
