//! The secrets of Secrets Manager, which Parameter Store reads by reference.

use std::collections::BTreeMap;
use std::time::SystemTime;

use stage_config_names::{ParameterName, SECRET_VERSION_ID, SECRETS};

use crate::error::ServiceError;
use crate::parameter::{Parameter, secret_name};

const MAX_VALUE: usize = 65_536;
pub(crate) const CURRENT: &str = "AWSCURRENT";
const PREVIOUS: &str = "AWSPREVIOUS";

/// Secrets by name, each with its versions. A staging label belongs to one version of a secret at
/// most.
#[derive(Default)]
pub(crate) struct Secrets {
    versions: BTreeMap<String, Vec<SecretVersion>>,
    ids: u64,
}

/// Not `Debug`: it holds a secret.
pub(crate) struct SecretVersion {
    pub(crate) id: String,
    pub(crate) value: String,
    pub(crate) staging_labels: Vec<String>,
    pub(crate) created: SystemTime,
}

impl Secrets {
    /// Adds a version of a secret. Without staging labels it becomes the current version, and the
    /// version that was current becomes the previous one.
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
        let staging_labels = parameter.staging_labels.unwrap_or_else(|| vec![CURRENT.to_owned()]);
        let makes_current = staging_labels.iter().any(|stage| stage == CURRENT);
        let replaced = versions.iter().position(|it| makes_current && it.has(CURRENT));
        let moves = |stage: &String| {
            staging_labels.contains(stage) || (stage == PREVIOUS && replaced.is_some())
        };
        for version in &mut *versions {
            version.staging_labels.retain(|stage| !moves(stage));
        }
        if let Some(replaced) = replaced.and_then(|at| versions.get_mut(at)) {
            replaced.staging_labels.push(PREVIOUS.to_owned());
        }
        let created = SystemTime::now();
        versions.push(SecretVersion { id, value: parameter.value, staging_labels, created });
        Ok(())
    }

    /// The version that a reference asks for, or the current one.
    pub(crate) fn find(&self, asked: &ParameterName<'_>) -> Result<&SecretVersion, ServiceError> {
        let selector = asked.selector().map(|it| it.to_string());
        let is_asked = |version: &&SecretVersion| match &selector {
            Some(selector) => version.id == *selector || version.has(selector),
            None => version.has(CURRENT),
        };
        let versions = self.versions.get(secret_name(asked.path()));
        versions.and_then(|it| it.iter().find(is_asked)).ok_or_else(|| missing(asked))
    }
}

impl SecretVersion {
    fn has(&self, stage: &str) -> bool {
        self.staging_labels.iter().any(|it| it == stage)
    }
}

fn check(parameter: &Parameter) -> Result<(), ServiceError> {
    let parse = |name: &str| match ParameterName::parse(name) {
        Ok(name) => Ok(name.is_secret_reference() && name.selector().is_none()),
        Err(fault) => Err(ServiceError::validation(format!("`{}` {fault}", name.escape_debug()))),
    };
    let refuse = |message: String| Err(ServiceError::validation(message));
    let name = &parameter.name;
    if !parse(name)? {
        return refuse(format!("`{name}` is not the plain name of a secret after {SECRETS}"));
    }
    if !(1..=MAX_VALUE).contains(&parameter.value.len()) {
        return refuse(format!("the value of a secret has 1 to {MAX_VALUE} bytes"));
    }
    if let Some(id) = &parameter.version_id
        && !SECRET_VERSION_ID.contains(&id.len())
    {
        return refuse(format!("`{id}` is not a version id, which has 32 to 64 characters"));
    }
    for selector in parameter.version_id.iter().chain(parameter.staging_labels.iter().flatten()) {
        parse(&format!("{name}:{selector}"))?;
    }
    Ok(())
}

/// The service drops the leading slash, and writes `null` where no version was asked for.
fn missing(asked: &ParameterName<'_>) -> ServiceError {
    let name = asked.path().trim_start_matches('/');
    let selector = asked.selector().map_or_else(|| "null".to_owned(), |it| format!(":{it}"));
    let message = format!(
        "An error occurred (ParameterNotFound) when referencing Secrets Manager: Secret \
         {name}{selector} not found."
    );
    ServiceError::new("ParameterNotFound", message)
}
