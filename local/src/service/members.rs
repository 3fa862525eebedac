//! The constraints on the members of a request, in the service's words.

use std::fmt::Display;
use std::ops::RangeInclusive;

use stage_config_names::MAX_NAMES;

use crate::error::{Result, ServiceError};

const MAX_KEY_ID: usize = 256;

/// The members that break a constraint. The service reports all of them in one error.
#[derive(Default)]
pub(super) struct Violations(Vec<String>);

impl Violations {
    pub(super) fn add(&mut self, value: impl Display, field: &str, rule: impl Display) {
        self.add_shown(format_args!("'{value}'"), field, rule);
    }

    /// A text has so many characters.
    pub(super) fn unless_length(
        &mut self,
        text: &str,
        field: &str,
        allowed: RangeInclusive<usize>,
    ) {
        if let Some(rule) = length_rule(text.chars().count(), &allowed) {
            self.add(text, field, rule);
        }
    }

    /// A list has so many items.
    pub(super) fn unless_count(
        &mut self,
        items: &[String],
        field: &str,
        allowed: RangeInclusive<usize>,
    ) {
        if let Some(rule) = length_rule(items.len(), &allowed) {
            self.add(list(items), field, rule);
        }
    }

    /// Each item of a list has so many characters.
    pub(super) fn unless_each_length(
        &mut self,
        items: &[String],
        field: &str,
        allowed: &RangeInclusive<usize>,
    ) {
        if items.iter().any(|item| !allowed.contains(&item.chars().count())) {
            let (least, most) = (allowed.start(), allowed.end());
            let rule = format!(
                "Member must satisfy constraint: [Member must have length less than or equal to \
                 {most}, Member must have length greater than or equal to {least}]"
            );
            self.add(list(items), field, rule);
        }
    }

    pub(super) fn unless_one_of(&mut self, value: &str, field: &str, known: &[&str]) {
        if !known.contains(&value) {
            let known = known.join(", ");
            self.add(value, field, format!("Member must satisfy enum value set: [{known}]"));
        }
    }

    pub(super) fn into_result(self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(self.into_error()) }
    }

    fn into_error(self) -> ServiceError {
        let Self(found) = self;
        let (count, errors) = (found.len(), if found.len() == 1 { "error" } else { "errors" });
        let found = found.join("; ");
        ServiceError::validation(format!("{count} validation {errors} detected: {found}"))
    }

    fn add_shown(&mut self, value: impl Display, field: &str, rule: impl Display) {
        self.0.push(format!("Value {value} at '{field}' failed to satisfy constraint: {rule}"));
    }
}

fn length_rule(length: usize, allowed: &RangeInclusive<usize>) -> Option<String> {
    let bound = match length {
        length if length < *allowed.start() => {
            format!("greater than or equal to {}", allowed.start())
        }
        length if length > *allowed.end() => format!("less than or equal to {}", allowed.end()),
        _ => return None,
    };
    Some(format!("Member must have length {bound}"))
}

fn list(items: &[String]) -> String {
    format!("[{}]", items.join(", "))
}

/// One to ten names, or labels.
pub(super) fn one_to_ten(field: &str, items: &[String]) -> Result<()> {
    let mut violations = Violations::default();
    violations.unless_count(items, field, 1..=MAX_NAMES);
    violations.into_result()
}

pub(super) fn has_length(text: &str, field: &str, allowed: RangeInclusive<usize>) -> Result<()> {
    let mut violations = Violations::default();
    violations.unless_length(text, field, allowed);
    violations.into_result()
}

pub(super) fn is_one_of(value: &str, field: &str, known: &[&str]) -> Result<()> {
    let mut violations = Violations::default();
    violations.unless_one_of(value, field, known);
    violations.into_result()
}

pub(super) fn key_id(id: &str) -> Result<()> {
    let mut violations = Violations::default();
    violations.unless_length(id, "keyId", 1..=MAX_KEY_ID);
    let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b':' | b'/' | b'_' | b'-');
    if id.is_empty() || !id.bytes().all(allowed) {
        let rule = "Member must satisfy regular expression pattern: ^([a-zA-Z0-9:/_-]+)$";
        violations.add(id, "keyId", rule);
    }
    violations.into_result()
}

/// The number of results on a page: the requested one, if the service allows it.
pub(super) fn max_results(asked: Option<i64>, most: usize) -> Result<usize> {
    let Some(asked) = asked else { return Ok(most) };
    let bound = match usize::try_from(asked) {
        Err(_) | Ok(0) => "greater than or equal to 1".to_owned(),
        Ok(asked) if asked <= most => return Ok(asked),
        Ok(_) => format!("less than or equal to {most}"),
    };
    let mut violations = Violations::default();
    violations.add(asked, "maxResults", format_args!("Member must have value {bound}"));
    Err(violations.into_error())
}

/// A required member is absent. The service spells it `maxResults`.
pub(super) fn missing(field: &str) -> ServiceError {
    let mut chars = field.chars();
    let first = chars.next().map(|c| c.to_ascii_lowercase());
    let field: String = first.into_iter().chain(chars).collect();
    let mut violations = Violations::default();
    violations.add_shown("null", &field, "Member must not be null");
    violations.into_error()
}
