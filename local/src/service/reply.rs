//! A parameter in a reply. Not `Debug`: it holds the value.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::SystemTime;

use serde::Serialize;
use stage_config_names::ParameterName;

use crate::account;
use crate::error::ServiceError;
use crate::parameter::{Kind, secret_name};
use crate::storage::{SecretVersion, Stored, Version};

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Found {
    name: String,
    r#type: &'static str,
    value: String,
    version: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    selector: Option<String>,
    last_modified_date: f64,
    #[serde(rename = "ARN")]
    arn: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    data_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_result: Option<String>,
}

/// What Secrets Manager replies about a secret.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SourceResult<'a> {
    #[serde(rename = "ARN")]
    arn: &'a str,
    name: &'a str,
    version_id: &'a str,
    secret_string: &'a str,
    version_stages: &'a [String],
    created_date: String,
}

impl Found {
    /// A parameter under the name that was asked for, or under its own if that was an ARN.
    pub(super) fn new(asked: &ParameterName<'_>, stored: &Stored, version: &Version) -> Self {
        let name = if asked.arn().is_some() { &stored.name } else { asked.path() };
        Self {
            name: name.to_owned(),
            r#type: stored.kind.as_str(),
            value: version.value.clone(),
            version: version.number,
            selector: selector(asked),
            last_modified_date: version.modified,
            arn: account::arn(&stored.name),
            data_type: Some(version.data_type.clone()),
            source_result: None,
        }
    }

    pub(super) fn secret(
        asked: &ParameterName<'_>,
        version: &SecretVersion,
    ) -> Result<Self, ServiceError> {
        let name = secret_name(asked.path());
        let arn = account::secret_arn(name);
        let source = SourceResult {
            arn: &arn,
            name,
            version_id: &version.id,
            secret_string: &version.value,
            version_stages: &version.stages,
            created_date: date(version.created),
        };
        let source = serde_json::to_string(&source).map_err(|_| ServiceError::internal())?;
        Ok(Self {
            name: asked.path().to_owned(),
            r#type: Kind::Secret.as_str(),
            value: version.value.clone(),
            version: 0,
            selector: selector(asked),
            last_modified_date: seconds(version.created),
            arn,
            data_type: None,
            source_result: Some(source),
        })
    }

    /// Replaces the value by text that looks like KMS ciphertext. It differs for each version and
    /// does not depend on the value.
    pub(super) fn encrypted(self) -> Self {
        let block = |number: usize| {
            let mut hasher = DefaultHasher::new();
            (&self.arn, self.version, number).hash(&mut hasher);
            format!("{:016x}", hasher.finish())
        };
        let value = format!("AQICAH{}", (0..8).map(block).collect::<String>());
        Self { value, ..self }
    }
}

fn selector(asked: &ParameterName<'_>) -> Option<String> {
    asked.selector().map(|selector| format!(":{selector}"))
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
