//! The conditions of a statement.

use serde::Deserialize;

use super::document::refuse_variables;
use super::keys;
use super::list::{List, Members};
use super::pattern::{matches, matches_arn};

/// All must hold.
#[derive(Debug, Default, Deserialize)]
#[serde(from = "Members<Operator, Members<Key, List<Operand>>>")]
pub(super) struct Conditions(Vec<Condition>);

#[derive(Debug)]
struct Condition {
    operator: Operator,
    key: Key,
    /// One must fit, or none if the operator is negated.
    operands: Vec<Operand>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "String")]
struct Operator {
    compares: Compares,
    is_negated: bool,
    /// Whether it begins with `ForAnyValue:`, so that it does not hold for a key without a value.
    for_any_value: bool,
    /// Whether it holds for a key without a value. A negated one always does.
    if_exists: bool,
}

#[derive(Debug, Clone, Copy)]
enum Compares {
    Text,
    TextInAnyCase,
    Pattern,
    Arn,
    /// Whether the request does not have the key.
    Absence,
}

#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
struct Key(String);

/// A text, or a boolean as text.
#[derive(Debug, Deserialize)]
#[serde(try_from = "WrittenOperand")]
struct Operand(String);

#[derive(Deserialize)]
#[serde(untagged, expecting = "the value of a condition is a text or a boolean")]
enum WrittenOperand {
    Text(String),
    Boolean(bool),
}

impl Conditions {
    /// `context` are the keys that the request has, with their values.
    pub(super) fn hold(&self, context: &[(&str, &str)]) -> bool {
        self.0.iter().all(|Condition { operator, key, operands }| {
            let value = context.iter().find(|(name, _)| *name == key.0).map(|(_, value)| *value);
            operator.holds(value, operands)
        })
    }
}

impl Operator {
    fn holds(self, value: Option<&str>, operands: &[Operand]) -> bool {
        let Some(value) = value else {
            return match self.compares {
                Compares::Absence => operands.iter().any(Operand::is_true),
                _ => self.if_exists || self.is_negated && !self.for_any_value,
            };
        };
        let fits = |operand: &Operand| match self.compares {
            Compares::Absence => !operand.is_true(),
            Compares::Text => operand.0 == value,
            Compares::TextInAnyCase => operand.0.eq_ignore_ascii_case(value),
            Compares::Pattern => matches(&operand.0, value),
            Compares::Arn => matches_arn(&operand.0, value),
        };
        operands.iter().any(fits) != self.is_negated
    }
}

impl From<Members<Operator, Members<Key, List<Operand>>>> for Conditions {
    fn from(Members(written): Members<Operator, Members<Key, List<Operand>>>) -> Self {
        let each = written.into_iter().flat_map(|(operator, Members(keys))| {
            let of_key = move |(key, List(operands))| Condition { operator, key, operands };
            keys.into_iter().map(of_key)
        });
        Self(each.collect())
    }
}

impl TryFrom<String> for Operator {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let (name, if_exists) = match text.strip_suffix("IfExists") {
            Some(name) => (name, true),
            None => (text.as_str(), false),
        };
        let (name, for_any_value) = match name.strip_prefix("ForAnyValue:") {
            Some(name) => (name, true),
            None => (name, false),
        };
        let (compares, is_negated) = match name {
            "StringEquals" => (Compares::Text, false),
            "StringNotEquals" => (Compares::Text, true),
            "StringEqualsIgnoreCase" => (Compares::TextInAnyCase, false),
            "StringNotEqualsIgnoreCase" => (Compares::TextInAnyCase, true),
            "StringLike" => (Compares::Pattern, false),
            "StringNotLike" => (Compares::Pattern, true),
            // IAM does the same for both.
            "ArnEquals" | "ArnLike" => (Compares::Arn, false),
            "ArnNotEquals" | "ArnNotLike" => (Compares::Arn, true),
            "Null" if !if_exists && !for_any_value => (Compares::Absence, false),
            _ => {
                return Err(format!(
                    "the condition operator `{text}` is not evaluated here; the operators are \
                     those that begin with `String` or `Arn`, also for any value, and `Null`"
                ));
            }
        };
        Ok(Self { compares, is_negated, for_any_value, if_exists })
    }
}

impl TryFrom<String> for Key {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        // Their case does not matter to IAM.
        let known = keys::ALL.into_iter().find(|key| key.eq_ignore_ascii_case(&text));
        known.map(|key| Self(key.to_owned())).ok_or_else(|| {
            let known = keys::ALL.map(|key| format!("`{key}`")).join(", ");
            format!("the condition key `{text}` is not evaluated here; the keys are {known}")
        })
    }
}

impl Operand {
    fn is_true(&self) -> bool {
        self.0.eq_ignore_ascii_case("true")
    }
}

impl TryFrom<WrittenOperand> for Operand {
    type Error = String;

    fn try_from(written: WrittenOperand) -> Result<Self, String> {
        match written {
            WrittenOperand::Boolean(value) => Ok(Self(value.to_string())),
            WrittenOperand::Text(text) => refuse_variables(&text).map(|()| Self(text)),
        }
    }
}
