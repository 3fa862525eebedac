//! The answer of a source for one name.

use std::fmt;

use secrecy::SecretString;

/// The answer of a [`Source`](crate::Source) for one name.
#[derive(Clone)]
#[non_exhaustive]
pub enum Answer {
    /// The parameter exists.
    Found {
        /// Its value, decrypted.
        text: SecretString,
        /// Whether it is a SecureString. Errors never quote one.
        secure: bool,
    },
    /// The parameter does not exist.
    Missing,
    /// Reading the parameter is not allowed.
    Denied {
        /// The missing permission, such as `ssm:GetParameters`.
        action: String,
        /// The resource for which it is missing, such as
        /// `arn:aws:ssm:us-east-1:111122223333:parameter/app/key`.
        resource: String,
        /// The message of the service, if it says more.
        words: Option<String>,
    },
    /// The parameter cannot be read, and a retry does not help. The text continues the sentence
    /// "parameter …".
    Unreadable(String),
    /// The parameter cannot be read for a transient reason. The text continues the sentence
    /// "parameter …".
    Unavailable(String),
}

impl Answer {
    /// A parameter that is not encrypted.
    pub fn found(text: impl Into<String>) -> Self {
        Self::Found { text: text.into().into(), secure: false }
    }

    /// A SecureString.
    pub fn secure(text: impl Into<String>) -> Self {
        Self::Found { text: text.into().into(), secure: true }
    }

    /// A parameter that may not be read, because this action on this resource is not allowed.
    pub fn denied(action: impl Into<String>, resource: impl Into<String>) -> Self {
        Self::Denied { action: action.into(), resource: resource.into(), words: None }
    }
}

/// Without the value.
impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Found { secure, .. } => {
                f.debug_struct("Found").field("secure", secure).finish_non_exhaustive()
            }
            Self::Missing => f.write_str("Missing"),
            Self::Denied { action, resource, words } => f
                .debug_struct("Denied")
                .field("action", action)
                .field("resource", resource)
                .field("words", words)
                .finish(),
            Self::Unreadable(why) => f.debug_tuple("Unreadable").field(why).finish(),
            Self::Unavailable(why) => f.debug_tuple("Unavailable").field(why).finish(),
        }
    }
}
