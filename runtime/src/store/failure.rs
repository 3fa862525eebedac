//! Classifies failures: which are transient and worth a retry. Quotes what is foreign in them.

pub(crate) mod chain;
mod service;

use std::fmt;

use stage_config_names::ParameterName;

use crate::http::{NoRoots, Socks};
use crate::quote::quote;
use crate::source::Answer;

#[cfg(feature = "lean")]
pub(crate) use self::service::is_expired;

use self::chain::{AnyCause, find, said};
use super::endpoint::Endpoint;

/// Why a call gave no parameter.
#[derive(Debug, Clone)]
pub(crate) enum Failure {
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
pub(crate) enum Class {
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
    pub(crate) fn from_status(status: u16) -> Self {
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
pub(crate) const INCOMPLETE: &str = "the reply of Parameter Store does not contain it";

impl Failure {
    pub(crate) fn new(class: Class, reason: impl Into<String>) -> Self {
        Self::Failed { class, reason: reason.into() }
    }

    /// A reply with this status that does not have the format of the service, for example from a
    /// gateway.
    pub(crate) fn foreign(status: u16, endpoint: &Endpoint) -> Self {
        if status < 300 {
            return Self::torn();
        }
        let answerer = endpoint.answerer();
        let reason =
            format!("the reply is not from Parameter Store, HTTP {status}; check {answerer}");
        Self::new(Class::from_status(status), reason)
    }

    /// No answer in time, from the endpoint that was called or from a provider of credentials.
    pub(crate) fn timed_out(endpoint: Option<&Endpoint>) -> Self {
        let reason = match endpoint {
            Some(endpoint) => format!("no answer from {endpoint} in time"),
            None => "no AWS credentials were found in time".to_owned(),
        };
        Self::new(Class::OutOfTime, reason)
    }

    pub(crate) fn no_time() -> Self {
        Self::new(Class::OutOfTime, "no time is left to request it")
    }

    /// A reply that lacks the parameter.
    pub(crate) fn incomplete() -> Self {
        Self::new(Class::Transient, INCOMPLETE)
    }

    pub(crate) fn torn() -> Self {
        Self::new(Class::Transient, "the reply is not from Parameter Store, or it is truncated")
    }

    pub(crate) fn too_long() -> Self {
        Self::new(
            Class::OneName,
            "the reply is longer than 1 MB, which no reply of Parameter Store is; check the \
             endpoint",
        )
    }

    /// No request can be sent to its URL.
    pub(crate) fn impossible(endpoint: &Endpoint) -> Self {
        let why = if endpoint.has_user() {
            "because its URL has a user or a password in it"
        } else {
            "which is not the URL of a web server"
        };
        Self::new(Class::Final, format!("no request can be sent to {endpoint}, {why}"))
    }

    /// No connection to the endpoint, or one that broke. `is_final` if the client knows that the next
    /// one will fail too.
    pub(crate) fn from_connection(error: &AnyCause, is_final: bool, endpoint: &Endpoint) -> Self {
        let tls: Option<&rustls::Error> = find(error);
        if let Some(rustls::Error::Other(reason)) = tls
            && reason.0.is::<NoRoots>()
        {
            return Self::new(Class::Final, reason.0.to_string());
        }
        let words = quote(&said(error));
        let step = if tls.is_some() { "TLS handshake failed: " } else { "" };
        // Only our client is known to use the proxy, and only its message is known.
        let is_refused = endpoint.has_proxy() && words.contains("proxy authorization required");
        let is_final =
            is_final || find::<Socks>(error).is_some() || tls.is_some_and(is_lasting) || is_refused;
        let class = if is_final { Class::Final } else { Class::Transient };
        Self::new(class, format!("no connection to {endpoint} ({step}{words})"))
    }

    /// Nothing has credentials.
    pub(crate) fn no_credentials(words: &str) -> Self {
        let reason = format!(
            "there are no AWS credentials; give the function a role, or set `AWS_ACCESS_KEY_ID` \
             and `AWS_SECRET_ACCESS_KEY` ({words})"
        );
        Self::new(Class::Final, reason)
    }

    /// What has the credentials did not return them.
    pub(crate) fn from_credentials(class: Class, words: &str) -> Self {
        Self::new(class, format!("the AWS credentials could not be loaded ({words})"))
    }

    pub(crate) fn is_transient(&self) -> bool {
        matches!(self, Self::Failed { class, .. } if class.is_transient())
    }

    /// Whether there were too many requests.
    pub(crate) fn is_throttling(&self) -> bool {
        matches!(self, Self::Failed { class: Class::Throttled, .. })
    }

    /// Whether time ran out before anything else failed.
    pub(crate) fn is_timeout(&self) -> bool {
        matches!(self, Self::Failed { class: Class::OutOfTime, .. })
    }

    /// Whether this action is denied, and not a later one such as `kms:Decrypt`.
    pub(crate) fn denies(&self, denied: &str) -> bool {
        match self {
            Self::Denied { action, .. } => action.as_deref().is_none_or(|it| it == denied),
            _ => false,
        }
    }

    /// The answer for a name. If the service does not report the action, the error names `action`.
    pub(crate) fn into_answer(mut self, name: &ParameterName<'_>, action: &str) -> Answer {
        if let Self::Denied { action: Some(denied), resource, .. } = &mut self
            && denied == service::GET_SECRET_VALUE
        {
            *resource = Some(service::resource(name, resource.take()));
        }
        self.into_answer_on(&name.resource(), action)
    }

    /// The same for a resource such as `parameter/app/key`.
    pub(crate) fn into_answer_on(self, resource: &str, action: &str) -> Answer {
        match self {
            Self::Missing => Answer::Missing,
            Self::Denied { action: denied, resource: named, details } => {
                let denied = denied.filter(|it| !it.starts_with("ssm:GetParameter"));
                let denial = Answer::denied(
                    denied.unwrap_or_else(|| action.to_owned()),
                    named.unwrap_or_else(|| format!("…:{resource}")),
                );
                match details {
                    Some(details) => denial.with_details(details),
                    None => denial,
                }
            }
            Self::Failed { class, reason } => {
                Answer::Failed { transient: class.is_transient(), reason }
            }
        }
    }
}

/// For the layers of a client that report a failure as one of its errors.
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
fn is_lasting(error: &rustls::Error) -> bool {
    matches!(
        error,
        rustls::Error::InvalidCertificate(_)
            | rustls::Error::NoCertificatesPresented
            | rustls::Error::InvalidMessage(_)
            | rustls::Error::PeerIncompatible(_)
            | rustls::Error::UnsupportedNameType
    )
}

#[cfg(test)]
mod tests;
