//! `DeleteParameter`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Service, names};
use crate::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct DeleteParameter {
    name: String,
}

impl Service {
    pub(super) fn delete_parameter(
        &self,
        request: &DeleteParameter,
    ) -> Result<Value, ServiceError> {
        let name = names::plain(&request.name)?;
        match self.storage().remove(&name) {
            Some(_) => Ok(json!({})),
            None => Err(ServiceError::not_found()),
        }
    }
}
