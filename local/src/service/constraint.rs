//! Constraints on the members of a request, in the service's words.

use crate::error::ServiceError;

/// One to ten names, or labels.
pub(super) fn one_to_ten(field: &str, items: &[String]) -> Result<(), ServiceError> {
    let bound = match items.len() {
        0 => "greater than or equal to 1",
        1..=10 => return Ok(()),
        _ => "less than or equal to 10",
    };
    let shown = format!("[{}]", items.join(", "));
    Err(violated(&shown, field, &format!("Member must have length {bound}")))
}

/// The number of results on a page: at most as many as asked for, and as the service allows.
pub(super) fn max_results(asked: Option<i64>, most: usize) -> Result<usize, ServiceError> {
    let Some(asked) = asked else { return Ok(most) };
    let bound = match usize::try_from(asked) {
        Err(_) | Ok(0) => "greater than or equal to 1".to_owned(),
        Ok(asked) if asked <= most => return Ok(asked),
        Ok(_) => format!("less than or equal to {most}"),
    };
    Err(violated(&asked.to_string(), "maxResults", &format!("Member must have value {bound}")))
}

pub(super) fn is_one_of(asked: &str, field: &str, known: &[&str]) -> Result<(), ServiceError> {
    if known.contains(&asked) {
        return Ok(());
    }
    let rule = format!("Member must satisfy enum value set: [{}]", known.join(", "));
    Err(violated(asked, field, &rule))
}

/// A required member is absent. The service spells it `maxResults`.
pub(super) fn missing(field: &str) -> ServiceError {
    let field = field[..1].to_lowercase() + &field[1..];
    error("null", &field, "Member must not be null")
}

pub(super) fn violated(value: &str, field: &str, rule: &str) -> ServiceError {
    error(&format!("'{value}'"), field, rule)
}

fn error(value: &str, field: &str, rule: &str) -> ServiceError {
    ServiceError::validation(format!(
        "1 validation error detected: Value {value} at '{field}' failed to satisfy constraint: \
         {rule}"
    ))
}
