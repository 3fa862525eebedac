//! Classifies the errors of the SDK: which are transient and worth a retry.
//!
//! `Debug` of the SDK's replies contains values, and some errors contain the reply. So this module
//! uses only error codes, messages and the `Display` of error sources, and quotes what is foreign.

mod chain;
mod service;

use std::fmt;

use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_ssm::error::ConnectorError;
use aws_smithy_runtime_api::client::interceptors::context::Error as OperationError;
use aws_smithy_runtime_api::client::orchestrator::OrchestratorError;
use aws_smithy_types::retry::ErrorKind;
use stage_config_names::ParameterName;

use crate::source::Answer;

use self::chain::{AnyCause, find, said};
use super::endpoint::Endpoint;
use super::quote::quote;

/// Why a call gave no parameter.
#[derive(Debug, Clone)]
pub(super) enum Failure {
    Missing,
    /// The role may not read it.
    Denied {
        /// The denied action and resource, if the service reports them.
        action: Option<String>,
        resource: Option<String>,
        /// The service's own words, if they say more than that.
        details: Option<String>,
    },
    /// The reason is for the reader of an error.
    Failed {
        class: Class,
        reason: String,
    },
}

/// What else may help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Nothing for this name; the other names of the call may do better without it.
    OneName,
    /// Nothing.
    Final,
    /// Fewer requests, later.
    Throttled,
    /// More time: the deadline came before anything else failed.
    OutOfTime,
    /// Another attempt.
    Transient,
}

impl Class {
    /// The class of a status that is not the service's own: a gateway's on the way.
    fn from_status(status: u16) -> Self {
        match status {
            429 => Self::Throttled,
            408 | 425 | 500.. => Self::Transient,
            _ => Self::Final,
        }
    }

    fn is_transient(self) -> bool {
        matches!(self, Self::Throttled | Self::OutOfTime | Self::Transient)
    }
}

/// Most likely, the reply was truncated on the way.
pub(super) const INCOMPLETE: &str = "the reply of Parameter Store does not contain it";

impl Failure {
    fn new(class: Class, reason: impl Into<String>) -> Self {
        Self::Failed { class, reason: reason.into() }
    }

    /// The failure of one attempt of a call to this endpoint, if it came so far. `None` if it only
    /// took too long.
    pub(super) fn from_attempt(
        error: &OrchestratorError<OperationError>,
        status: Option<u16>,
        endpoint: Option<Endpoint>,
    ) -> Option<Self> {
        if error.is_timeout_error() {
            return None;
        }
        if let Some(error) = error.as_operation_error() {
            return Some(Self::from_service(service::metadata(error)?, status));
        }
        match (error.as_connector_error(), status, endpoint) {
            (Some(error), _, Some(endpoint)) => Self::from_connection(error, &endpoint),
            (None, Some(..300), Some(_)) => Some(Self::torn()),
            // A reply that does not have the format of the service, for example from a gateway.
            (None, Some(status), Some(endpoint)) => {
                let answerer = endpoint.answerer();
                Some(Self::new(
                    Class::from_status(status),
                    format!(
                        "the reply is not from Parameter Store, HTTP {status}; check {answerer}"
                    ),
                ))
            }
            _ => Some(Self::from_setup(error)),
        }
    }

    /// The failure of a call that ran out of time before an attempt failed.
    pub(super) fn timed_out(endpoint: Option<Endpoint>) -> Self {
        let reason = match endpoint {
            Some(endpoint) => format!("no answer from {endpoint} in time"),
            None => "no AWS credentials were found in time".to_owned(),
        };
        Self::new(Class::OutOfTime, reason)
    }

    pub(super) fn no_time() -> Self {
        Self::new(Class::OutOfTime, "no time is left to request it")
    }

    /// A reply that lacks the parameter.
    pub(super) fn incomplete() -> Self {
        Self::new(Class::Transient, INCOMPLETE)
    }

    pub(super) fn torn() -> Self {
        Self::new(Class::Transient, "the reply is not from Parameter Store, or it is truncated")
    }

    pub(super) fn too_long() -> Self {
        Self::new(
            Class::OneName,
            "the reply is longer than 1 MB, which no reply of Parameter Store is; check the \
             endpoint",
        )
    }

    /// No request can be sent to its URL.
    pub(super) fn impossible(endpoint: &Endpoint) -> Self {
        let reason =
            format!("no request can be sent to {endpoint}, which is not the URL of a web server");
        Self::new(Class::Final, reason)
    }

