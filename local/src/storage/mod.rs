//! What the store holds: parameters with their versions, and secrets.

mod secrets;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::mem;

use stage_config_names::{ParameterName, Selector};

use crate::account;
use crate::error::{Result, ServiceError};
use crate::parameter::Kind;

pub(crate) use secrets::{SecretVersion, Secrets};

const MAX_VERSIONS: usize = 100;
const MAX_LABELS: usize = 10;

#[derive(Default)]
pub(crate) struct Storage {
    /// Keyed by [`key`].
    pub(crate) parameters: BTreeMap<String, Stored>,
    pub(crate) secrets: Secrets,
}

/// A name without the leading slash, because `Key` and `/Key` are the same parameter.
pub(crate) fn key<'a>(name: &ParameterName<'a>) -> &'a str {
    name.path().trim_start_matches('/')
}

impl Storage {
    /// The version that the name selects, or the latest.
    pub(crate) fn find(&self, name: &ParameterName<'_>) -> Result<(&Stored, &Version)> {
        let is_here =
            name.arn().is_none() || name.as_str().starts_with(&account::ssm_arn("parameter/"));
        let stored = self.parameters.get(key(name)).filter(|_| is_here);
        let stored = stored.ok_or_else(ServiceError::not_found)?;
        let Some(selector) = name.selector() else { return Ok((stored, &stored.latest)) };
        let version = stored.versions().find(|version| match selector {
            Selector::Version(number) => version.number == number,
            label => version.labels.contains(&label.to_string()),
        });
        let missing = || ServiceError::version_not_found(selector, name.path());
        Ok((stored, version.ok_or_else(missing)?))
    }
}

/// A parameter and its versions. Not `Debug`: it holds the values of secrets.
pub(crate) struct Stored {
    /// As it was created, with or without the leading slash.
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) latest: Version,
    /// The versions before the latest, oldest first.
    pub(crate) earlier: VecDeque<Version>,
}

pub(crate) struct Version {
    /// Counted from 1.
    pub(crate) number: u64,
    pub(crate) value: String,
    pub(crate) description: Option<String>,
    /// `text`, if it is not given.
    pub(crate) data_type: Option<String>,
    pub(crate) is_advanced: bool,
    /// A label belongs to one version of a parameter at most.
    pub(crate) labels: BTreeSet<String>,
    /// Seconds since 1970.
    pub(crate) modified: f64,
}

impl Version {
    pub(crate) fn tier(&self) -> &'static str {
        if self.is_advanced { "Advanced" } else { "Standard" }
    }
}

impl Stored {
    /// All versions that are kept, oldest first.
    pub(crate) fn versions(&self) -> impl Iterator<Item = &Version> {
        self.earlier.iter().chain([&self.latest])
    }

    /// Adds a version. If there are a hundred, the oldest goes, unless it has a label.
    pub(crate) fn add(&mut self, version: Version) -> Result<()> {
        if self.earlier.len() + 1 == MAX_VERSIONS
            && self.earlier.pop_front_if(|oldest| oldest.labels.is_empty()).is_none()
        {
            let oldest = self.latest.number + 1 - MAX_VERSIONS as u64;
            let message = format!(
                "You attempted to create a new version of {} by calling the PutParameter API with \
                 the overwrite flag. Version {oldest}, the oldest version, can't be deleted \
                 because it has a label associated with it. Move the label to another version of \
                 the parameter, and try again.",
                self.name
            );
            return Err(ServiceError::new("ParameterMaxVersionLimitExceeded", message));
        }
        let number = self.latest.number + 1;
        self.earlier.push_back(mem::replace(&mut self.latest, Version { number, ..version }));
        Ok(())
    }

    /// Moves labels to a version, the latest if `None`, and returns its number.
    pub(crate) fn label(&mut self, number: Option<u64>, labels: &BTreeSet<String>) -> Result<u64> {
        let number = number.unwrap_or(self.latest.number);
        let Some(version) = self.versions().find(|version| version.number == number) else {
            return Err(ServiceError::version_not_found(number, &self.name));
        };
        if version.labels.union(labels).count() > MAX_LABELS {
            let message = "A parameter version can have maximum 10 labels. Move one or more labels \
                           to another version and try again.";
            return Err(ServiceError::new("ParameterVersionLabelLimitExceeded", message));
        }
        for version in self.earlier.iter_mut().chain([&mut self.latest]) {
            if version.number == number {
                version.labels.extend(labels.iter().cloned());
            } else {
                version.labels.retain(|label| !labels.contains(label));
            }
        }
        Ok(number)
    }
}
