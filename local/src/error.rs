//! Errors in the service's words.

use std::borrow::Cow;
use std::fmt::Display;

use crate::location::Location;

pub(crate) type Result<T, E = ServiceError> = std::result::Result<T, E>;

/// The error that the service answers.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code}{}{message}", if message.is_empty() { "" } else { ": " })]
pub struct ServiceError {
    code: Cow<'static, str>,
    message: String,
}

impl ServiceError {
    pub(crate) fn new(code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self { code: code.into(), message: message.into() }
    }

    pub(crate) fn validation(message: impl Into<String>) -> Self {
        Self::new("ValidationException", message)
    }

    /// The service sends no message with this code.
    pub(crate) fn not_found() -> Self {
        Self::new("ParameterNotFound", "")
    }

    pub(crate) fn version_not_found(version: impl Display, name: &str) -> Self {
        let message = format!(
            "Systems Manager could not find version {version} of {name}. Verify the version and \
             try again."
        );
        Self::new("ParameterVersionNotFound", message)
    }

    /// The caller has no policy that allows the action.
    pub(crate) fn not_allowed(here: &Location, action: &str, arn: &str) -> Self {
        let why = format!("because no identity-based policy allows the {action} action");
        Self::access_denied(here, action, arn, &why)
    }

    /// The caller has a policy that denies the action.
    pub(crate) fn denied(here: &Location, action: &str, arn: &str) -> Self {
        Self::access_denied(here, action, arn, "with an explicit deny in an identity-based policy")
    }

    fn access_denied(here: &Location, action: &str, arn: &str, why: &str) -> Self {
        let user = here.user();
        let message =
            format!("User: {user} is not authorized to perform: {action} on resource: {arn} {why}");
        Self::new("AccessDeniedException", message)
    }

    pub(crate) fn internal() -> Self {
        Self::new("InternalServerError", "An error occurred on the server side.")
    }

    pub(crate) fn key_disabled(arn: &str) -> Self {
        let message = format!(
            "{arn} is disabled. (Service: AWSKMS; Status Code: 400; Error Code: DisabledException)"
        );
        Self::new("InvalidKeyId", message)
    }

    pub(crate) fn no_key(arn: &str) -> Self {
        let message = format!(
            "Key '{arn}' does not exist (Service: AWSKMS; Status Code: 400; Error Code: \
             NotFoundException)"
        );
        Self::new("InvalidKeyId", message)
    }

    /// Whether it fails a whole batch. A name that does not exist fails by itself.
    pub(crate) fn fails_a_batch(&self) -> bool {
        !matches!(
            self.code(),
            "ParameterNotFound" | "ParameterVersionNotFound" | "ValidationException"
        )
    }

    /// Such as `ParameterNotFound`.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The service's message, which may be empty.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The HTTP status of the answer.
    pub(crate) fn status(&self) -> u16 {
        match self.code() {
            "InternalServerError" => 500,
            "RequestEntityTooLargeException" => 413,
            _ => 400,
        }
    }

    /// The body of the answer.
    pub(crate) fn to_json(&self) -> serde_json::Value {
        let mut body = serde_json::json!({ "__type": self.code });
        if !self.message.is_empty() {
            body["message"] = self.message.as_str().into();
        }
        body
    }
}

/// The store refuses to put or label a parameter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("parameter `{name}` is refused: {because}")]
pub struct Refused {
    name: String,
    #[source]
    because: ServiceError,
}

impl Refused {
    pub(crate) fn new(name: impl Into<String>, because: ServiceError) -> Self {
        Self { name: name.into(), because }
    }

    /// The parameter's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The error that the service would answer.
    pub fn because(&self) -> &ServiceError {
        &self.because
    }
}
