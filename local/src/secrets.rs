//! The secrets of Secrets Manager, to which Parameter Store refers.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rustack_ssm_model::types::Parameter as Stored;
use serde::Serialize;
use stage_config_names::{ParameterName, SECRETS};

use crate::error::ServiceError;
use crate::parameter::{Kind, Parameter, secret_name};
use crate::place;
use crate::reply::Found;

/// How long the id of a version is. Whatever is shorter is a staging label.
pub(crate) const ID_LENGTH: std::ops::RangeInclusive<usize> = 32..=64;
const MAX_VALUE: usize = 65_536;
const CURRENT: &str = "AWSCURRENT";
const PREVIOUS: &str = "AWSPREVIOUS";

/// Secrets by name, each with its versions. A staging label is at one version of a secret at most.
#[derive(Default)]
pub(crate) struct Secrets {
    versions: BTreeMap<String, Vec<Version>>,
    ids: u64,
}

struct Version {
    id: String,
    value: String,
    stages: Vec<String>,
    created: DateTime<Utc>,
}

/// What Secrets Manager says of a version, as the reply passes it on.
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

impl Secrets {
    /// Puts a version of a secret. Without labels of its own it is the current one, and the one
    /// that was is the previous one.
    pub(crate) fn put(&mut self, parameter: Parameter) -> Result<(), ServiceError> {
        check(&parameter)?;
        let name = secret_name(&parameter.name).to_owned();
        let versions = self.versions.entry(name).or_default();
        let id = parameter.version_id.unwrap_or_else(|| {
            self.ids += 1;
            format!("00000000-0000-4000-8000-{:012}", self.ids)
        });
        if versions.iter().any(|version| version.id == id) {
            let message = "A resource with the ID you requested already exists.";
            return Err(ServiceError::new("ResourceExistsException", message));
        }
        let stages = parameter.stages.unwrap_or_else(|| vec![CURRENT.to_owned()]);
        let makes_current = stages.iter().any(|stage| stage == CURRENT);
        let replaced = versions.iter().position(|it| makes_current && it.has(CURRENT));
        let moves =
            |stage: &String| stages.contains(stage) || (stage == PREVIOUS && replaced.is_some());
        for version in &mut *versions {
            version.stages.retain(|stage| !moves(stage));
        }
        if let Some(replaced) = replaced.and_then(|at| versions.get_mut(at)) {
            replaced.stages.push(PREVIOUS.to_owned());
        }
        versions.push(Version { id, value: parameter.value, stages, created: Utc::now() });
        Ok(())
    }

    /// The version that is asked for, or the current one.
    pub(crate) fn find(&self, asked: &ParameterName<'_>) -> Result<Found, ServiceError> {
        let name = secret_name(asked.path());
        let selector = asked.selector().map(|it| it.to_string());
        let is_asked = |version: &&Version| match &selector {
            Some(selector) => version.id == *selector || version.has(selector),
            None => version.has(CURRENT),
        };
        let version = self.versions.get(name).and_then(|it| it.iter().find(is_asked));
        let version = version.ok_or_else(|| missing(asked))?;
        let arn = place::secret_arn(name);
        let source = SourceResult {
            arn: &arn,
            name,
            version_id: &version.id,
            secret_string: &version.value,
            version_stages: &version.stages,
            created_date: version.created.format("%b %-d, %Y, %-I:%M:%S %p").to_string(),
        };
        let source_result = serde_json::to_string(&source)
            .map_err(|error| ServiceError::new("InternalServerError", error.to_string()))?;
        let stored = Stored {
            name: Some(asked.path().to_owned()),
            parameter_type: Some(Kind::Secret.as_str().to_owned()),
            value: Some(version.value.clone()),
            version: Some(0),
            #[expect(clippy::cast_precision_loss, reason = "exact for some 280,000 years")]
            last_modified_date: Some(version.created.timestamp_millis() as f64 / 1000.0),
            arn: Some(arn),
            data_type: None,
        };
        let selector = selector.map(|it| format!(":{it}"));
        Ok(Found { stored, selector, source_result: Some(source_result) })
    }
}

impl Version {
    fn has(&self, stage: &str) -> bool {
        self.stages.iter().any(|it| it == stage)
    }
}

/// A secret of this name, which has its own rules.
pub(crate) fn checked(reference: &str) -> Result<ParameterName<'_>, ServiceError> {
    match ParameterName::parse(reference) {
        Ok(name) if name.is_secret_reference() && name.selector().is_none() => Ok(name),
        Ok(_) => Err(ServiceError::validation(format!(
            "`{reference}` is not the plain name of a secret behind {SECRETS}"
        ))),
        Err(fault) => {
            let reference = reference.escape_debug();
            Err(ServiceError::validation(format!("`{reference}` {fault}")))
        }
    }
}

fn check(parameter: &Parameter) -> Result<(), ServiceError> {
    let name = &parameter.name;
    checked(name)?;
    if !(1..=MAX_VALUE).contains(&parameter.value.len()) {
        let message = format!("the value of a secret has 1 to {MAX_VALUE} bytes");
        return Err(ServiceError::validation(message));
    }
    if let Some(id) = parameter.version_id.as_deref()
        && !ID_LENGTH.contains(&id.len())
    {
        let message = format!("`{id}` is no version id, which has 32 to 64 characters");
        return Err(ServiceError::validation(message));
    }
    for selector in parameter.version_id.iter().chain(parameter.stages.iter().flatten()) {
        if let Err(fault) = ParameterName::parse(&format!("{name}:{selector}")) {
            return Err(ServiceError::validation(format!("`{name}:{selector}` {fault}")));
        }
    }
    Ok(())
}

/// The service takes the slash away, and where no version was asked for it says `null`.
fn missing(asked: &ParameterName<'_>) -> ServiceError {
    let name = asked.path().trim_start_matches('/');
    let selector = asked.selector().map_or_else(|| "null".to_owned(), |it| format!(":{it}"));
    let message = format!(
        "An error occurred (ParameterNotFound) when referencing Secrets Manager: Secret \
         {name}{selector} not found."
    );
    ServiceError::new("ParameterNotFound", message)
}

/// Asked without decryption, of which the service speaks before it looks whether there is any.
pub(crate) fn not_decrypted() -> ServiceError {
    let message = "WithDecryption flag must be True for retrieving a Secret Manager secret.";
    ServiceError::validation(message)
}
