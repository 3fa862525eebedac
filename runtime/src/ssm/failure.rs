//! The errors of the SDK in plain words.
//!
//! The SDK's `Debug` of a reply holds the values, and some of its errors hold the reply. So only
//! error codes, messages and the `Display` of error sources are ever looked at.

use std::error::Error as StdError;

use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_ssm::config::http::HttpResponse;
use aws_sdk_ssm::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_ssm::operation::get_parameter::GetParameterError;
use aws_sdk_ssm::operation::get_parameters::GetParametersError;
use aws_smithy_runtime_api::client::interceptors::context::Error as AnyError;
use aws_smithy_runtime_api::client::orchestrator::OrchestratorError;

use crate::source::Answer;

/// Why a call gave no parameter.
#[derive(Debug, Clone)]
pub(super) enum Failure {
    Missing,
    /// The role may not; the service's words.
    Denied(Denial),
    /// It is the name or the value of one parameter that cannot be read.
    UnreadableName(String),
    Unreadable(String),
    Unavailable(String),
}

/// What a denied call was denied, as far as the service says so.
#[derive(Debug, Clone)]
pub(super) struct Denial {
    action: Option<String>,
    resource: Option<String>,
}

/// Where a call went, and how its last attempt failed.
#[derive(Debug, Default)]
pub(super) struct Attempt {
    pub(super) endpoint: Option<String>,
    failure: Option<Failure>,
}

impl Attempt {
    pub(super) fn failed(&mut self, error: &OrchestratorError<AnyError>) {
        let of_one =
            |error: &AnyError| error.downcast_ref::<GetParameterError>().map(Failure::of_service);
        let of_many =
            |error: &AnyError| error.downcast_ref::<GetParametersError>().map(Failure::of_service);
        self.failure = match (error.as_operation_error(), error.as_connector_error()) {
            (Some(error), _) => of_many(error).or_else(|| of_one(error)),
            (None, Some(error)) => Some(self.no_connection(error)),
            (None, None) => None,
        };
    }

    fn no_connection(&self, error: &(dyn StdError + 'static)) -> Failure {
        let endpoint = self.endpoint.as_deref().unwrap_or("Parameter Store");
        let words = words(error);
        Failure::Unavailable(format!("cannot be read: no connection to {endpoint} ({words})"))
    }
}

impl Failure {
    /// Of a call that failed, whose last attempt was this.
    pub(super) fn of<E>(error: &SdkError<E, HttpResponse>, last: Attempt) -> Self
    where
        E: ProvideErrorMetadata + StdError + 'static,
    {
        match error {
            SdkError::ServiceError(context) => Self::of_service(context.err()),
            SdkError::TimeoutError(_) => last.failure.unwrap_or_else(|| {
                Self::Unavailable(match last.endpoint {
                    Some(endpoint) => format!("cannot be read: no answer from {endpoint} in time"),
                    None => "cannot be read: no AWS credentials were found in time".to_owned(),
                })
            }),
            SdkError::DispatchFailure(failure) => match failure.as_connector_error() {
                Some(error) if error.is_io() || error.is_timeout() => last.no_connection(error),
                Some(error) => Self::of_setup(error),
                None => Self::of_setup(error),
            },
            SdkError::ResponseError(_) => Self::Unavailable(
                "cannot be read: the reply of Parameter Store is not one of its own".to_owned(),
            ),
            _ => Self::of_setup(error),
        }
    }

    /// A reply without the parameter in it.
    pub(super) fn incomplete() -> Self {
        Self::Unavailable("cannot be read: the reply of Parameter Store is incomplete".to_owned())
    }

    fn of_service(error: &impl ProvideErrorMetadata) -> Self {
        let message = error.message().unwrap_or("no further word");
        // Some gateways put a namespace in front: `com.amazonaws#ThrottlingException`.
        let code = error.code().unwrap_or("an error without a code");
        let code = code.rsplit('#').next().unwrap_or(code);
        match code {
            "ParameterNotFound" | "ParameterVersionNotFound" => Self::Missing,
            "AccessDeniedException" => Self::of_denial(message),
            "InvalidKeyId" => Self::UnreadableName(format!(
                "cannot be decrypted: its KMS key is missing, disabled or not accessible ({message})"
            )),
            "ValidationException" => Self::UnreadableName(format!(
                "is refused by Parameter Store as not well formed ({message})"
            )),
            "ThrottlingException"
            | "Throttling"
            | "RequestLimitExceeded"
            | "TooManyRequestsException" => Self::Unavailable(format!(
                "cannot be read: Parameter Store throttled each attempt ({message}); its limit is \
                 shared by all that read in this account and Region, and can be raised there"
            )),
            "InternalServerError" | "InternalFailure" | "ServiceUnavailable" => Self::Unavailable(
                format!("cannot be read: Parameter Store failed ({code}: {message})"),
            ),
            "ExpiredTokenException"
            | "ExpiredToken"
            | "UnrecognizedClientException"
            | "InvalidSignatureException"
            | "InvalidClientTokenId"
            | "IncompleteSignature"
            | "MissingAuthenticationToken" => Self::Unreadable(format!(
                "cannot be read: the AWS credentials are not accepted ({code}: {message})"
            )),
            _ => Self::Unreadable(format!("cannot be read: {code}: {message}")),
        }
    }

    /// `User: … is not authorized to perform: ssm:GetParameter on resource: arn:… because …`
    fn of_denial(message: &str) -> Self {
        let after = |marker: &str| {
            let rest = message.split_once(marker)?.1;
            rest.split_whitespace().next().map(str::to_owned)
        };
        let (action, resource) = (after("perform: "), after("resource: "));
        match &resource {
            // No parameter has this ARN: the service could not make one of the name.
            Some(any) if any.contains(":ssm:") && any.ends_with(":*") => {
                Self::UnreadableName(format!(
                    "is not well formed: the service denies it on `{any}`, which stands for no \
                     parameter; look at its name, not at the policy"
                ))
            }
            _ => Self::Denied(Denial { action, resource }),
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
    pub(super) fn into_answer(self, action: &str) -> Answer {
        match self {
            Self::Missing => Answer::Missing,
            Self::Denied(denial) => Answer::Denied {
                action: match denial.action {
                    Some(other) if !other.starts_with("ssm:GetParameter") => other,
                    _ => action.to_owned(),
                },
                resource: denial.resource.unwrap_or_else(|| "the parameter".to_owned()),
            },
            Self::UnreadableName(why) | Self::Unreadable(why) => Answer::Unreadable(why),
            Self::Unavailable(why) => Answer::Unavailable(why),
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
