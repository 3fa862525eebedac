//! The errors of the SDK in plain words, and which of them pass.
//!
//! The SDK's `Debug` of a reply holds the values, and some of its errors hold the reply. So only
//! error codes, messages and the `Display` of error sources are ever looked at.

use std::error::Error as StdError;

use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_ssm::config::http::HttpResponse;
use aws_sdk_ssm::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_ssm::operation::get_parameter::GetParameterError;
use aws_sdk_ssm::operation::get_parameters::GetParametersError;
use aws_sdk_ssm::operation::get_parameters_by_path::GetParametersByPathError;
use aws_smithy_runtime_api::client::interceptors::context::Error as AnyError;
use aws_smithy_runtime_api::client::orchestrator::OrchestratorError;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::http::StatusCode;
use stage_config_names::ParameterName;

use crate::source::Answer;

use super::secret;

/// Why a call gave no parameter.
#[derive(Debug, Clone)]
pub(super) enum Failure {
    Missing,
    /// The role may not.
    Denied(Denial),
    /// It is the name or the value of one parameter that cannot be read.
    UnreadableName(String),
    Unreadable(String),
    /// Too many requests at once. It passes.
    Throttled(String),
    /// The deadline has come, and nothing had failed before.
    OutOfTime(String),
    /// Anything else that passes.
    Unavailable(String),
}

/// What a denied call was denied, as far as the service says so.
#[derive(Debug, Clone)]
pub(super) struct Denial {
    action: Option<String>,
    resource: Option<String>,
    /// All that the service says, where that is more.
    words: Option<String>,
}

impl Failure {
    /// Of one attempt of a call to `endpoint`; nothing, where it did not come to a request.
    pub(super) fn of_attempt(
        error: &OrchestratorError<AnyError>,
        status: Option<StatusCode>,
        endpoint: &str,
    ) -> Option<Self> {
        if error.is_timeout_error() {
            return None;
        }
        if let Some(error) = error.as_connector_error() {
            return Self::of_connection(error, endpoint);
        }
        // What is neither is a reply that could not be read, if there was one.
        let Some(error) = error.as_operation_error() else {
            return status.map(Self::of_strange_reply);
        };
        if let Some(error) = error.downcast_ref::<GetParametersError>() {
            return Some(Self::of_service(error, status));
        }
        if let Some(error) = error.downcast_ref::<GetParametersByPathError>() {
            return Some(Self::of_service(error, status));
        }
        Some(Self::of_service(error.downcast_ref::<GetParameterError>()?, status))
    }

    /// Of a call to `endpoint`, where that is known, whose last attempt failed so.
    pub(super) fn of_call<E>(
        error: &SdkError<E, HttpResponse>,
        endpoint: Option<&str>,
        last: Option<Self>,
    ) -> Self
    where
        E: ProvideErrorMetadata + StdError + 'static,
    {
        match (error, endpoint) {
            (SdkError::ServiceError(context), _) => {
                Self::of_service(context.err(), Some(context.raw().status()))
            }
            (SdkError::TimeoutError(_), Some(endpoint)) => last.unwrap_or_else(|| {
                Self::OutOfTime(format!("cannot be read: no answer from {endpoint} in time"))
            }),
            (SdkError::TimeoutError(_), None) => {
                Self::OutOfTime("cannot be read: no AWS credentials were found in time".to_owned())
            }
            (SdkError::ResponseError(context), _) => Self::of_strange_reply(context.raw().status()),
            (SdkError::DispatchFailure(failure), endpoint) => {
                let Some(error) = failure.as_connector_error() else {
                    return Self::of_setup(error);
                };
                let endpoint = endpoint.unwrap_or("Parameter Store");
                Self::of_connection(error, endpoint).unwrap_or_else(|| Self::of_setup(error))
            }
            _ => Self::of_setup(error),
        }
    }

    fn of_connection(error: &ConnectorError, endpoint: &str) -> Option<Self> {
        (error.is_io() || error.is_timeout()).then(|| {
            let words = words(error);
            Self::Unavailable(format!("cannot be read: no connection to {endpoint} ({words})"))
        })
    }

