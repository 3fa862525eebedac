//! Errors in the service's words.

use rustack_ssm_model::error::{SsmError, SsmErrorCode};

/// What the service would answer instead of doing as it was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code}{}{message}", if message.is_empty() { "" } else { ": " })]
pub struct ServiceError {
    code: &'static str,
    message: String,
}

impl ServiceError {
    pub(crate) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }

    pub(crate) fn validation(message: impl Into<String>) -> Self {
        Self::new("ValidationException", message)
    }

    /// The service says no more than the code.
    pub(crate) fn not_found() -> Self {
        Self::new("ParameterNotFound", "")
    }

    /// Whether this fails all of a batch; where a name just leads nowhere, the others are answered.
    pub(crate) fn fails_a_batch(&self) -> bool {
        !matches!(
            self.code,
            "ParameterNotFound" | "ParameterVersionNotFound" | "ValidationException"
        )
    }

    /// Such as `ParameterNotFound`.
    pub fn code(&self) -> &str {
        self.code
    }

    /// The service's text, which may be empty.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The HTTP status that it is answered with.
    pub(crate) fn status(&self) -> u16 {
        if self.code == "InternalServerError" { 500 } else { 400 }
    }

    /// The body of the answer.
    pub(crate) fn to_json(&self) -> String {
        let mut body = serde_json::json!({ "__type": self.code });
        if !self.message.is_empty() {
            body["message"] = self.message.as_str().into();
        }
        body.to_string()
    }
}

/// A parameter is not put, or not labelled.
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

    /// What the service would answer.
    pub fn because(&self) -> &ServiceError {
        &self.because
    }
}

/// The storage's codes are the service's but for a few.
impl From<SsmError> for ServiceError {
    fn from(error: SsmError) -> Self {
        let code = match error.code {
            SsmErrorCode::ParameterNotFound => return Self::not_found(),
            SsmErrorCode::HierarchyTypeMismatch => "HierarchyTypeMismatchException",
            SsmErrorCode::HierarchyLevelLimitExceeded => "HierarchyLevelLimitExceededException",
            _ => return Self::new(error.code.error_type(), error.message),
        };
        Self::new(code, error.message)
    }
}
