//! `{stage}` in a name, which stands for the stage.

use std::borrow::Cow;

use crate::fault::{Fault, Reason};

/// What stands for the stage in a name.
pub const STAGE: &str = "{stage}";

/// A word as long as [`STAGE`], and valid wherever a stage is, so that the rules of names can be
/// held against a template and find their faults where they are.
const STAND_IN: &str = "xstagex";

/// Whether a name depends on the stage.
pub fn is_template(name: &str) -> bool {
    name.contains(STAGE)
}

/// The name at a stage.
///
/// ```
/// use stage_config_names::render;
///
/// assert_eq!(render("/app/{stage}/key", "featureX"), "/app/featureX/key");
/// ```
pub fn render<'a>(name: &'a str, stage: &str) -> Cow<'a, str> {
    if is_template(name) { name.replace(STAGE, stage).into() } else { name.into() }
}

/// The first character of a stage that cannot be part of a name where `{stage}` stands: one level,
/// or a part of one.
pub fn outside_of_names(stage: &str) -> Option<char> {
    stage.chars().find(|c| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-')))
}

pub(crate) fn with_stand_in(template: &str) -> Cow<'_, str> {
    render(template, STAND_IN)
}

/// Finds the first placeholder that is none.
pub(crate) fn check_braces(text: &str) -> Result<(), Fault> {
    let mut at = 0;
    while let Some(found) = text[at..].find(['{', '}']) {
        let start = at + found;
        let rest = &text[start..];
        if rest.starts_with(STAGE) && !rest[STAGE.len()..].starts_with('}') {
            at = start + STAGE.len();
            continue;
        }
        if rest.starts_with('}') {
            return Err(Fault::new(start..start + 1, Reason::PlaceholderUnopened));
        }
        let Some(close) = rest.find('}') else {
            let is_end = |c: char| !(c.is_alphanumeric() || matches!(c, '{' | '_'));
            let length = rest.find(is_end).unwrap_or(rest.len());
            return Err(Fault::new(start..start + length, Reason::PlaceholderUnclosed));
        };
        let more = rest[close..].len() - rest[close..].trim_start_matches('}').len();
        return Err(Fault::new(start..start + close + more, Reason::PlaceholderUnknown));
    }
    Ok(())
}