    /// Of a reply that is not in the service's form, which a gateway on the way may give.
    fn of_strange_reply(status: StatusCode) -> Self {
        let what = "cannot be read: the reply is not one of Parameter Store";
        match status.as_u16() {
            status @ 429 => Self::Throttled(format!("{what}, HTTP {status}")),
            status @ 500.. => Self::Unavailable(format!("{what}, HTTP {status}")),
            status @ 300.. => {
                Self::Unreadable(format!("{what}, HTTP {status}; look at the endpoint"))
            }
            _ => Self::Unavailable(format!("{what}, or it is torn")),
        }
    }

    fn of_service(error: &impl ProvideErrorMetadata, status: Option<StatusCode>) -> Self {
        let code = error.code().unwrap_or("an error without a code");
        let message = error.message().unwrap_or("no further word");
        let passed_on = secret::code_passed_on(message);
        let code = passed_on.unwrap_or(code);
        match code {
            "ParameterNotFound" | "ParameterVersionNotFound" => Self::Missing,
            "ResourceNotFoundException" if passed_on.is_some() => Self::Missing,
            "AccessDeniedException" => Self::of_denial(message),
            "InvalidKeyId" | "DecryptionFailure" => Self::UnreadableName(format!(
                "cannot be decrypted: its KMS key is missing, disabled or not accessible ({message})"
            )),
            "ValidationException" if message.contains("to Secrets Manager") => {
                Self::UnreadableName(format!(
                    "cannot be read: Secrets Manager refuses it, as it does a secret that is scheduled \
                     for deletion ({message})"
                ))
            }
            "ValidationException" => Self::UnreadableName(format!(
                "is refused by Parameter Store as not well formed ({message})"
            )),
            // Those that the SDK knows for any service.
            "Throttling"
            | "ThrottlingException"
            | "ThrottledException"
            | "RequestThrottled"
            | "RequestThrottledException"
            | "RequestLimitExceeded"
            | "TooManyRequestsException"
            | "SlowDown" => Self::Throttled(format!(
                "cannot be read: Parameter Store throttled the requests ({message}); its limit is \
                 shared by all that read in this account and Region, and can be raised there"
            )),
            "InternalServerError"
            | "InternalServiceError"
            | "InternalFailure"
            | "ServiceUnavailable"
            | "RequestTimeout"
            | "RequestTimeoutException" => Self::Unavailable(format!(
                "cannot be read: Parameter Store failed ({code}: {message})"
            )),
            // What was signed before a freeze arrives too late. The next attempt is signed anew.
            "InvalidSignatureException" if message.starts_with("Signature ") => Self::Unavailable(
                format!("cannot be read: the clock is off, or the request was held up ({message})"),
            ),
            "RequestExpired" | "RequestTimeTooSkewed" => Self::Unavailable(format!(
                "cannot be read: the clock is off, or the request was held up ({code}: {message})"
            )),
            "ExpiredTokenException"
            | "ExpiredToken"
            | "UnrecognizedClientException"
            | "InvalidSignatureException"
            | "InvalidClientTokenId"
            | "IncompleteSignature"
            | "MissingAuthenticationToken" => Self::Unreadable(format!(
                "cannot be read: the AWS credentials are not accepted ({code}: {message})"
            )),
            // A gateway on the way may fail in words of its own.
            _ => match status.map(StatusCode::as_u16) {
                Some(429) => Self::Throttled(format!(
                    "cannot be read: the requests were throttled, HTTP 429 ({code}: {message})"
                )),
                Some(status @ 500..) => Self::Unavailable(format!(
                    "cannot be read: Parameter Store failed with HTTP {status} ({code}: {message})"
                )),
                _ => Self::Unreadable(format!("cannot be read: {code}: {message}")),
            },
        }
    }

