//! `DescribeParameters`.

use serde::{Deserialize, Serialize};

use super::Service;
use super::constraint;
use super::filter::{self, Filter};
use super::page::{Page, Position};
use crate::account;
use crate::error::ServiceError;
use crate::storage::Stored;

const MOST: usize = 50;
const FILTERS: [&str; 7] = ["Path", "Name", "Type", "KeyId", "Tier", "DataType", "tag:"];

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct DescribeParameters {
    #[serde(default)]
    parameter_filters: Vec<Filter>,
    max_results: Option<i64>,
    next_token: Option<String>,
}

/// A parameter without its value.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Described {
    name: String,
    #[serde(rename = "ARN")]
    arn: String,
    r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    key_id: Option<String>,
    last_modified_date: f64,
    last_modified_user: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    allowed_pattern: Option<String>,
    version: u64,
    tier: &'static str,
    policies: [&'static str; 0],
    data_type: String,
}

impl Service {
    pub(super) fn describe_parameters(
        &self,
        request: &DescribeParameters,
    ) -> Result<Page<Described>, ServiceError> {
        let most = constraint::max_results(request.max_results, MOST)?;
        let filters = &request.parameter_filters;
        filter::check(filters, &FILTERS)?;
        let position = Position::new(filters, request.next_token.as_deref())?;
        let storage = self.storage();
        let listed = storage.iter().filter(|stored| filter::all_match(filters, stored));
        Ok(position.page(listed.map(Described::new), most))
    }
}

impl Described {
    fn new(stored: &Stored) -> Self {
        let latest = stored.latest();
        Self {
            name: stored.name.clone(),
            arn: account::arn(&stored.name),
            r#type: stored.kind.as_str(),
            key_id: stored.key_id.clone(),
            last_modified_date: latest.modified,
            last_modified_user: account::USER,
            description: latest.description.clone(),
            allowed_pattern: latest.allowed_pattern.clone(),
            version: latest.number,
            tier: latest.tier.as_str(),
            policies: [],
            data_type: latest.data_type.clone(),
        }
    }
}
