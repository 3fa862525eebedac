//! `GetParametersByPath`.

use serde::Deserialize;
use serde_json::Value;

use super::filter::{self, Filter};
use super::page::Position;
use super::{Service, constraint, names};
use crate::error::ServiceError;
use crate::storage::Stored;

const MOST: usize = 10;
const FILTERS: [&str; 3] = ["Type", "KeyId", "Label"];

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

impl Service {
    pub(super) fn get_parameters_by_path(
        &self,
        request: &GetParametersByPath,
    ) -> Result<Value, ServiceError> {
        let GetParametersByPath { path, parameter_filters: filters, .. } = request;
        names::path(path)?;
        let most = constraint::max_results(request.max_results, MOST)?;
        filter::check(filters, &FILTERS)?;
        let recursive = request.recursive == Some(true);
        let is_listed = |stored: &&Stored| {
            filter::is_below(&stored.name, path, recursive) && filter::all_match(filters, stored)
        };
        let decrypt = request.with_decryption == Some(true);
        let storage = self.storage();
        position(request)?.page(storage.iter().filter(is_listed), most, |stored| {
            self.read(&names::readable(&stored.name)?, stored, stored.latest(), decrypt)
        })
    }
}

/// A page without parameters that leads to the page that was asked for.
pub(super) fn empty_page(request: &GetParametersByPath) -> Result<Value, ServiceError> {
    Ok(position(request)?.empty_page())
}

fn position(request: &GetParametersByPath) -> Result<Position, ServiceError> {
    let recursive = request.recursive == Some(true);
    let listing = (request.path.trim_end_matches('/'), recursive, &request.parameter_filters);
    Position::new(listing, request.next_token.as_deref())
}
