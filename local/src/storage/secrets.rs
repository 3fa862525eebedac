//! The secrets of Secrets Manager, which Parameter Store reads by reference.

use std::collections::{BTreeMap, BTreeSet};
use std::time::SystemTime;

use stage_config_names::{ParameterName, SECRET_VERSION_ID, SECRETS};

use crate::error::{Result, ServiceError};
use crate::location::Location;
use crate::parameter::{CURRENT, Parameter};

const MAX_VALUE: usize = 65_536;
const PREVIOUS: &str = "AWSPREVIOUS";

/// The versions of secrets, by ARN.
#[derive(Default)]
pub(crate) struct Secrets {
    versions: BTreeMap<String, Vec<SecretVersion>>,
    ids: u64,
}

/// Not `Debug`: it holds a secret.
pub(crate) struct SecretVersion {
    pub(crate) id: String,
    pub(crate) value: String,
    /// A label belongs to one version of a secret at most.
    pub(crate) staging_labels: BTreeSet<String>,
    pub(crate) created: SystemTime,
}

impl Secrets {
    /// Adds a version of a secret. Without staging labels it becomes the current version, and the
    /// version that was current becomes the previous one.
    pub(crate) fn put(&mut self, here: &Location, parameter: Parameter) -> Result<()> {
        let arn = here.secret_arn(check(&parameter)?);
        let id = parameter.version_id.unwrap_or_else(|| {
            self.ids += 1;
            format!("00000000-0000-4000-8000-{:012}", self.ids)
        });
        let versions = self.versions.entry(arn).or_default();
        if versions.iter().any(|version| version.id == id) {
            let message = "A resource with the ID you requested already exists.";
            return Err(ServiceError::new("ResourceExistsException", message));
        }
        let labels = parameter.staging_labels.unwrap_or_else(|| vec![CURRENT.to_owned()]);
        let labels = BTreeSet::from_iter(labels);
        let is_current = |version: &SecretVersion| version.staging_labels.contains(CURRENT);
        let replaces = labels.contains(CURRENT) && versions.iter().any(is_current);
        for version in &mut *versions {
            let is_replaced = replaces && is_current(version);
            let moves = |label: &String| labels.contains(label) || replaces && label == PREVIOUS;
            version.staging_labels.retain(|label| !moves(label));
            version.staging_labels.extend(is_replaced.then(|| PREVIOUS.to_owned()));
        }
        let (value, created) = (parameter.value, SystemTime::now());
        versions.push(SecretVersion { id, value, staging_labels: labels, created });
        Ok(())
    }

    /// The version that a reference asks for, or the current one.
    pub(crate) fn find(&self, arn: &str, asked: &ParameterName<'_>) -> Result<&SecretVersion> {
        let selector = asked.selector().map_or_else(|| CURRENT.to_owned(), |it| it.to_string());
        let is_asked = |version: &&SecretVersion| {
            version.id == selector || version.staging_labels.contains(&selector)
        };
        let versions = self.versions.get(arn);
        versions.and_then(|it| it.iter().find(is_asked)).ok_or_else(|| {
            // The service drops the leading slash, and writes `null` if no version was asked for.
            let name = asked.path().trim_start_matches('/');
            let selector = asked.selector().map_or("null".to_owned(), |it| format!(":{it}"));
            let message = format!(
                "An error occurred (ParameterNotFound) when referencing Secrets Manager: Secret \
                 {name}{selector} not found."
            );
            ServiceError::new("ParameterNotFound", message)
        })
    }
}

/// Checks a secret, and returns its name in Secrets Manager.
fn check(parameter: &Parameter) -> Result<&str> {
    let Parameter { name, value, version_id, staging_labels, .. } = parameter;
    let refuse = |message: String| Err(ServiceError::validation(message));
    let parsed = parse(name)?;
    let Some(secret) = parsed.secret().filter(|_| parsed.selector().is_none()) else {
        return refuse(format!("`{name}` is not the plain name of a secret after {SECRETS}"));
    };
    if !(1..=MAX_VALUE).contains(&value.len()) {
        return refuse(format!("the value of a secret has 1 to {MAX_VALUE} bytes"));
    }
    if let Some(id) = version_id.as_ref().filter(|id| !SECRET_VERSION_ID.contains(&id.len())) {
        return refuse(format!("`{id}` is not a version id, which has 32 to 64 characters"));
    }
    for selector in version_id.iter().chain(staging_labels.iter().flatten()) {
        parse(&format!("{name}:{selector}"))?;
    }
    Ok(secret)
}

fn parse(name: &str) -> Result<ParameterName<'_>> {
    ParameterName::parse(name)
        .map_err(|fault| ServiceError::validation(format!("`{}` {fault}", name.escape_debug())))
}
