//! Parameters in the JSON of a reply.

use secrecy::SecretString;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::{Parameter, is_complete};

/// The reply to `GetParameter`.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct One {
    parameter: Option<Found>,
}

impl One {
    /// `None` if it lacks the parameter, or its value.
    pub(crate) fn parameter(self) -> Option<Parameter> {
        let found = Parameter::from(self.parameter?);
        is_complete(found.value.is_some(), found.name.as_deref()).then_some(found)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Found {
    name: Option<String>,
    #[serde(rename = "ARN")]
    arn: Option<String>,
    selector: Option<String>,
    version: Option<i64>,
    value: Option<SecretString>,
    r#type: Option<Type>,
    source_result: Option<IgnoredAny>,
}

#[derive(Deserialize)]
enum Type {
    String,
    StringList,
    /// A SecureString, or a type that is not known yet.
    #[serde(other)]
    Other,
}

impl From<Found> for Parameter {
    fn from(found: Found) -> Self {
        Self {
            name: found.name,
            arn: found.arn,
            selector: found.selector,
            version: found.version.unwrap_or_default(),
            value: found.value,
            is_plain: matches!(found.r#type, Some(Type::String | Type::StringList)),
            is_from_secrets_manager: found.source_result.is_some(),
        }
    }
}
