//! `GetParametersByPath` and `DescribeParameters`, page by page.

use serde::Deserialize;
use serde_json::{Value, json};

use super::filter::{self, Filter, Listing, OldFilter};
use super::page::Position;
use super::{Session, members, rules};
use crate::error::{Result, ServiceError};
use crate::storage::{LifecyclePolicy, Stored, Version};

const MOST_READ: usize = 10;
const MOST_DESCRIBED: usize = 50;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct GetParametersByPath {
    path: String,
    recursive: Option<bool>,
    with_decryption: Option<bool>,
    #[serde(default)]
    parameter_filters: Vec<Filter>,
    max_results: Option<i64>,
    next_token: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct DescribeParameters {
    #[serde(default)]
    filters: Vec<OldFilter>,
    #[serde(default)]
    parameter_filters: Vec<Filter>,
    max_results: Option<i64>,
    next_token: Option<String>,
}

impl Session<'_> {
    pub(super) fn by_path(&self, request: &GetParametersByPath) -> Result<Value> {
        let GetParametersByPath { path, parameter_filters: filters, .. } = request;
        rules::path(path)?;
        let most = members::max_results(request.max_results, MOST_READ)?;
        filter::check(filters, Listing::ByPath)?;
        let recursive = request.recursive == Some(true);
        let is_listed = |stored: &&Stored| {
            rules::is_below(path, &stored.name, recursive)
                && filters.iter().all(|it| it.matches(stored))
        };
        let decrypt = request.with_decryption == Some(true);
        let storage = self.storage();
        let listed = storage.parameters_in(&self.here).filter(is_listed);
        request.position()?.page(listed, most, |stored| {
            self.read(&rules::readable(&stored.name)?, stored, &stored.latest, decrypt)
        })
    }

    pub(super) fn describe(&self, request: DescribeParameters) -> Result<Value> {
        let most = members::max_results(request.max_results, MOST_DESCRIBED)?;
        if !request.filters.is_empty() && !request.parameter_filters.is_empty() {
            let message = "You can use either Filters or ParameterFilters in a single request.";
            return Err(ServiceError::validation(message));
        }
        let mut filters = filter::from_old(request.filters)?;
        filters.extend(request.parameter_filters);
        filter::check(&filters, Listing::Described)?;
        let position = Position::new(&filters, request.next_token.as_deref())?;
        let storage = self.storage();
        let is_listed = |stored: &&Stored| filters.iter().all(|it| it.matches(stored));
        let listed = storage.parameters_in(&self.here).filter(is_listed);
        position.page(listed, most, |stored| {
            let mut shown = description(stored, &stored.latest);
            shown["ARN"] = stored.arn.as_str().into();
            Ok(shown)
        })
    }
}

/// A version of a parameter without its value.
pub(super) fn description(stored: &Stored, version: &Version) -> Value {
    let policies = version.policies.iter().map(LifecyclePolicy::to_json);
    let mut reply = json!({
        "Name": stored.name,
        "Type": stored.kind.as_str(),
        "KeyId": version.key.as_ref().map(|key| &key.id),
        "LastModifiedDate": version.modified,
        "LastModifiedUser": version.user,
        "Description": version.description,
        "Version": version.number,
        "Tier": version.tier(),
        "Policies": policies.collect::<Value>(),
        "DataType": version.data_type(),
    });
    if let Some(members) = reply.as_object_mut() {
        members.retain(|_, member| !member.is_null());
    }
    reply
}

impl GetParametersByPath {
    /// A token of the page that it asks for.
    pub(super) fn token_of_same(&self) -> Result<String> {
        Ok(self.position()?.token_after(0))
    }

    /// A token of the first page.
    pub(super) fn token_of_first(&self) -> Result<String> {
        Ok(self.position()?.token_of_first())
    }

    fn position(&self) -> Result<Position> {
        let recursive = self.recursive == Some(true);
        let listing = (self.path.trim_end_matches('/'), recursive, &self.parameter_filters);
        Position::new(listing, self.next_token.as_deref())
    }
}
