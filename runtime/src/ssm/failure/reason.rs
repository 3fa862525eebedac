//! The reason of a failure, for the reader of an error.
//!
//! What the service says is [quoted](quote). The sentence around it is formatted for the error, not
//! for each attempt.

use std::fmt;

use crate::ssm::place::Place;
use crate::ssm::quote::quote;

/// Why a call gave no parameter, for the reader of an error.
#[derive(Debug, Clone)]
pub(in crate::ssm) enum Reason {
    /// KMS does not decrypt it, because of the key.
    Key(Words),
    /// KMS does not decrypt it, because of the role.
    Decrypt(Words),
    ToBeDeleted(Words),
    NotWellFormed(Words),
    /// It is denied on a resource that cannot be a parameter.
    NoResource(Words),
    Throttled(Words),
    Failed(Words),
    Clock(Words),
    /// The service does not accept the credentials.
    Unaccepted(Words),
    /// An error of which only the code is known.
    Service(Words),
    /// A reply that does not come from the service.
    Strange(u16, Place),
    Torn,
    TooLong,
    /// A reply that lacks the parameter.
    Incomplete,
    NoConnection(Place, Words),
    Silence(Option<Place>),
    Impossible(Place),
    NoCredentials(Words),
    LateCredentials(Words),
    NoneOfCredentials(Words),
    /// `aws-config` is built without a feature that the credentials need.
    Feature(Words),
    Setup(Words),
    NoTime,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(words) => {
                write!(f, "its KMS key is missing, disabled or not accessible ({words})")
            }
            Self::Decrypt(words) => write!(
                f,
                "the role needs `kms:Decrypt` on the KMS key that encrypts it, and the key has to \
                 exist ({words})"
            ),
            Self::NotWellFormed(words) => {
                write!(f, "Parameter Store refuses it as not well formed ({words})")
            }
            Self::NoResource(resource) => write!(
                f,
                "its name is not well formed: the service denies it on `{resource}`, which is not \
                 the ARN of a parameter; check the name, not the policy"
            ),
            Self::ToBeDeleted(words) => write!(
                f,
                "Secrets Manager refuses it, as it does for a secret that is scheduled for deletion \
                 ({words})"
            ),
            Self::Throttled(words) => write!(
                f,
                "Parameter Store throttled the requests ({words}); all readers in this account \
                 and Region share its limit, which can be raised there"
            ),
            Self::Failed(words) => write!(f, "Parameter Store failed ({words})"),
            Self::Clock(words) => {
                write!(f, "the clock is off, or the request was delayed ({words})")
            }
            Self::Unaccepted(words) => write!(f, "the AWS credentials are not accepted ({words})"),
            Self::Strange(status, place) => write!(
                f,
                "the reply is not from Parameter Store, HTTP {status}; check {}",
                place.answerer()
            ),
            Self::Torn => f.write_str("the reply is not from Parameter Store, or it is truncated"),
            Self::TooLong => f.write_str(
                "the reply is longer than 1 MB, which no reply of Parameter Store is; check the \
                 endpoint",
            ),
            Self::Incomplete => f.write_str("the reply of Parameter Store does not contain it"),
            Self::NoConnection(place, words) => write!(f, "no connection to {place} ({words})"),
            Self::Silence(Some(place)) => write!(f, "no answer from {place} in time"),
            Self::Silence(None) => f.write_str("no AWS credentials were found in time"),
            Self::Impossible(place) => {
                write!(f, "no request can be sent to {place}, which is not the URL of a web server")
            }
            Self::NoCredentials(words) => write!(
                f,
                "there are no AWS credentials; give the function a role, or set \
                 `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY` ({words})"
            ),
            Self::LateCredentials(words) => {
                write!(f, "the AWS credentials did not load in time ({words})")
            }
            Self::NoneOfCredentials(words) => {
                write!(f, "the AWS credentials could not be loaded ({words})")
            }
            Self::Feature(feature) => write!(
                f,
                "the AWS credentials need a feature that `aws-config` is built without; add to \
                 `Cargo.toml`: `aws-config = {{ version = \"1\", default-features = false, \
                 features = [\"{feature}\"] }}`"
            ),
            Self::NoTime => f.write_str("no time is left to request it"),
            Self::Service(words) | Self::Setup(words) => write!(f, "{words}"),
        }
    }
}

/// A quoted message.
#[derive(Debug, Clone)]
pub(in crate::ssm) struct Words(String);

impl Words {
    pub(super) fn new(text: &str) -> Self {
        Self(quote(text))
    }

    pub(super) fn say(&self, text: &str) -> bool {
        self.0.contains(text)
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