    /// `User: … is not authorized to perform: ssm:GetParameter on resource: arn:… because …`
    fn of_denial(message: &str) -> Self {
        let after = |marker: &str| {
            let rest = message.split_once(marker)?.1;
            rest.split_whitespace().next().map(str::to_owned)
        };
        let (mut action, resource) = (after("perform: "), after("resource: "));
        let says_more = action.is_none() || message.contains("explicit deny");
        if action.is_none() && !message.contains("KMS") && message.contains("Secrets Manager") {
            action = Some(secret::GET_SECRET_VALUE.to_owned());
        }
        match (&action, &resource) {
            // No parameter has this ARN: the service could not make one of the name.
            (_, Some(any)) if any.contains(":ssm:") && any.ends_with(":*") => {
                Self::UnreadableName(format!(
                    "is not well formed: the service denies it on `{any}`, which stands for no \
                     parameter; look at its name, not at the policy"
                ))
            }
            // KMS, by the mouth of Parameter Store.
            (None, _) if message.contains("KMS") || message.contains("ciphertext") => {
                Self::UnreadableName(format!(
                    "cannot be decrypted: the role needs `kms:Decrypt` on the key that it is \
                     encrypted with, and the key has to be there ({message})"
                ))
            }
            _ => {
                let words = says_more.then(|| message.to_owned());
                Self::Denied(Denial { action, resource, words })
            }
        }
    }

    /// Of what went wrong before there was a request.
    fn of_setup(error: &(dyn StdError + 'static)) -> Self {
        let words = words(error);
        match credentials_error(error) {
            Some(CredentialsError::CredentialsNotLoaded(_)) => Self::Unreadable(format!(
                "cannot be read: there are no AWS credentials; give the function a role, or set \
                 `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY` ({words})"
            )),
            Some(CredentialsError::ProviderTimedOut(_)) => Self::Unavailable(format!(
                "cannot be read: the AWS credentials could not be had in time ({words})"
            )),
            Some(_) => Self::Unreadable(format!(
                "cannot be read: the AWS credentials could not be had ({words})"
            )),
            None => Self::Unreadable(format!("cannot be read: {words}")),
        }
    }

    /// Whether it is this very action that is denied, and not one behind it such as `kms:Decrypt`.
    pub(super) fn denies(&self, action: &str) -> bool {
        match self {
            Self::Denied(denial) => denial.action.as_deref().is_none_or(|it| it == action),
            _ => false,
        }
    }

    /// The answer for a name, where `action` is the one that the role is told to need.
    pub(super) fn into_answer(self, name: &ParameterName<'_>, action: &str) -> Answer {
        match self {
            Self::Denied(Denial { action: Some(action), resource, words })
                if action == secret::GET_SECRET_VALUE =>
            {
                Answer::Denied { action, resource: secret::resource(name, resource), words }
            }
            failure => failure.into_answer_on(&name.resource(), action),
        }
    }

    /// The same for anything that has a resource: `parameter/app/key`.
    pub(super) fn into_answer_on(self, resource: &str, action: &str) -> Answer {
        match self {
            Self::Missing => Answer::Missing,
            Self::Denied(denial) => Answer::Denied {
                action: match denial.action {
                    Some(other) if !other.starts_with("ssm:GetParameter") => other,
                    _ => action.to_owned(),
                },
                resource: denial.resource.unwrap_or_else(|| format!("…:{resource}")),
                words: denial.words,
            },
            Self::UnreadableName(why) | Self::Unreadable(why) => Answer::Unreadable(why),
            Self::Throttled(why) | Self::OutOfTime(why) | Self::Unavailable(why) => {
                Answer::Unavailable(why)
            }
        }
    }
}

fn credentials_error<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a CredentialsError> {
    chain(error).find_map(|error| error.downcast_ref::<CredentialsError>())
}

/// An error and what caused it.
fn chain<'a>(
    error: &'a (dyn StdError + 'static),
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |error| (**error).source())
}

/// All that in one line, each text once.
fn words(error: &(dyn StdError + 'static)) -> String {
    let mut words: Vec<String> = Vec::new();
    for error in chain(error) {
        // Each provider of credentials has a line of its own.
        let text = error.to_string().lines().map(str::trim).collect::<Vec<_>>().join("; ");
        if words.last().is_none_or(|last| !last.contains(&text)) {
            words.push(text);
        }
    }
    words.join(": ")
}

#[cfg(test)]
mod tests;
