//! The policies of an advanced parameter: expiration, and notifications.
//!
//! The store checks and returns them, but no parameter expires and no notification is sent.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};
use toml::value::Datetime;

use crate::error::{Result, ServiceError};

const MOST: usize = 10;
const TYPES: [&str; 3] = [EXPIRATION, "ExpirationNotification", "NoChangeNotification"];
const EXPIRATION: &str = "Expiration";

#[derive(Debug, Clone)]
pub(crate) struct LifecyclePolicy {
    kind: String,
    text: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Written {
    r#type: String,
    version: String,
    #[serde(default)]
    attributes: BTreeMap<String, String>,
}

impl LifecyclePolicy {
    /// Reads a JSON array of policies. Empty objects do not count, so `[{}]` removes all policies.
    pub(crate) fn read_all(text: &str) -> Result<Vec<Self>> {
        let items: Vec<Value> =
            serde_json::from_str(text).map_err(|_| invalid("they are not a JSON array"))?;
        let items: Vec<_> = items.into_iter().filter(|item| *item != json!({})).collect();
        if items.len() > MOST {
            let message = "You specified more than the maximum number of allowed policies for the \
                           parameter. The maximum is 10.";
            return Err(ServiceError::new("PoliciesLimitExceededException", message));
        }
        let policies = items.into_iter().map(Self::read).collect::<Result<Vec<_>>>()?;
        if policies.iter().filter(|policy| policy.kind == EXPIRATION).count() > 1 {
            let message = "There is a conflict in the policies specified for this parameter. You \
                           can't, for example, specify two Expiration policies for a parameter. \
                           Review your policies, and try again.";
            return Err(ServiceError::new("IncompatiblePolicyException", message));
        }
        Ok(policies)
    }

    fn read(item: Value) -> Result<Self> {
        let text = item.to_string();
        let members = "each has a `Type`, a `Version` and `Attributes`";
        let Written { r#type: kind, version, attributes } =
            serde_json::from_value(item).map_err(|_| invalid(members))?;
        if !TYPES.contains(&kind.as_str()) {
            let types = "Expiration, ExpirationNotification, and NoChangeNotification";
            let message = format!(
                "The policy type isn't supported. Parameter Store supports the following policy \
                 types: {types}."
            );
            return Err(ServiceError::new("InvalidPolicyTypeException", message));
        }
        if version != "1.0" {
            return Err(invalid("the only version is 1.0"));
        }
        let attributes: Vec<_> =
            attributes.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        match (kind.as_str(), &attributes[..]) {
            (EXPIRATION, [("Timestamp", time)]) if is_time(time) => {}
            ("ExpirationNotification", [("Before", count), ("Unit", unit)])
            | ("NoChangeNotification", [("After", count), ("Unit", unit)])
                if is_count(count) && matches!(*unit, "Days" | "Hours") => {}
            (EXPIRATION, _) => {
                return Err(invalid("`Timestamp` is a time such as 2030-12-02T21:34:33.000Z"));
            }
            (kind, _) => {
                let count = if kind == "NoChangeNotification" { "After" } else { "Before" };
                let rule = format!("`{count}` is a number as text, and `Unit` is Days or Hours");
                return Err(invalid(&rule));
            }
        }
        Ok(Self { kind, text })
    }

    /// As in a reply.
    pub(crate) fn to_json(&self) -> Value {
        json!({
            "PolicyText": self.text,
            "PolicyType": self.kind,
            "PolicyStatus": "Pending",
        })
    }
}

/// The service's words do not say what is wrong, so that follows them in parentheses.
fn invalid(why: &str) -> ServiceError {
    let message = format!("A policy attribute or its value is invalid. (Policies: {why})");
    ServiceError::new("InvalidPolicyAttributeException", message)
}

fn is_count(text: &str) -> bool {
    text.parse::<u32>().is_ok_and(|count| count > 0)
}

/// Whether it is in one of the formats that Java calls `ISO_INSTANT` and `ISO_OFFSET_DATE_TIME`. The
/// offset of the latter may have seconds.
fn is_time(text: &str) -> bool {
    let is_offset = |it: &str| it.len() == 9 && it.starts_with(['+', '-']);
    let has_seconds =
        text.len().checked_sub(9).and_then(|at| text.get(at..)).is_some_and(is_offset);
    let text = if has_seconds { &text[..text.len() - 3] } else { text };
    let time = text.parse::<Datetime>();
    time.is_ok_and(|time| time.date.is_some() && time.time.is_some() && time.offset.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_has_a_date_and_an_offset() {
        for time in [
            "2018-12-02T21:34:33.000Z",
            "2018-12-02T21:34:33Z",
            "2019-11-01T22:13:48.87+10:30",
            "2019-11-01T22:13:48.87+10:30:00",
        ] {
            assert!(is_time(time), "{time}");
        }
        for time in [
            "",
            "2018-12-02",
            "21:34:33",
            "2018-12-02T21:34:33",
            "2018-13-02T21:34:33Z",
            "é+10:30:00",
        ] {
            assert!(!is_time(time), "{time}");
        }
    }
}
