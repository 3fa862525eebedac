//! What the store holds: parameters with their versions, and secrets.

mod secrets;
mod versions;

use std::collections::BTreeMap;

use stage_config_names::{ParameterName, Selector};

use crate::account;
use crate::error::ServiceError;

pub(crate) use secrets::{CURRENT, SECRET_ID_LENGTH, SecretVersion, Secrets};
pub(crate) use versions::{Stored, Tier, Version};

#[derive(Default)]
pub(crate) struct Storage {
    /// By name without the leading slash, because `Key` and `/Key` are the same parameter.
    parameters: BTreeMap<String, Stored>,
    pub(crate) secrets: Secrets,
}

impl Storage {
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Stored> {
        self.parameters.values()
    }

    pub(crate) fn get(&self, name: &ParameterName<'_>) -> Option<&Stored> {
        self.parameters.get(key(name))
    }

    pub(crate) fn get_mut(&mut self, name: &ParameterName<'_>) -> Option<&mut Stored> {
        self.parameters.get_mut(key(name))
    }

    pub(crate) fn insert(&mut self, name: &ParameterName<'_>, stored: Stored) {
        self.parameters.insert(key(name).to_owned(), stored);
    }

    pub(crate) fn remove(&mut self, name: &ParameterName<'_>) -> Option<Stored> {
        self.parameters.remove(key(name))
    }

    /// The version that a name with a selector stands for, or the latest.
    pub(crate) fn find(
        &self,
        name: &ParameterName<'_>,
    ) -> Result<(&Stored, &Version), ServiceError> {
        let is_here = name.arn().is_none_or(|arn| {
            (arn.partition(), arn.region(), arn.account())
                == (account::PARTITION, account::REGION, account::ID)
        });
        let stored = self.get(name).filter(|_| is_here).ok_or_else(ServiceError::not_found)?;
        let Some(selector) = name.selector() else { return Ok((stored, stored.latest())) };
        let version = match selector {
            Selector::Version(number) => stored.version(number),
            label => stored.labelled(&label.to_string()),
        };
        let missing = || ServiceError::version_not_found(selector, name.path());
        Ok((stored, version.ok_or_else(missing)?))
    }
}

fn key<'a>(name: &ParameterName<'a>) -> &'a str {
    name.path().trim_start_matches('/')
}
