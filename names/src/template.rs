//! Templates: names that contain `{stage}`.

use std::borrow::Cow;
use std::iter;

use crate::error::{NameError, Reason};

/// The placeholder for the stage.
pub const STAGE: &str = "{stage}";

/// A word as long as [`STAGE`] and valid in its place, so that a template can be checked by the
/// rules for names, with the right positions.
const STAND_IN: &str = "xstagex";

/// Whether a name depends on the stage.
pub fn is_template(name: &str) -> bool {
    name.contains(STAGE)
}

/// Replaces `{stage}` in a name.
///
/// ```
/// use stage_config_names::render;
///
/// assert_eq!(render("/app/{stage}/key", "featureX"), "/app/featureX/key");
/// ```
pub fn render<'a>(name: &'a str, stage: &str) -> Cow<'a, str> {
    let mut parts = name.split(STAGE);
    let (Some(first), Some(second)) = (parts.next(), parts.next()) else { return name.into() };
    // As long as it gets if the placeholder is in it once, which `str::replace` does not reserve.
    let mut rendered = String::with_capacity(name.len() - STAGE.len() + stage.len());
    rendered.push_str(first);
    for part in iter::once(second).chain(parts) {
        rendered.extend([stage, part]);
    }
    rendered.into()
}

/// The first character of a stage that is not allowed in a name. A stage is one level or a part of
/// one.
pub fn outside_of_names(stage: &str) -> Option<char> {
    stage.chars().find(|c| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-')))
}

/// Whether [`outside_of_names`] finds nothing, for constants.
pub const fn may_be_in_names(stage: &str) -> bool {
    let mut bytes = stage.as_bytes();
    while let [byte, rest @ ..] = bytes {
        if !(byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-')) {
            return false;
        }
        bytes = rest;
    }
    true
}

pub(crate) fn with_stand_in(template: &str) -> Cow<'_, str> {
    render(template, STAND_IN)
}

/// Finds the first malformed placeholder.
pub(crate) fn check_braces(text: &str) -> Result<(), NameError> {
    let mut at = 0;
    while let Some(found) = text[at..].find(['{', '}']) {
        let start = at + found;
        let rest = &text[start..];
        if rest.starts_with(STAGE) && !rest[STAGE.len()..].starts_with('}') {
            at = start + STAGE.len();
            continue;
        }
        if rest.starts_with('}') {
            return Err(NameError::new(start..start + 1, Reason::PlaceholderUnopened));
        }
        let Some(close) = rest.find('}') else {
            let is_end = |c: char| !(c.is_alphanumeric() || matches!(c, '{' | '_'));
            let length = rest.find(is_end).unwrap_or(rest.len());
            return Err(NameError::new(start..start + length, Reason::PlaceholderUnclosed));
        };
        let more = rest[close..].len() - rest[close..].trim_start_matches('}').len();
        return Err(NameError::new(start..start + close + more, Reason::PlaceholderUnknown));
    }
    Ok(())
}
