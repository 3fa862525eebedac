//! A parameter that exists.

use aws_sdk_ssm::types::{Parameter, ParameterMetadata, ParameterType};
use secrecy::SecretString;
use stage_config_names::{Account as AccountId, Name};

use super::{Failure, Time};

/// The answer of the account for one name.
#[derive(Debug)]
pub(crate) enum Answer {
    Found(Found),
    Missing,
    Failed(Failure),
    /// It was not looked up, for this reason.
    NotLookedUp(&'static str),
}

impl Answer {
    pub(crate) fn found(&self) -> Option<&Found> {
        match self {
            Self::Found(found) => Some(found),
            _ => None,
        }
    }
}

/// A parameter that exists. Its value, if it was read, is overwritten when it is dropped.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) name: Name,
    pub(crate) r#type: String,
    pub(crate) version: i64,
    pub(crate) changed: Option<Time>,
    arn: Option<String>,
    /// The KMS key or its alias, as it was given when the parameter was put. Not known if the value
    /// was read.
    pub(crate) key_id: Option<String>,
    pub(crate) value: Option<SecretString>,
}

impl Found {
    pub(crate) fn is_secure(&self) -> bool {
        self.r#type == ParameterType::SecureString.as_str()
    }

    /// The account in its ARN. Public parameters and some stand-ins for the service have none.
    pub(crate) fn account(&self) -> Option<AccountId> {
        AccountId::from_arn(self.arn.as_deref()?)
    }
}

impl From<Parameter> for Found {
    fn from(it: Parameter) -> Self {
        Self {
            name: it.name.unwrap_or_default().into(),
            r#type: text(it.r#type),
            version: it.version,
            changed: it.last_modified_date.map(Time::from),
            arn: it.arn,
            key_id: None,
            value: it.value.map(Into::into),
        }
    }
}

impl From<ParameterMetadata> for Found {
    fn from(it: ParameterMetadata) -> Self {
        Self {
            name: it.name.unwrap_or_default().into(),
            r#type: text(it.r#type),
            version: it.version,
            changed: it.last_modified_date.map(Time::from),
            arn: it.arn,
            key_id: it.key_id,
            value: None,
        }
    }
}

fn text(r#type: Option<ParameterType>) -> String {
    r#type.map(|it| it.as_str().to_owned()).unwrap_or_default()
}
