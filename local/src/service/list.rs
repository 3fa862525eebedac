//! `GetParametersByPath` and `DescribeParameters`, page by page.

use std::fmt::Debug;

use serde::Deserialize;
use serde_json::{Value, json};

use super::filter::{self, Filter};
use super::{Session, rules};
use crate::error::{Result, ServiceError};
use crate::location;
use crate::storage::Stored;

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
    parameter_filters: Vec<Filter>,
    max_results: Option<i64>,
    next_token: Option<String>,
}

impl Session<'_> {
    pub(super) fn by_path(&self, request: &GetParametersByPath) -> Result<Value> {
        let GetParametersByPath { path, parameter_filters: filters, .. } = request;
        rules::path(path)?;
        let most = rules::max_results(request.max_results, MOST_READ)?;
        filter::check(filters, &["Type", "Label"])?;
        let recursive = request.recursive == Some(true);
        // A name without a slash is below no path, not even `/`.
        let is_below = |name: &str| {
            let below = name.strip_prefix(path.trim_end_matches('/'))?.strip_prefix('/')?;
            Some(recursive || !below.contains('/'))
        };
        let is_listed = |stored: &&Stored| {
            is_below(&stored.name) == Some(true) && filters.iter().all(|it| it.matches(stored))
        };
        let decrypt = request.with_decryption == Some(true);
        let storage = self.storage();
        let listed = storage.parameters_in(&self.here).filter(is_listed);
        request.position()?.page(listed, most, |stored| {
            self.read(&rules::readable(&stored.name)?, stored, &stored.latest, decrypt)
        })
    }

    pub(super) fn describe(&self, request: &DescribeParameters) -> Result<Value> {
        let most = rules::max_results(request.max_results, MOST_DESCRIBED)?;
        let filters = &request.parameter_filters;
        filter::check(filters, &["Name", "Type"])?;
        let position = Position::new(filters, request.next_token.as_deref())?;
        let storage = self.storage();
        let is_listed = |stored: &&Stored| filters.iter().all(|it| it.matches(stored));
        let listed = storage.parameters_in(&self.here).filter(is_listed);
        position.page(listed, most, |stored| Ok(description(stored)))
    }
}

/// A parameter without its value.
fn description(stored: &Stored) -> Value {
    let latest = &stored.latest;
    let mut reply = json!({
        "Name": stored.name,
        "ARN": stored.arn,
        "Type": stored.kind.as_str(),
        "KeyId": latest.key.as_ref().map(|key| &key.id),
        "LastModifiedDate": latest.modified,
        "LastModifiedUser": latest.user,
        "Description": latest.description,
        "Version": latest.number,
        "Tier": latest.tier(),
        "Policies": [],
        "DataType": latest.data_type.as_deref().unwrap_or("text"),
    });
    if let Some(members) = reply.as_object_mut() {
        members.retain(|_, member| !member.is_null());
    }
    reply
}

impl GetParametersByPath {
    /// A page without parameters that leads to the requested one.
    pub(super) fn empty_page(&self) -> Result<Value> {
        let token = self.position()?.token_after(0);
        Ok(json!({ "Parameters": [], "NextToken": token }))
    }

    fn position(&self) -> Result<Position> {
        let recursive = self.recursive == Some(true);
        let listing = (self.path.trim_end_matches('/'), recursive, &self.parameter_filters);
        Position::new(listing, self.next_token.as_deref())
    }
}

/// Where a page begins. Its token names the listing, so that a token of another listing is refused,
/// and the number of the page, so that no two tokens are the same even if a page is empty.
struct Position {
    listing: u64,
    /// Counted from 1.
    page: usize,
    /// The number of items on the pages before.
    offset: usize,
}

impl Position {
    /// `listing` is everything that may not change from one page to the next.
    fn new(listing: impl Debug, token: Option<&str>) -> Result<Self> {
        let listing = location::hash(&format!("{listing:?}"));
        let Some(token) = token else { return Ok(Self { listing, page: 1, offset: 0 }) };
        let position = || {
            let position = token.strip_prefix(&format!("{listing:016x}-"))?;
            let (page, offset) = position.split_once('-')?;
            Some(Self { listing, page: page.parse().ok()?, offset: offset.parse().ok()? })
        };
        let invalid = || ServiceError::new("InvalidNextToken", "The specified token is invalid.");
        position().ok_or_else(invalid)
    }

    /// The page that begins here, with at most this many of all items of the listing.
    fn page<T>(
        &self,
        items: impl Iterator<Item = T>,
        most: usize,
        show: impl FnMut(T) -> Result<Value>,
    ) -> Result<Value> {
        let mut items = items.skip(self.offset);
        let shown = items.by_ref().take(most).map(show).collect::<Result<Vec<_>, _>>()?;
        let mut page = json!({ "Parameters": shown });
        if items.next().is_some() {
            page["NextToken"] = self.token_after(shown.len()).into();
        }
        Ok(page)
    }

    fn token_after(&self, items: usize) -> String {
        let (page, offset) = (self.page.saturating_add(1), self.offset.saturating_add(items));
        format!("{:016x}-{page}-{offset}", self.listing)
    }
}
