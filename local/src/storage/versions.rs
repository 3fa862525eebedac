//! A parameter and its versions.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::mem;

use crate::error::ServiceError;
use crate::parameter::Kind;

const MAX_VERSIONS: usize = 100;
const MAX_LABELS: usize = 10;

/// Not `Debug`: it holds the values of secrets.
pub(crate) struct Stored {
    /// As it was created, with or without the leading slash.
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) key_id: Option<String>,
    pub(crate) tags: BTreeMap<String, String>,
    latest: Version,
    /// The versions before the latest, oldest first.
    earlier: VecDeque<Version>,
}

pub(crate) struct Version {
    /// Counted from 1; [`Stored`] assigns it.
    pub(crate) number: u64,
    pub(crate) value: String,
    pub(crate) description: Option<String>,
    pub(crate) allowed_pattern: Option<String>,
    pub(crate) data_type: String,
    pub(crate) tier: Tier,
    /// A label belongs to one version of a parameter at most.
    pub(crate) labels: BTreeSet<String>,
    /// Seconds since 1970.
    pub(crate) modified: f64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tier {
    Standard,
    Advanced,
}

impl Tier {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Standard => "Standard",
            Self::Advanced => "Advanced",
        }
    }
}

impl Stored {
    pub(crate) fn new(name: &str, kind: Kind, first: Version) -> Self {
        Self {
            name: name.to_owned(),
            kind,
            key_id: None,
            tags: BTreeMap::new(),
            latest: Version { number: 1, ..first },
            earlier: VecDeque::new(),
        }
    }

    pub(crate) fn latest(&self) -> &Version {
        &self.latest
    }

    pub(crate) fn version(&self, number: u64) -> Option<&Version> {
        self.versions().find(|version| version.number == number)
    }

    pub(crate) fn labelled(&self, label: &str) -> Option<&Version> {
        self.versions().find(|version| version.labels.contains(label))
    }

    /// All versions that are kept, oldest first.
    pub(crate) fn versions(&self) -> impl Iterator<Item = &Version> {
        self.earlier.iter().chain([&self.latest])
    }

    /// Adds a version. If there are a hundred, the oldest goes, unless it has a label.
    pub(crate) fn add(&mut self, version: Version) -> Result<(), ServiceError> {
        let oldest = self.earlier.front().filter(|_| self.earlier.len() + 1 == MAX_VERSIONS);
        if let Some(oldest) = oldest.filter(|oldest| !oldest.labels.is_empty()) {
            let message = format!(
                "You attempted to create a new version of {} by calling the PutParameter API with \
                 the overwrite flag. Version {}, the oldest version, can't be deleted because it \
                 has a label associated with it. Move the label to another version of the \
                 parameter, and try again.",
                self.name, oldest.number
            );
            return Err(ServiceError::new("ParameterMaxVersionLimitExceeded", message));
        }
        let number = self.latest.number + 1;
        self.earlier.push_back(mem::replace(&mut self.latest, Version { number, ..version }));
        if self.earlier.len() == MAX_VERSIONS {
            self.earlier.pop_front();
        }
        Ok(())
    }

    /// Moves labels to a version, the latest if `None`, and returns its number.
    pub(crate) fn label(
        &mut self,
        number: Option<u64>,
        labels: &BTreeSet<String>,
    ) -> Result<u64, ServiceError> {
        let number = number.unwrap_or(self.latest.number);
        let Some(version) = self.version(number) else {
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
