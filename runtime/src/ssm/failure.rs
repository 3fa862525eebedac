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
use aws_smithy_runtime_api::http::StatusCode;
use stage_config_names::ParameterName;

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
    /// Takes note of the last attempt.
    pub(super) fn failed(
        &mut self,
        error: &OrchestratorError<AnyError>,
        status: Option<StatusCode>,
    ) {
        self.failure = match (error.as_operation_error(), error.as_connector_error()) {
            (Some(error), _) => {
                if let Some(error) = error.downcast_ref::<GetParametersError>() {
                    Some(Failure::of_service(error, status))
                } else {
                    let error = error.downcast_ref::<GetParameterError>();
                    error.map(|error| Failure::of_service(error, status))
                }
            }
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
            SdkError::ServiceError(context) => {
                Self::of_service(context.err(), Some(context.raw().status()))
            }
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

    fn of_service(error: &impl ProvideErrorMetadata, status: Option<StatusCode>) -> Self {
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
            // A gateway on the way may fail in words of its own.
            _ => match status.map(StatusCode::as_u16) {
                Some(status @ (429 | 500..)) => Self::Unavailable(format!(
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
    pub(super) fn into_answer(self, name: &ParameterName<'_>, action: &str) -> Answer {
        match self {
            Self::Missing => Answer::Missing,
            Self::Denied(denial) => Answer::Denied {
                action: match denial.action {
                    Some(other) if !other.starts_with("ssm:GetParameter") => other,
                    _ => action.to_owned(),
                },
                resource: denial.resource.unwrap_or_else(|| format!("…:{}", name.resource())),
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

#[cfg(test)]
mod tests {
    use aws_sdk_ssm::error::ErrorMetadata;
    use expect_test::{Expect, expect};

    use super::*;

    fn of(code: &str, message: &str) -> Failure {
        let error = ErrorMetadata::builder().code(code).message(message).build();
        Failure::of_service(&error, StatusCode::try_from(400).ok())
    }

    fn name() -> ParameterName<'static> {
        ParameterName::parse("/app/key:3").unwrap()
    }

    fn said(code: &str, message: &str, expected: &Expect) {
        expected.assert_eq(&format!(
            "{:?}",
            of(code, message).into_answer(&name(), "ssm:GetParameters")
        ));
    }

    #[test]
    fn what_the_service_says_in_plain_words() {
        said("ParameterNotFound", "", &expect!["Missing"]);
        said("ParameterVersionNotFound", "", &expect!["Missing"]);
        said(
            "InvalidKeyId",
            "disabled",
            &expect![[
                r#"Unreadable("cannot be decrypted: its KMS key is missing, disabled or not accessible (disabled)")"#
            ]],
        );
        said(
            "ValidationException",
            "bad name",
            &expect![[
                r#"Unreadable("is refused by Parameter Store as not well formed (bad name)")"#
            ]],
        );
        said(
            "ThrottlingException",
            "Rate exceeded",
            &expect![[
                r#"Unavailable("cannot be read: Parameter Store throttled each attempt (Rate exceeded); its limit is shared by all that read in this account and Region, and can be raised there")"#
            ]],
        );
        said(
            "com.amazonaws.ssm#ThrottlingException",
            "Rate exceeded",
            &expect![[
                r#"Unavailable("cannot be read: Parameter Store throttled each attempt (Rate exceeded); its limit is shared by all that read in this account and Region, and can be raised there")"#
            ]],
        );
        said(
            "InternalServerError",
            "sorry",
            &expect![[
                r#"Unavailable("cannot be read: Parameter Store failed (InternalServerError: sorry)")"#
            ]],
        );
        said(
            "ExpiredTokenException",
            "expired",
            &expect![[
                r#"Unreadable("cannot be read: the AWS credentials are not accepted (ExpiredTokenException: expired)")"#
            ]],
        );
        said(
            "UnrecognizedClientException",
            "invalid token",
            &expect![[
                r#"Unreadable("cannot be read: the AWS credentials are not accepted (UnrecognizedClientException: invalid token)")"#
            ]],
        );
        said(
            "SomethingNew",
            "what",
            &expect![[r#"Unreadable("cannot be read: SomethingNew: what")"#]],
        );
    }

    #[test]
    fn a_denial_names_action_and_resource() {
        let denied = |action: &str, resource: &str| {
            format!(
                "User: arn:aws:sts::111122223333:assumed-role/r/f is not authorized to perform: \
                 {action} on resource: {resource} because no identity-based policy allows it"
            )
        };
        let key = "arn:aws:ssm:us-east-1:111122223333:parameter/a";
        let failure = of("AccessDeniedException", &denied("ssm:GetParameter", key));
        assert!(failure.denies("ssm:GetParameter"));
        assert!(!failure.denies("ssm:GetParameters"));
        expect![[r#"Denied { action: "ssm:GetParameters", resource: "arn:aws:ssm:us-east-1:111122223333:parameter/a" }"#]].assert_eq(&format!("{:?}", failure.into_answer(&name(), "ssm:GetParameters")));

        // Behind the call there is another one.
        let kms = "arn:aws:kms:us-east-1:111122223333:key/k";
        let failure = of("AccessDeniedException", &denied("kms:Decrypt", kms));
        assert!(!failure.denies("ssm:GetParameter"));
        expect![[r#"Denied { action: "kms:Decrypt", resource: "arn:aws:kms:us-east-1:111122223333:key/k" }"#]].assert_eq(&format!("{:?}", failure.into_answer(&name(), "ssm:GetParameters")));

        // Without a word on what.
        let failure = of("AccessDeniedException", "no");
        assert!(failure.denies("ssm:GetParameter"));
        expect![[r#"Denied { action: "ssm:GetParameters", resource: "…:parameter/app/key" }"#]]
            .assert_eq(&format!("{:?}", failure.into_answer(&name(), "ssm:GetParameters")));

        // The resource that stands for no parameter.
        let none = "arn:aws:ssm:us-east-1:111122223333:*";
        let failure = of("AccessDeniedException", &denied("ssm:GetParameter", none));
        assert!(!failure.denies("ssm:GetParameter"));
        expect![[r#"Unreadable("is not well formed: the service denies it on `arn:aws:ssm:us-east-1:111122223333:*`, which stands for no parameter; look at its name, not at the policy")"#]].assert_eq(&format!("{:?}", failure.into_answer(&name(), "ssm:GetParameters")));
    }

    #[test]
    fn what_fails_in_words_of_its_own_passes_if_its_status_does() {
        let error = ErrorMetadata::builder().build();
        for (status, passes) in
            [(400, false), (428, false), (429, true), (499, false), (500, true), (503, true)]
        {
            let failure = Failure::of_service(&error, StatusCode::try_from(status).ok());
            let answer = failure.into_answer(&name(), "ssm:GetParameter");
            assert_eq!(matches!(answer, Answer::Unavailable(_)), passes, "{status}: {answer:?}");
        }
    }

    #[test]
    fn each_word_of_a_chain_is_said_once() {
        #[derive(Debug)]
        struct Error(&'static str, Option<Box<Error>>);
        impl std::fmt::Display for Error {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.0)
            }
        }
        impl StdError for Error {
            fn source(&self) -> Option<&(dyn StdError + 'static)> {
                self.1.as_deref().map(|error| error as _)
            }
        }
        let error = |text, source| Error(text, Some(Box::new(source)));
        let chain = error("a: b", error("b", error("c\n  d", Error("d", None))));
        assert_eq!(words(&chain), "a: b: c; d");
    }

    #[test]
    fn credentials_that_could_not_be_had() {
        let of = |error: CredentialsError| {
            format!("{:?}", Failure::of_setup(&error).into_answer(&name(), "ssm:GetParameter"))
        };
        expect![[r#"Unreadable("cannot be read: there are no AWS credentials; give the function a role, or set `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY` (the credential provider was not enabled: nothing there)")"#]].assert_eq(&of(CredentialsError::not_loaded("nothing there")));
        let timeout = CredentialsError::provider_timed_out(std::time::Duration::from_secs(5));
        expect![[r#"Unavailable("cannot be read: the AWS credentials could not be had in time (credentials provider timed out after 5 seconds)")"#]].assert_eq(&of(timeout));
        expect![[r#"Unreadable("cannot be read: the AWS credentials could not be had (an error occurred while loading credentials: refused)")"#]].assert_eq(&of(CredentialsError::provider_error("refused")));
    }
}
