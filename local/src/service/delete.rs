//! `DeleteParameter`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Session, rules};
use crate::error::{Result, ServiceError};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct DeleteParameter {
    name: String,
}

impl Session<'_> {
    pub(super) fn delete(&self, request: &DeleteParameter) -> Result<Value> {
        let name = rules::plain(&request.name)?;
        let removed = self.storage().parameters.remove(&self.here.arn_of(&name));
        removed.map(|_| json!({})).ok_or_else(ServiceError::not_found)
    }
}
