//! What the store holds: parameters with their versions, and secrets.

mod lifecycle;
mod secrets;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::mem;

use stage_config_names::{ParameterName, Selector};

use crate::error::{Result, ServiceError};
use crate::location::{Location, MANAGED_KEY, MANAGED_KEY_ID};
use crate::parameter::Kind;

pub(crate) use lifecycle::LifecyclePolicy;
pub(crate) use secrets::{SecretVersion, Secrets};

const MAX_VERSIONS: usize = 100;
const MAX_LABELS: usize = 10;

#[derive(Default)]
pub(crate) struct Storage {
    /// By ARN, in which `Key` and `/Key` are the same.
    pub(crate) parameters: BTreeMap<String, Stored>,
    pub(crate) secrets: Secrets,
}

impl Storage {
    /// All parameters at a location, by name.
    pub(crate) fn parameters_in(&self, here: &Location) -> impl Iterator<Item = &Stored> {
        let start = here.parameter_arn("");
        let from_start = self.parameters.range(start.clone()..);
        from_start.take_while(move |(arn, _)| arn.starts_with(&start)).map(|(_, stored)| stored)
    }

    /// A parameter of any account in this region.
    pub(crate) fn parameter(&self, here: &Location, name: &ParameterName<'_>) -> Result<&Stored> {
        let is_near = name.arn().is_none_or(|arn| arn.region() == here.region);
        let stored = self.parameters.get(&here.arn_of(name)).filter(|_| is_near);
        stored.ok_or_else(ServiceError::not_found)
    }

    /// A parameter, and the version that the name selects, or the latest.
    pub(crate) fn version(
        &self,
        here: &Location,
        name: &ParameterName<'_>,
    ) -> Result<(&Stored, &Version)> {
        let stored = self.parameter(here, name)?;
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
    pub(crate) arn: String,
    /// As it was created, with or without the leading slash.
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) latest: Version,
    /// The versions before the latest, oldest first.
    pub(crate) earlier: VecDeque<Version>,
    pub(crate) tags: BTreeMap<String, String>,
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
    /// The ARN of who put it.
    pub(crate) user: String,
    /// Only for a `SecureString`.
    pub(crate) key: Option<Key>,
    /// Only for an advanced parameter.
    pub(crate) policies: Vec<LifecyclePolicy>,
}

/// The key of KMS that encrypts a value.
#[derive(Debug, Clone)]
pub(crate) struct Key {
    /// As it was given.
    pub(crate) id: String,
    pub(crate) arn: String,
}

impl Key {
    pub(crate) fn new(here: &Location, id: Option<String>) -> Self {
        let id = id.unwrap_or_else(|| MANAGED_KEY.to_owned());
        Self { arn: here.key_arn(&id), id }
    }

    /// The alias by which it was given.
    pub(crate) fn alias(&self) -> Option<&str> {
        self.id.rsplit(':').next().filter(|id| id.starts_with("alias/"))
    }

    /// Whether its own policy lets every caller use it through Parameter Store.
    pub(crate) fn is_managed(&self) -> bool {
        self.arn.ends_with(MANAGED_KEY_ID)
    }
}

impl Version {
    pub(crate) fn tier(&self) -> &'static str {
        if self.is_advanced { "Advanced" } else { "Standard" }
    }

    pub(crate) fn data_type(&self) -> &str {
        self.data_type.as_deref().unwrap_or("text")
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

    /// The version with this number.
    pub(crate) fn version_mut(&mut self, number: i64) -> Result<&mut Version> {
        let missing = ServiceError::version_not_found(number, &self.name);
        let mut versions = self.earlier.iter_mut().chain([&mut self.latest]);
        let found = versions.find(|version| i64::try_from(version.number) == Ok(number));
        found.ok_or(missing)
    }

    /// Moves labels to a version, the latest if `None`, and returns its number.
    pub(crate) fn label(&mut self, number: Option<i64>, labels: &BTreeSet<String>) -> Result<u64> {
        let version = match number {
            Some(number) => self.version_mut(number)?,
            None => &mut self.latest,
        };
        if version.labels.union(labels).count() > MAX_LABELS {
            let message = "A parameter version can have maximum 10 labels. Move one or more labels \
                           to another version and try again.";
            return Err(ServiceError::new("ParameterVersionLabelLimitExceeded", message));
        }
        let number = version.number;
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
