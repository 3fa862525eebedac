//! `DescribeParameters`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::filter::{self, Filter};
use super::page::Position;
use super::{Service, constraint};
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

impl Service {
    pub(super) fn describe_parameters(
        &self,
        request: &DescribeParameters,
    ) -> Result<Value, ServiceError> {
        let most = constraint::max_results(request.max_results, MOST)?;
        let filters = &request.parameter_filters;
        filter::check(filters, &FILTERS)?;
        let position = Position::new(filters, request.next_token.as_deref())?;
        let storage = self.storage();
        let listed = storage.iter().filter(|stored| filter::all_match(filters, stored));
        position.page(listed, most, |stored| Ok(description(stored)))
    }
}

/// A parameter without its value.
fn description(stored: &Stored) -> Value {
    let latest = stored.latest();
    let mut reply = json!({
        "Name": stored.name,
        "ARN": account::arn(&stored.name),
        "Type": stored.kind.as_str(),
        "KeyId": stored.key_id,
        "LastModifiedDate": latest.modified,
        "LastModifiedUser": account::USER,
        "Description": latest.description,
        "AllowedPattern": latest.allowed_pattern,
        "Version": latest.number,
        "Tier": latest.tier.as_str(),
        "Policies": [],
        "DataType": latest.data_type,
    });
    if let Some(members) = reply.as_object_mut() {
        members.retain(|_, member| !member.is_null());
    }
    reply
}
