//! Classifies failures: which are transient and worth a retry. Quotes what is foreign in them.

pub(crate) mod chain;
#[cfg(feature = "_store")]
mod connection;
mod service;

use std::fmt;

use stage_config_names::ParameterName;

use crate::source::Answer;

#[cfg(feature = "lean")]
pub(crate) use self::service::is_expired;

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
    /// Another attempt, but not many: what does not pass within a second hardly ever passes.
    #[cfg_attr(not(feature = "extension"), expect(dead_code, reason = "no service fails so"))]
    Brief,
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
        !matches!(self, Self::OneName | Self::Final)
    }
}

/// Most likely, the reply was truncated on the way.
pub(crate) const INCOMPLETE: &str = "the reply of Parameter Store does not contain it";

impl Failure {
    pub(crate) fn new(class: Class, reason: impl Into<String>) -> Self {
        Self::Failed { class, reason: reason.into() }
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

    pub(crate) fn is_transient(&self) -> bool {
        matches!(self, Self::Failed { class, .. } if class.is_transient())
    }

    /// Whether there were too many requests.
    pub(crate) fn is_throttling(&self) -> bool {
        matches!(self, Self::Failed { class: Class::Throttled, .. })
    }

    /// Whether only a few more attempts are of use.
    pub(crate) fn is_brief(&self) -> bool {
        matches!(self, Self::Failed { class: Class::Brief, .. })
    }

    /// Whether time ran out before anything else failed.
    pub(crate) fn is_timeout(&self) -> bool {
        matches!(self, Self::Failed { class: Class::OutOfTime, .. })
    }

    /// What the event of a request calls it. Part of the public API: the guide lists them.
    pub(crate) fn outcome(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Denied { .. } => "denied",
            Self::Failed { class, .. } => match class {
                Class::OneName | Class::Final => "failed",
                Class::Throttled => "throttled",
                Class::OutOfTime => "timeout",
                Class::Transient | Class::Brief => "unavailable",
            },
        }
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

/// For the log, and for the layers of a client that report a failure as one of its errors.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed { reason, .. } => f.write_str(reason),
            Self::Missing => f.write_str("it does not exist"),
            Self::Denied { details: Some(details), .. } => f.write_str(details),
            Self::Denied { action, resource, .. } => {
                let [action, resource] = [action, resource].map(|it| it.as_deref().unwrap_or("…"));
                write!(f, "the role needs `{action}` on `{resource}`")
            }
        }
    }
}

impl std::error::Error for Failure {}

#[cfg(all(test, feature = "_store"))]
mod tests;
