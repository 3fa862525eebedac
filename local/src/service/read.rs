//! `GetParameter` and `GetParameters`, and a parameter in a reply.

use std::borrow::Cow;
use std::time::SystemTime;

use serde::Deserialize;
use serde_json::{Value, json};
use stage_config_names::{ParameterName, SECRETS};

use super::{Session, members, rules, seconds};
use crate::error::{Result, ServiceError};
use crate::location;
use crate::parameter::Kind;
use crate::storage::{SecretVersion, Storage, Stored, Version};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct GetParameter {
    name: String,
    with_decryption: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct GetParameters {
    #[serde(default)]
    names: Vec<String>,
    with_decryption: Option<bool>,
}

impl Session<'_> {
    pub(super) fn get_parameter(&self, request: &GetParameter) -> Result<Value> {
        let name = rules::readable(&request.name)?;
        let decrypt = request.with_decryption == Some(true);
        Ok(json!({ "Parameter": self.look_up(&self.storage(), &name, decrypt)? }))
    }

    /// Replies in alphabetical order and without duplicates. A malformed reference to a secret is an
    /// invalid parameter; any other malformed name fails the whole batch.
    pub(super) fn get_parameters(&self, request: &GetParameters) -> Result<Value> {
        members::one_to_ten("names", &request.names)?;
        let (mut names, mut found, mut invalid) = (Vec::new(), Vec::new(), Vec::new());
        for name in &request.names {
            match rules::readable(name) {
                Ok(name) => names.push(name),
                Err(_) if name.trim().starts_with(SECRETS) => invalid.push(name.trim()),
                Err(error) => return Err(error),
            }
        }
        names.sort_by_key(ParameterName::as_str);
        names.dedup();
        let decrypt = request.with_decryption == Some(true);
        let storage = self.storage();
        for name in names {
            match self.look_up(&storage, &name, decrypt) {
                Ok(parameter) => found.push(parameter),
                Err(error) if error.fails_a_batch() => return Err(error),
                Err(_) => invalid.push(name.as_str()),
            }
        }
        invalid.sort_unstable();
        invalid.dedup();
        Ok(json!({ "Parameters": found, "InvalidParameters": invalid }))
    }

    fn look_up(&self, storage: &Storage, name: &ParameterName<'_>, decrypt: bool) -> Result<Value> {
        let Some(secret) = name.secret() else {
            let (stored, version) = storage.version(&self.here, name)?;
            return self.read(name, stored, version, decrypt);
        };
        // The service refuses this before it looks for the secret.
        if !decrypt {
            return Err(ServiceError::validation(
                "WithDecryption flag must be True for retrieving a Secret Manager secret.",
            ));
        }
        let arn = self.here.secret_arn(secret);
        self.read_secret(&arn, name)?;
        Ok(secret_reply(name, &arn, storage.secrets.find(&arn, name)?))
    }

    /// Reads a parameter that was requested by this name. The reply has the same name, or the
    /// parameter's own if that is an ARN.
    pub(super) fn read(
        &self,
        asked: &ParameterName<'_>,
        stored: &Stored,
        version: &Version,
        decrypt: bool,
    ) -> Result<Value> {
        let reply = json!({
            "Name": if asked.arn().is_some() { &stored.name } else { asked.path() },
            "Type": stored.kind.as_str(),
            "Value": self.value(asked, stored, version, decrypt)?,
            "Version": version.number,
            "LastModifiedDate": version.modified,
            "ARN": stored.arn,
            "DataType": version.data_type(),
        });
        Ok(with_selector(asked, reply))
    }

    pub(super) fn value<'v>(
        &self,
        asked: &ParameterName<'_>,
        stored: &Stored,
        version: &'v Version,
        decrypt: bool,
    ) -> Result<Cow<'v, str>> {
        match &version.key {
            Some(_) if !decrypt => return Ok(ciphertext(stored, version).into()),
            Some(key) => self.decrypt(key, &stored.arn, asked)?,
            None => {}
        }
        Ok(version.value.as_str().into())
    }
}

/// A secret, with what Secrets Manager replies about it.
fn secret_reply(asked: &ParameterName<'_>, arn: &str, version: &SecretVersion) -> Value {
    let source = json!({
        "ARN": arn,
        "name": asked.secret(),
        "versionId": version.id,
        "secretString": version.value,
        "versionStages": version.staging_labels,
        "createdDate": date(version.created),
    });
    let reply = json!({
        "Name": asked.path(),
        "Type": Kind::SecureString.as_str(),
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
fn ciphertext(stored: &Stored, version: &Version) -> String {
    let hash = location::hash(&format!("{}:{}", stored.name, version.number));
    format!("AQICAH{}", format!("{hash:016x}").repeat(8))
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