    fn from_connection(error: &ConnectorError, endpoint: &Endpoint) -> Option<Self> {
        if let Some(failure) = find::<Self>(error) {
            return Some(failure.clone());
        }
        if error.is_timeout() {
            return None;
        }
        let words = quote(&said(error));
        // Only our client is known to use the proxy, and only its message is known.
        let is_refused = endpoint.has_proxy() && words.contains("proxy authorization required");
        let is_final = error.is_user() || find(error).is_some_and(is_final) || is_refused;
        let class = if is_final { Class::Final } else { Class::Transient };
        Some(Self::new(class, format!("no connection to {endpoint} ({words})")))
    }

    /// A failure before the request was sent.
    pub(super) fn from_setup(error: &AnyCause) -> Self {
        if let Some(failure) = find::<Self>(error) {
            return failure.clone();
        }
        let text = said(error);
        if let Some(feature) = missing_feature(&text).map(quote) {
            let reason = format!(
                "the AWS credentials need a feature that `aws-config` is built without; add to \
                 `Cargo.toml`: `aws-config = {{ version = \"1\", default-features = false, \
                 features = [\"{feature}\"] }}`"
            );
            return Self::new(Class::Final, reason);
        }
        let Some(credentials) = find::<CredentialsError>(error) else {
            return Self::new(Class::Final, quote(&text));
        };
        let words = quote(&said(credentials));
        match credentials {
            CredentialsError::CredentialsNotLoaded(_) => Self::new(
                Class::Final,
                format!(
                    "there are no AWS credentials; give the function a role, or set \
                     `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY` ({words})"
                ),
            ),
            CredentialsError::ProviderTimedOut(_) => Self::new(
                Class::Transient,
                format!("the AWS credentials did not load in time ({words})"),
            ),
            _ => {
                let is_transient = find(credentials).is_some_and(is_transient);
                let class = if is_transient { Class::Transient } else { Class::Final };
                Self::new(class, format!("the AWS credentials could not be loaded ({words})"))
            }
        }
    }

    /// How the SDK calls it, if another attempt may help.
    pub(super) fn kind(&self) -> Option<ErrorKind> {
        match self {
            Self::Failed { class: Class::Throttled, .. } => Some(ErrorKind::ThrottlingError),
            Self::Failed { class, .. } if class.is_transient() => Some(ErrorKind::TransientError),
            _ => None,
        }
    }

    /// Whether this action is denied, and not a later one such as `kms:Decrypt`.
    pub(super) fn denies(&self, denied: &str) -> bool {
        match self {
            Self::Denied { action, .. } => action.as_deref().is_none_or(|it| it == denied),
            _ => false,
        }
    }

    /// The answer for a name. If the service does not report the action, the error names `action`.
    pub(super) fn into_answer(mut self, name: &ParameterName<'_>, action: &str) -> Answer {
        if let Self::Denied { action: Some(denied), resource, .. } = &mut self
            && denied == service::GET_SECRET_VALUE
        {
            *resource = Some(service::resource(name, resource.take()));
        }
        self.into_answer_on(&name.resource(), action)
    }

    /// The same for a resource such as `parameter/app/key`.
    pub(super) fn into_answer_on(self, resource: &str, action: &str) -> Answer {
        match self {
            Self::Missing => Answer::Missing,
            Self::Denied { action: denied, resource: named, details } => Answer::Denied {
                action: denied
                    .filter(|it| !it.starts_with("ssm:GetParameter"))
                    .unwrap_or_else(|| action.to_owned()),
                resource: named.unwrap_or_else(|| format!("…:{resource}")),
                details,
            },
            Self::Failed { class, reason } => {
                Answer::Failed { transient: class.is_transient(), reason }
            }
        }
    }
}

/// For the layers of a call that report a failure as an error of the SDK.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed { reason, .. } => f.write_str(reason),
            Self::Missing | Self::Denied { .. } => fmt::Debug::fmt(self, f),
        }
    }
}

impl std::error::Error for Failure {}

/// Whether TLS will fail the next time too: the certificate is not trusted, or it is no TLS that the
/// server speaks.
fn is_final(error: &rustls::Error) -> bool {
    matches!(
        error,
        rustls::Error::InvalidCertificate(_)
            | rustls::Error::NoCertificatesPresented
            | rustls::Error::InvalidMessage(_)
            | rustls::Error::PeerIncompatible(_)
            | rustls::Error::UnsupportedNameType
    )
}

/// Whether the failure of a credentials provider is transient.
fn is_transient(error: &ConnectorError) -> bool {
    error.is_io() || error.is_timeout() || error.as_other() == Some(ErrorKind::TransientError)
}

/// The feature of `aws-config` that the SDK reports as missing.
fn missing_feature(text: &str) -> Option<&str> {
    let rest = text.split_once("cargo feature(s) enabled: ")?.1;
    rest.split(['.', ' ', ',']).next().filter(|feature| !feature.is_empty())
}

#[cfg(test)]
mod tests;
