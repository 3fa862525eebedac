//! Classifies the errors of the SDK: which are transient and worth a retry.
//!
//! `Debug` of the SDK's replies contains values, and some errors contain the reply. So this module
//! uses only error codes, messages and the `Display` of error sources.

mod chain;
mod reason;
mod refused;
mod secret;

use aws_credential_types::provider::error::CredentialsError;
use aws_runtime::retries::classifiers::{THROTTLING_ERRORS, TRANSIENT_ERRORS};
use aws_sdk_ssm::error::{ConnectorError, ProvideErrorMetadata};
use aws_sdk_ssm::operation::get_parameter::GetParameterError;
use aws_sdk_ssm::operation::get_parameters::GetParametersError;
use aws_sdk_ssm::operation::get_parameters_by_path::GetParametersByPathError;
use aws_smithy_runtime_api::client::interceptors::context::Error as AnyError;
use aws_smithy_runtime_api::client::orchestrator::OrchestratorError;
use aws_smithy_types::retry::ErrorKind;
use stage_config_names::ParameterName;

use crate::source::Answer;

use self::chain::{AnyCause, find, said};
pub(super) use self::reason::Reason;
use self::reason::Words;
pub(super) use self::refused::Refused;
use super::place::Place;
use super::quote::quote;

/// Why a call gave no parameter.
#[derive(Debug, Clone)]
pub(super) enum Failure {
    Missing,
    /// The role may not read it.
    Denied(Denial),
    Failed {
        class: Class,
        reason: Reason,
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

/// The denied action and resource, if the service reports them.
#[derive(Debug, Clone)]
pub(super) struct Denial {
    action: Option<String>,
    resource: Option<String>,
    /// The service's own words, if they say more than that.
    details: Option<String>,
}

/// Codes of the service and of Secrets Manager that the SDK does not treat as transient.
const FAILURES: [&str; 4] =
    ["InternalServerError", "InternalServiceError", "InternalFailure", "ServiceUnavailable"];
/// KMS throttles, and Parameter Store passes it on.
const KMS_THROTTLING: &str = "KMSThrottlingException";
/// The signature expired, for example during a freeze. The next attempt has a new one.
const CLOCK: [&str; 3] = ["RequestExpired", "RequestTimeTooSkewed", "RequestInTheFuture"];
/// The credentials expired. The provider returns new ones.
const EXPIRED: [&str; 2] = ["ExpiredTokenException", "ExpiredToken"];
const UNACCEPTED: [&str; 5] = [
    "UnrecognizedClientException",
    "InvalidSignatureException",
    "InvalidClientTokenId",
    "IncompleteSignature",
    "MissingAuthenticationToken",
];

impl Failure {
    fn new(class: Class, reason: Reason) -> Self {
        Self::Failed { class, reason }
    }

    /// Of one attempt of a call to this place, if it came so far; nothing if it only took too long.
    pub(super) fn of_attempt(
        error: &OrchestratorError<AnyError>,
        status: Option<u16>,
        place: impl FnOnce() -> Option<Place>,
    ) -> Option<Self> {
        if error.is_timeout_error() {
            return None;
        }
        if let Some(error) = error.as_operation_error() {
            if let Some(error) = error.downcast_ref::<GetParametersError>() {
                return Some(Self::of_service(error, status));
            }
            if let Some(error) = error.downcast_ref::<GetParametersByPathError>() {
                return Some(Self::of_service(error, status));
            }
            return Some(Self::of_service(error.downcast_ref::<GetParameterError>()?, status));
        }
        match (error.as_connector_error(), status, place()) {
            (Some(error), _, Some(place)) => Self::of_connection(error, place),
            // An unreadable reply.
            (None, Some(status), Some(place)) => Some(Self::of_strange_reply(status, place)),
            _ => Some(Self::of_setup(error)),
        }
    }

    /// The failure of a call that did not end with a failed attempt.
    pub(super) fn of_call(error: &AnyCause, is_timeout: bool, place: Option<Place>) -> Self {
        if is_timeout {
            Self::new(Class::OutOfTime, Reason::Silence(place))
        } else {
            Self::of_setup(error)
        }
    }

    /// A reply that does not contain the parameter.
    pub(super) fn incomplete() -> Self {
        Self::new(Class::Transient, Reason::Incomplete)
    }

    pub(super) fn no_time() -> Self {
        Self::new(Class::OutOfTime, Reason::NoTime)
    }

    fn of_connection(error: &ConnectorError, place: Place) -> Option<Self> {
        match find::<Refused>(error) {
            Some(Refused::TooLong) => return Some(Self::new(Class::OneName, Reason::TooLong)),
            Some(Refused::Torn) => return Some(Self::new(Class::Transient, Reason::Torn)),
            Some(Refused::Late) => return None,
            None if error.is_timeout() => return None,
            None => {}
        }
        let words = Words::new(&said(error));
        // Only our client is known to use the proxy, and only its message is known.
        let is_refused = place.has_proxy() && words.say("proxy authorization required");
        let is_final = error.is_user() || find(error).is_some_and(is_final) || is_refused;
        let class = if is_final { Class::Final } else { Class::Transient };
        Some(Self::new(class, Reason::NoConnection(place, words)))
    }

    /// A reply that does not have the format of the service, for example from a gateway.
    fn of_strange_reply(status: u16, place: Place) -> Self {
        if status < 300 {
            return Self::new(Class::Transient, Reason::Torn);
        }
        let reason = Reason::Strange(status, place);
        Self::new(Class::from_status(status), reason)
    }

    fn of_service(error: &impl ProvideErrorMetadata, status: Option<u16>) -> Self {
        let code = error.code().unwrap_or("an error without a code");
        let message = error.message().unwrap_or("no message");
        let passed_on = secret::code_passed_on(message);
        let code = passed_on.unwrap_or(code);
        let message_only = || Words::new(message);
        let words = || Words::new(&format!("{code}: {message}"));
        match code {
            "ParameterNotFound" | "ParameterVersionNotFound" => Self::Missing,
            "ResourceNotFoundException" if passed_on.is_some() => Self::Missing,
            "AccessDeniedException" => Self::of_denial(message),
            "InvalidKeyId" | "DecryptionFailure" => {
                Self::new(Class::OneName, Reason::Key(message_only()))
            }
            "ValidationException" if message.contains("to Secrets Manager") => {
                Self::new(Class::OneName, Reason::ToBeDeleted(message_only()))
            }
            "ValidationException" => {
                Self::new(Class::OneName, Reason::NotWellFormed(message_only()))
            }
            KMS_THROTTLING => Self::new(Class::Throttled, Reason::Failed(words())),
            _ if THROTTLING_ERRORS.contains(&code) => {
                Self::new(Class::Throttled, Reason::Throttled(message_only()))
            }
            _ if TRANSIENT_ERRORS.contains(&code) || FAILURES.contains(&code) => {
                Self::new(Class::Transient, Reason::Failed(words()))
            }
            "InvalidSignatureException" if message.starts_with("Signature ") => {
                Self::new(Class::Transient, Reason::Clock(message_only()))
            }
            _ if CLOCK.contains(&code) => Self::new(Class::Transient, Reason::Clock(words())),
            _ if EXPIRED.contains(&code) => {
                Self::new(Class::Transient, Reason::Unaccepted(words()))
            }
            _ if UNACCEPTED.contains(&code) => Self::new(Class::Final, Reason::Unaccepted(words())),
            // A gateway on the way may fail in words of its own.
            _ => match status.map(|status| (Class::from_status(status), status)) {
                Some((class @ Class::Throttled, _)) => Self::new(class, Reason::Throttled(words())),
                Some((class @ Class::Transient, status)) => {
                    let words = Words::new(&format!("HTTP {status}, {code}: {message}"));
                    Self::new(class, Reason::Failed(words))
                }
                _ => Self::new(Class::Final, Reason::Service(words())),
            },
        }
    }

    /// `User: … is not authorized to perform: ssm:GetParameter on resource: arn:… because …`
    fn of_denial(message: &str) -> Self {
        let after = |marker: &str| {
            let rest = message.split_once(marker)?.1;
            rest.split_whitespace().next().map(quote)
        };
        let (mut action, resource) = (after("perform: "), after("resource: "));
        let says_more = action.is_none() || message.contains("explicit deny");
        if action.is_none() && !message.contains("KMS") && message.contains("Secrets Manager") {
            action = Some(secret::GET_SECRET_VALUE.to_owned());
        }
        match (&action, &resource) {
            // No parameter has this ARN: the name is invalid.
            (_, Some(any)) if any.contains(":ssm:") && any.ends_with(":*") => {
                Self::new(Class::OneName, Reason::NoResource(Words::new(any)))
            }
            // From KMS, passed on by Parameter Store.
            (None, _) if message.contains("KMS") || message.contains("ciphertext") => {
                Self::new(Class::OneName, Reason::Decrypt(Words::new(message)))
            }
            _ => {
                let details = says_more.then(|| quote(message));
                Self::Denied(Denial { action, resource, details })
            }
        }
    }

    /// A failure before the request was sent.
    fn of_setup(error: &AnyCause) -> Self {
        if let Some(Impossible(place)) = find(error) {
            return Self::new(Class::Final, Reason::Impossible(place.clone()));
        }
        let text = said(error);
        if let Some(feature) = missing_feature(&text) {
            return Self::new(Class::Final, Reason::Feature(Words::new(feature)));
        }
        let Some(credentials) = find::<CredentialsError>(error) else {
            return Self::new(Class::Final, Reason::Setup(Words::new(&text)));
        };
        let words = Words::new(&said(credentials));
        match credentials {
            CredentialsError::CredentialsNotLoaded(_) => {
                Self::new(Class::Final, Reason::NoCredentials(words))
            }
            CredentialsError::ProviderTimedOut(_) => {
                Self::new(Class::Transient, Reason::LateCredentials(words))
            }
            _ if find(credentials).is_some_and(is_transient) => {
                Self::new(Class::Transient, Reason::NoneOfCredentials(words))
            }
            _ => Self::new(Class::Final, Reason::NoneOfCredentials(words)),
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
    pub(super) fn denies(&self, action: &str) -> bool {
        match self {
            Self::Denied(denial) => denial.action.as_deref().is_none_or(|it| it == action),
            _ => false,
        }
    }

    /// The answer for a name. If the service does not report the action, the error names `action`.
    pub(super) fn into_answer(self, name: &ParameterName<'_>, action: &str) -> Answer {
        match self {
            Self::Denied(Denial { action: Some(action), resource, details })
                if action == secret::GET_SECRET_VALUE =>
            {
                Answer::Denied { action, resource: secret::resource(name, resource), details }
            }
            failure => failure.into_answer_on(&name.resource(), action),
        }
    }

    /// The same for a resource such as `parameter/app/key`.
    pub(super) fn into_answer_on(self, resource: &str, action: &str) -> Answer {
        match self {
            Self::Missing => Answer::Missing,
            Self::Denied(denial) => Answer::Denied {
                action: match denial.action {
                    Some(other) if !other.starts_with("ssm:GetParameter") => other,
                    _ => action.to_owned(),
                },
                resource: denial.resource.unwrap_or_else(|| format!("…:{resource}")),
                details: denial.details,
            },
            Self::Failed { class, reason } => {
                Answer::Failed { transient: class.is_transient(), reason: reason.to_string() }
            }
        }
    }
}

/// A URL to which no request can be sent.
#[derive(Debug, Clone)]
pub(super) struct Impossible(pub(super) Place);

impl std::fmt::Display for Impossible {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        Reason::Impossible(self.0.clone()).fmt(f)
    }
}

impl std::error::Error for Impossible {}

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
