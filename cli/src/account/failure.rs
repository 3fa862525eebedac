//! Why a call failed, in one line.
//!
//! `Debug` of an error of the SDK contains the reply, and so perhaps a value. So this uses only the
//! code and the message of the service, and the `Display` of other errors.

use std::error::Error as StdError;
use std::fmt;
use std::iter;

use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_ssm::config::http::HttpResponse;
use aws_sdk_ssm::error::{ProvideErrorMetadata, SdkError};

use crate::error::Error;
use crate::print::one_line;

#[derive(Debug, Clone)]
pub(crate) struct Failure {
    /// The service's name of the error.
    code: Option<String>,
    text: String,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// There was an answer, and it is not what was asked for.
    Answer,
    /// There are no credentials, or they are not accepted.
    Credentials,
    /// There was no answer.
    Connection,
}

impl Failure {
    pub(crate) fn other(text: &str) -> Self {
        Self { code: None, text: text.to_owned(), kind: Kind::Answer }
    }

    pub(crate) fn is(&self, code: &str) -> bool {
        self.code.as_deref() == Some(code)
    }

    /// Whether there was an answer. Without one, no other call fares better.
    pub(crate) fn is_answer(&self) -> bool {
        self.kind == Kind::Answer
    }

    /// Whether the parameter, or the version of it, does not exist.
    pub(crate) fn is_missing(&self) -> bool {
        self.is("ParameterNotFound") || self.is("ParameterVersionNotFound")
    }

    pub(crate) fn is_denied(&self) -> bool {
        self.is("AccessDeniedException")
    }

    /// Without a value that the service may quote: `Value 's3cret' at 'value' failed to satisfy
    /// constraint`.
    pub(crate) fn without(mut self, value: &str) -> Self {
        let value = one_line(value);
        // What is shorter is no secret, and may be a part of anything.
        if value.len() > 3 {
            self.text = self.text.replace(&value, "[the value]");
        }
        self
    }

    /// Whether there are none, or they are not accepted: then no other call works either.
    pub(crate) fn is_about_credentials(&self) -> bool {
        self.kind == Kind::Credentials
    }
}

impl<E> From<SdkError<E, HttpResponse>> for Failure
where
    E: ProvideErrorMetadata + StdError + 'static,
{
    fn from(error: SdkError<E, HttpResponse>) -> Self {
        if let Some(code) = error.code() {
            let message = one_line(error.message().unwrap_or_default());
            let text = if message.is_empty() { code.to_owned() } else { message };
            let kind = match code {
                "UnrecognizedClientException"
                | "InvalidClientTokenId"
                | "InvalidSignatureException"
                | "SignatureDoesNotMatch"
                | "ExpiredToken"
                | "ExpiredTokenException" => Kind::Credentials,
                _ => Kind::Answer,
            };
            return Self { code: Some(code.to_owned()), text, kind };
        }
        let credentials = causes(&error).find_map(|it| it.downcast_ref::<CredentialsError>());
        let (text, kind) = match credentials {
            Some(CredentialsError::CredentialsNotLoaded(_)) => {
                ("there are none".to_owned(), Kind::Credentials)
            }
            Some(error) => (said(error), Kind::Credentials),
            None if error.raw_response().is_some() => (said(&error), Kind::Answer),
            // The first two say only that there was none.
            None => (said(causes(&error).nth(2).unwrap_or(&error)), Kind::Connection),
        };
        Self { code: None, text: one_line(&text), kind }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        if failure.is_about_credentials() {
            return Self::new(format!("the AWS credentials do not work: {failure}"))
                .help("log in, for example with `aws sso login`, or choose another `--profile`");
        }
        Self::new(failure.text)
    }
}

/// An error and its causes, without repetition.
fn said(error: &(dyn StdError + 'static)) -> String {
    let mut said: Vec<String> = Vec::new();
    for cause in causes(error) {
        let text = cause.to_string();
        if !text.is_empty() && said.last().is_none_or(|last| !last.contains(&text)) {
            said.push(text);
        }
    }
    said.join(": ")
}

fn causes<'a>(
    error: &'a (dyn StdError + 'static),
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    iter::successors(Some(error), |&error: &&'a (dyn StdError + 'static)| error.source())
}
