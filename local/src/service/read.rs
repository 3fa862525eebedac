//! `GetParameter` and `GetParameters`.

use serde::{Deserialize, Serialize};
use stage_config_names::ParameterName;

use super::Service;
use super::names;
use super::reply::Found;
use crate::account;
use crate::error::ServiceError;
use crate::parameter::{Kind, secret_name};
use crate::storage::{Storage, Stored, Version};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct GetParameter {
    name: String,
    with_decryption: Option<bool>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct One {
    parameter: Found,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct GetParameters {
    #[serde(default)]
    names: Vec<String>,
    with_decryption: Option<bool>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Many {
    parameters: Vec<Found>,
    invalid_parameters: Vec<String>,
}

impl Service {
    pub(super) fn get_parameter(&self, request: &GetParameter) -> Result<One, ServiceError> {
        let name = names::readable(&request.name)?;
        let decrypt = request.with_decryption == Some(true);
        Ok(One { parameter: self.look_up(&self.storage(), &name, decrypt)? })
    }

    pub(super) fn get_parameters(&self, request: &GetParameters) -> Result<Many, ServiceError> {
        let (names, mut invalid_parameters) = names::batch(&request.names)?;
        let decrypt = request.with_decryption == Some(true);
        let storage = self.storage();
        let mut parameters = Vec::new();
        for name in names {
            match self.look_up(&storage, &name, decrypt) {
                Ok(found) => parameters.push(found),
                Err(error) if error.fails_a_batch() => return Err(error),
                Err(_) => invalid_parameters.push(name.to_string()),
            }
        }
        invalid_parameters.sort();
        Ok(Many { parameters, invalid_parameters })
    }

    fn look_up(
        &self,
        storage: &Storage,
        name: &ParameterName<'_>,
        decrypt: bool,
    ) -> Result<Found, ServiceError> {
        if !name.is_secret_reference() {
            let (stored, version) = storage.find(name)?;
            return self.read(name, stored, version, decrypt);
        }
        // The service refuses this before it looks for the secret.
        if !decrypt {
            let message =
                "WithDecryption flag must be True for retrieving a Secret Manager secret.";
            return Err(ServiceError::validation(message));
        }
        self.faults.read_secret(secret_name(name.path()))?;
        Found::secret(name, storage.secrets.find(name)?)
    }

    /// Reads a parameter for a caller who asked for it by this name.
    pub(super) fn read(
        &self,
        asked: &ParameterName<'_>,
        stored: &Stored,
        version: &Version,
        decrypt: bool,
    ) -> Result<Found, ServiceError> {
        let found = Found::new(asked, stored, version);
        if stored.kind != Kind::SecureString {
            return Ok(found);
        }
        if !decrypt {
            return Ok(found.encrypted());
        }
        if self.faults.decrypts(asked) { Ok(found) } else { Err(key_disabled()) }
    }
}

/// In the words of KMS, which the service passes on.
fn key_disabled() -> ServiceError {
    let message = format!(
        "{} is disabled. (Service: AWSKMS; Status Code: 400; Error Code: DisabledException)",
        account::KMS_KEY
    );
    ServiceError::new("InvalidKeyId", message)
}
