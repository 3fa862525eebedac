//! What a source answers for one name.

use std::fmt;

use secrecy::SecretString;

/// What a source has to say of one name.
#[derive(Clone)]
#[non_exhaustive]
pub enum Answer {
    /// The parameter exists.
    Found {
        /// Its text, decrypted.
        text: SecretString,
        /// Whether it is kept encrypted, as a SecureString. Errors then never quote it.
        secure: bool,
    },
    /// It does not exist.
    Missing,
    /// Reading it is not allowed.
    Denied {
        /// The action that is not allowed, such as `ssm:GetParameters`.
        action: String,
        /// On what it would have to be allowed, such as
        /// `arn:aws:ssm:us-east-1:111122223333:parameter/app/key`.
        resource: String,
        /// The service's own words, where they say more than this.
        words: Option<String>,
    },
    /// It cannot be had, and trying again does not help: why, to be read on from "parameter …".
    Unreadable(String),
    /// It cannot be had for a passing reason: which, to be read on from "parameter …".
    Unavailable(String),
}

impl Answer {
    /// The text of a parameter that is not encrypted.
    pub fn found(text: impl Into<String>) -> Self {
        Self::Found { text: text.into().into(), secure: false }
    }

    /// The text of a SecureString.
    pub fn secure(text: impl Into<String>) -> Self {
        Self::Found { text: text.into().into(), secure: true }
    }

    /// What may not be read, since this action on this resource is not allowed.
    pub fn denied(action: impl Into<String>, resource: impl Into<String>) -> Self {
        Self::Denied { action: action.into(), resource: resource.into(), words: None }
    }
}

/// Without the text.
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
