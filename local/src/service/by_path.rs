//! `GetParametersByPath`.

use serde::Deserialize;

use super::Service;
use super::constraint;
use super::filter::{self, Filter};
use super::names;
use super::page::{Page, Position};
use super::reply::Found;
use crate::error::ServiceError;
use crate::faults::PageFate;
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
    ) -> Result<Page<Found>, ServiceError> {
        names::path(&request.path)?;
        let most = constraint::max_results(request.max_results, MOST)?;
        let filters = &request.parameter_filters;
        filter::check(filters, &FILTERS)?;
        let path = request.path.trim_end_matches('/');
        let recursive = request.recursive == Some(true);
        let position = Position::new((path, recursive, filters), request.next_token.as_deref())?;
        if self.faults.page(position.page)? == PageFate::Empty {
            return Ok(position.empty_page());
        }
        let storage = self.storage();
        let is_listed = |stored: &&Stored| {
            filter::is_below(&stored.name, path, recursive) && filter::all_match(filters, stored)
        };
        let listed = storage.iter().filter(is_listed);
        let page = position.page(listed, most);
        let read = |stored: &Stored| {
            let name = names::readable(&stored.name)?;
            self.read(&name, stored, stored.latest(), request.with_decryption == Some(true))
        };
        let parameters = page.parameters.into_iter().map(read).collect::<Result<_, _>>()?;
        Ok(Page { parameters, next_token: page.next_token })
    }
}
