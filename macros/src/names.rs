//! The names that stand in attributes, checked as their owners would, and what to write instead.

use stage_config_names::{Fault, NameOf, is_template, outside_of_names, render, wrong_in_variable};
use syn::LitStr;

use crate::errors::Errors;
use crate::stages::Stages;

/// Checks a name that Parameter Store has a say in.
pub(crate) fn check<'a>(
    of: NameOf,
    name: &'a LitStr,
    stages: &Stages,
    errors: &Errors,
) -> Option<&'a LitStr> {
    let text = name.value();
    if let Err(fault) = of.check(&text) {
        let noun = if of == NameOf::Path { "path" } else { "name" };
        let help = match of.suggest(&text) {
            Some(nearest) if nearest.is_sure() => format!("`{:?}`", nearest.name()),
            Some(nearest) => format!("a {noun} that is allowed: `{:?}`", nearest.name()),
            None => format!("a {noun} as {}", of.examples()),
        };
        errors.add(name, format!("{of} {fault}\n\n{}\n", drawing(&fault, &text)), help);
        return None;
    }
    if !is_template(&text) {
        return Some(name);
    }
    // In a struct without stages, it is that of a load of the struct around it, which `Fits` checks.
    stages.report_outside_of_names(errors);
    for stage in stages.names().filter(|name| outside_of_names(name).is_none()) {
        let whole = render(&text, stage);
        if let Err(fault) = of.check(&whole) {
            let mistake = format!("{of} {fault}, at stage `{stage}`");
            let drawing = drawing(&fault, &whole);
            let help = "another name for the stage, as `stages(dev, prod(rename = \"…\"))`";
            errors.add(name, format!("{mistake}\n\n{drawing}\n"), help);
            return None;
        }
    }
    Some(name)
}

fn drawing(fault: &Fault, text: &str) -> String {
    let lines: Vec<_> = fault.draw(text).lines().map(|line| format!("  {line}")).collect();
    lines.join("\n")
}

/// Checks the name of an environment variable. `example` is one that is allowed.
pub(crate) fn variable<'a>(name: &'a LitStr, example: &str, errors: &Errors) -> Option<&'a LitStr> {
    let Some((mistake, part)) = wrong_in_variable(&name.value()) else { return Some(name) };
    let fix = part.as_deref().unwrap_or(example);
    errors.add(name, format!("environment variable {mistake}"), format!("`{fix:?}`"));
    None
}
