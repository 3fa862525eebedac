//! `DeleteParameter`.

use serde::{Deserialize, Serialize};

use super::Service;
use super::names;
use crate::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct DeleteParameter {
    name: String,
}

#[derive(Serialize)]
pub(super) struct Deleted {}

impl Service {
    pub(super) fn delete_parameter(
        &self,
        request: &DeleteParameter,
    ) -> Result<Deleted, ServiceError> {
        let name = names::plain(&request.name)?;
        match self.storage().remove(&name) {
            Some(_) => Ok(Deleted {}),
            None => Err(ServiceError::not_found()),
        }
    }
}
