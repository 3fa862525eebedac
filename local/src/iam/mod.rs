//! Policies of IAM, which decide what the caller may do.
//!
//! A part of a document that is not evaluated is refused when it is read, and never ignored.

mod condition;
mod document;
pub(crate) mod keys;
mod list;
mod pattern;

use std::str::FromStr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use document::{Document, Effect};

/// The policies of the caller. Without any, everything is allowed.
#[derive(Debug, Default)]
pub(crate) struct Policies(Mutex<Vec<Document>>);

/// What the caller wants to do.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Access<'a> {
    /// Such as `ssm:GetParameter`.
    pub(crate) action: &'a str,
    /// An ARN.
    pub(crate) resource: &'a str,
    /// The condition keys that this request has, and their values.
    pub(crate) context: &'a [(&'a str, &'a str)],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Allowed,
    /// No statement allows it.
    NotAllowed,
    /// A statement denies it, whatever others allow.
    Denied,
}

/// A policy that IAM would refuse, or that has a part which the store does not evaluate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct PolicyError(String);

impl Policies {
    pub(crate) fn add(&self, document: &str) -> Result<(), PolicyError> {
        let document = Document::from_str(document)?;
        self.documents().push(document);
        Ok(())
    }

    pub(crate) fn clear(&self) {
        self.documents().clear();
    }

    pub(crate) fn judge(&self, access: &Access<'_>) -> Verdict {
        let documents = self.documents();
        if documents.is_empty() {
            return Verdict::Allowed;
        }
        let mut verdict = Verdict::NotAllowed;
        let statements = documents.iter().flat_map(Document::statements);
        for statement in statements.filter(|statement| statement.is_for(access)) {
            match statement.effect {
                Effect::Deny => return Verdict::Denied,
                Effect::Allow => verdict = Verdict::Allowed,
            }
        }
        verdict
    }

    fn documents(&self) -> MutexGuard<'_, Vec<Document>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
