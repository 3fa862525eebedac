//! What is answered, as JSON. Nothing here is `Debug`, since it holds the values of secrets.

use std::hash::{DefaultHasher, Hash, Hasher};

use rustack_ssm_model::types::{Parameter, ParameterMetadata};
use serde::Serialize;

use crate::place;

/// A parameter as it is shown to a reader.
#[derive(Serialize)]
pub(crate) struct Found {
    #[serde(flatten)]
    pub(crate) stored: Parameter,
    #[serde(rename = "Selector", skip_serializing_if = "Option::is_none")]
    pub(crate) selector: Option<String>,
    /// Of a secret, what Secrets Manager says of it.
    #[serde(rename = "SourceResult", skip_serializing_if = "Option::is_none")]
    pub(crate) source_result: Option<String>,
}

/// The reply of `GetParameter`.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct One {
    pub(crate) parameter: Found,
}

/// The reply of `GetParameters`.
#[derive(Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Batch {
    pub(crate) parameters: Vec<Found>,
    pub(crate) invalid_parameters: Vec<String>,
}

/// The reply of `LabelParameterVersion`.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Labelled {
    pub(crate) invalid_labels: Vec<String>,
    pub(crate) parameter_version: i64,
}

/// A reply of which there may be more.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Page<T> {
    pub(crate) parameters: Vec<T>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) next_token: Option<String>,
}

/// A parameter without its value.
#[derive(Serialize)]
pub(crate) struct Described {
    #[serde(flatten)]
    metadata: ParameterMetadata,
    #[serde(rename = "ARN")]
    arn: String,
}

impl From<ParameterMetadata> for Described {
    fn from(metadata: ParameterMetadata) -> Self {
        let arn = place::arn(metadata.name.as_deref().unwrap_or_default());
        Self { metadata, arn }
    }
}

/// What stands in the place of a secret's value for one who does not ask for decryption: it looks
/// like what KMS makes of it, is another for each version, and tells nothing of the value.
pub(crate) fn ciphertext(stored: &Parameter) -> String {
    let block = |number: usize| {
        let mut hasher = DefaultHasher::new();
        (&stored.arn, stored.version, number).hash(&mut hasher);
        format!("{:016x}", hasher.finish())
    };
    format!("AQICAH{}", (0..8).map(block).collect::<String>())
}
