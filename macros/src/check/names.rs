//! Checks names by the rules of the systems that use them.

use stage_config_names::{NameKind, is_template, outside_of_names, render};
use syn::LitStr;

use super::stages::KnownStages;
use crate::diagnostics::draw::draw;
use crate::diagnostics::print::compact;
use crate::diagnostics::repair::suggest;
use crate::diagnostics::{Errors, Help};
use crate::parse::stages::Stage;

/// Checks the name of a parameter, a secret or a path.
pub(super) fn check<'a>(
    of: NameKind,
    name: &'a LitStr,
    stages: &KnownStages,
    errors: &Errors,
) -> Option<&'a LitStr> {
    let text = name.value();
    let stages = stages.all.iter().filter(|_| is_template(&text)).map(Stage::name);
    let stages = stages.filter(|stage| outside_of_names(stage).is_none());
    let at = |stage: String| (render(&text, &stage).into_owned(), format!(", at stage `{stage}`"));
    for (whole, at) in std::iter::once((text.clone(), String::new())).chain(stages.map(at)) {
        let Err(error) = of.check(&whole) else { continue };
        let help = match suggest(of, &text).filter(|nearest| *nearest != text) {
            Some(nearest) => Help::replace(name, format!("{nearest:?}")),
            None => Help::note(format!("for example {}", of.examples())),
        };
        let drawing = draw(&error, &whole);
        errors.add(name, format!("{of} {error}{at}\n\n{drawing}\n"), help);
        return None;
    }
    Some(name)
}

/// Checks the name of an environment variable.
pub(super) fn variable<'a>(name: &'a LitStr, errors: &Errors) -> Option<&'a LitStr> {
    let text = name.value();
    let is_odd = |c: char| c.is_whitespace() || "={\0".contains(c);
    let is_valid = |text: &str| !(text.is_empty() || text.contains(is_odd));
    if is_valid(&text) {
        return Some(name);
    }
    let trimmed = Some(text.trim()).filter(|text| is_valid(text)).unwrap_or("…");
    let help = Help::replace(name, format!("{trimmed:?}"));
    let what = format!("`{}` is not the name of an environment variable", compact(name));
    errors.add(name, what, help);
    None
}
