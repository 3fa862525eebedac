//! `GetParameter` and `GetParameters`.

use serde::Deserialize;
use serde_json::{Value, json};
use stage_config_names::ParameterName;

use super::{Service, names, reply};
use crate::account;
use crate::error::ServiceError;
use crate::parameter::Kind;
use crate::storage::{Storage, Stored, Version};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct GetParameter {
    name: String,
    with_decryption: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct GetParameters {
    #[serde(default)]
    names: Vec<String>,
    with_decryption: Option<bool>,
}

impl Service {
    pub(super) fn get_parameter(&self, request: &GetParameter) -> Result<Value, ServiceError> {
        let name = names::readable(&request.name)?;
        let decrypt = request.with_decryption == Some(true);
        Ok(json!({ "Parameter": self.look_up(&self.storage(), &name, decrypt)? }))
    }

    pub(super) fn get_parameters(&self, request: &GetParameters) -> Result<Value, ServiceError> {
        let (names, mut invalid) = names::batch(&request.names)?;
        let decrypt = request.with_decryption == Some(true);
        let storage = self.storage();
        let mut found = Vec::new();
        for name in names {
            match self.look_up(&storage, &name, decrypt) {
                Ok(parameter) => found.push(parameter),
                Err(error) if error.fails_a_batch() => return Err(error),
                Err(_) => invalid.push(name.to_string()),
            }
        }
        invalid.sort();
        Ok(json!({ "Parameters": found, "InvalidParameters": invalid }))
    }

    fn look_up(
        &self,
        storage: &Storage,
        name: &ParameterName<'_>,
        decrypt: bool,
    ) -> Result<Value, ServiceError> {
        let Some(secret) = name.secret() else {
            let (stored, version) = storage.find(name)?;
            return self.read(name, stored, version, decrypt);
        };
        // The service refuses this before it looks for the secret.
        if !decrypt {
            return Err(ServiceError::validation(
                "WithDecryption flag must be True for retrieving a Secret Manager secret.",
            ));
        }
        let arn = account::secret_arn(secret);
        self.script.get_secret_value(name, &arn)?;
        Ok(reply::secret(name, &arn, storage.secrets.find(name)?))
    }

    /// Reads a parameter for a caller who asked for it by this name.
    pub(super) fn read(
        &self,
        asked: &ParameterName<'_>,
        stored: &Stored,
        version: &Version,
        decrypt: bool,
    ) -> Result<Value, ServiceError> {
        let mut parameter = reply::parameter(asked, stored, version);
        if stored.kind == Kind::SecureString {
            if decrypt {
                self.script.decrypt(asked)?;
            } else {
                parameter["Value"] = reply::ciphertext(stored, version).into();
            }
        }
        Ok(parameter)
    }
}
