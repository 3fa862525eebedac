//! A parameter in a reply.

use std::time::SystemTime;

use serde_json::{Value, json};
use stage_config_names::ParameterName;

use crate::account;
use crate::parameter::Kind;
use crate::storage::{SecretVersion, Stored, Version};

/// A parameter under the name that was asked for, or under its own if that was an ARN.
pub(super) fn parameter(asked: &ParameterName<'_>, stored: &Stored, version: &Version) -> Value {
    let reply = json!({
        "Name": if asked.arn().is_some() { &stored.name } else { asked.path() },
        "Type": stored.kind.as_str(),
        "Value": version.value,
        "Version": version.number,
        "LastModifiedDate": version.modified,
        "ARN": account::arn(&stored.name),
        "DataType": version.data_type,
    });
    with_selector(asked, reply)
}

/// A secret, with what Secrets Manager replies about it.
pub(super) fn secret(asked: &ParameterName<'_>, arn: &str, version: &SecretVersion) -> Value {
    let source = json!({
        "ARN": arn,
        "name": asked.secret(),
        "versionId": version.id,
        "secretString": version.value,
        "versionStages": version.stages,
        "createdDate": date(version.created),
    });
    let reply = json!({
        "Name": asked.path(),
        "Type": Kind::Secret.as_str(),
        "Value": version.value,
        "Version": 0,
        "LastModifiedDate": seconds(version.created),
        "ARN": arn,
        "SourceResult": source.to_string(),
    });
    with_selector(asked, reply)
}

fn with_selector(asked: &ParameterName<'_>, mut reply: Value) -> Value {
    if let Some(selector) = asked.selector() {
        reply["Selector"] = format!(":{selector}").into();
    }
    reply
}

/// Text that looks like KMS ciphertext. It differs for each version and does not depend on the value.
pub(super) fn ciphertext(stored: &Stored, version: &Version) -> String {
    let hash = account::hash(&format!("{}:{}", stored.name, version.number));
    format!("AQICAH{}", format!("{hash:016x}").repeat(8))
}

/// Seconds since 1970.
pub(super) fn seconds(time: SystemTime) -> f64 {
    time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs_f64()
}

/// `Nov 6, 1994, 8:49:37 AM`, from `Sun, 06 Nov 1994 08:49:37 GMT`.
fn date(time: SystemTime) -> String {
    let http = httpdate::fmt_http_date(time);
    let (day, month, year) = (&http[5..7], &http[8..11], &http[12..16]);
    let hour: u8 = http[17..19].parse().unwrap_or_default();
    let half = if hour < 12 { "AM" } else { "PM" };
    let (day, hour) = (day.trim_start_matches('0'), (hour + 11) % 12 + 1);
    format!("{month} {day}, {year}, {hour}{} {half}", &http[19..25])
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn dates_have_no_leading_zeros_and_twelve_hours() {
        let date = |seconds| date(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds));
        assert_eq!(date(0), "Jan 1, 1970, 12:00:00 AM");
        assert_eq!(date(784_111_777), "Nov 6, 1994, 8:49:37 AM");
        assert_eq!(date(784_111_777 + 4 * 3600), "Nov 6, 1994, 12:49:37 PM");
        assert_eq!(date(784_111_777 + 10 * 86_400 + 15 * 3600), "Nov 16, 1994, 11:49:37 PM");
    }
}
