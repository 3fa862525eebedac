//! `DeleteParameter` and `DeleteParameters`.

use std::collections::HashSet;

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Session, members, rules};
use crate::error::{Result, ServiceError};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct DeleteParameter {
    name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct DeleteParameters {
    names: Vec<String>,
}

impl Session<'_> {
    pub(super) fn delete(&self, request: &DeleteParameter) -> Result<Value> {
        let name = rules::plain(&request.name)?;
        let removed = self.storage().parameters.remove(&self.here.arn_of(&name));
        removed.map(|_| json!({})).ok_or_else(ServiceError::not_found)
    }

    /// A name that does not exist is an invalid parameter, and a malformed one fails the whole batch.
    pub(super) fn delete_all(&self, request: &DeleteParameters) -> Result<Value> {
        members::one_to_ten("names", &request.names)?;
        let names = request.names.iter().map(|name| rules::plain(name));
        let names = names.collect::<Result<Vec<_>>>()?;
        let mut storage = self.storage();
        let mut seen = HashSet::new();
        let (mut deleted, mut invalid) = (Vec::new(), Vec::new());
        for name in names {
            let arn = self.here.arn_of(&name);
            let removed = storage.parameters.remove(&arn);
            // Once, even if it is named twice.
            if seen.insert(arn) {
                let list = if removed.is_some() { &mut deleted } else { &mut invalid };
                list.push(name.as_str());
            }
        }
        Ok(json!({ "DeletedParameters": deleted, "InvalidParameters": invalid }))
    }
}
