//! The version or label after a name.

use std::fmt;

use crate::error::{NameError, Reason};
use crate::limits::{MAX_LABEL, MAX_SECRET_VERSION, is_reserved};
use crate::name::character_outside;

/// A version of a parameter (`:3`), or the version with a label (`:blue`).
///
/// If it does not exist, the service returns an error, and not the latest version.
/// <https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-labels.html>
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Selector<'a> {
    /// A version, from 1.
    Version(u64),
    /// A label.
    Label(&'a str),
    /// A version id or staging label of a secret, such as `AWSPREVIOUS`.
    SecretVersion(&'a str),
}

impl<'a> Selector<'a> {
    /// Reads the text after the colon, which is at byte `offset - 1` of the whole name.
    pub(crate) fn parse(text: &'a str, offset: usize, of_secret: bool) -> Result<Self, NameError> {
        let whole = offset..offset + text.len();
        if text.is_empty() {
            return Err(NameError::new(offset - 1..offset, Reason::EmptySelector));
        }
        if let Some(second) = text.find(':') {
            return Err(NameError::new(offset + second..whole.end, Reason::SecondSelector));
        }
        if of_secret {
            if let Some((at, c)) = character_outside(text, offset, is_secret_character) {
                return Err(NameError::new(at, Reason::SecretCharacter(c)));
            }
            if text.len() > MAX_SECRET_VERSION {
                return Err(NameError::new(whole, Reason::LabelTooLong(text.len())));
            }
            return Ok(Self::SecretVersion(text));
        }
        if text.starts_with(|c: char| c.is_ascii_digit()) {
            return match text.parse::<i64>() {
                _ if text.starts_with('0') => Err(NameError::new(whole, Reason::VersionZero)),
                Ok(version) => Ok(Self::Version(version.unsigned_abs())),
                Err(_) if text.bytes().all(|b| b.is_ascii_digit()) => {
                    Err(NameError::new(whole, Reason::VersionTooLarge))
                }
                Err(_) => Err(NameError::new(whole, Reason::LabelBeginsWithDigit)),
            };
        }
        let is_label = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        if let Some((at, c)) = character_outside(text, offset, is_label) {
            return Err(NameError::new(at, Reason::LabelCharacter(c)));
        }
        if is_reserved(text) {
            return Err(NameError::new(offset..offset + 3, Reason::LabelReserved));
        }
        if text.len() > MAX_LABEL {
            return Err(NameError::new(whole, Reason::LabelTooLong(text.len())));
        }
        Ok(Self::Label(text))
    }
}

/// Whether it may be in the name of a secret, or in one of its versions.
pub(crate) fn is_secret_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '+' | '=' | '.' | '@' | '-')
}

/// Without the colon, as the `Selector` of a reply.
impl fmt::Display for Selector<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Version(version) => version.fmt(f),
            Self::Label(text) | Self::SecretVersion(text) => f.write_str(text),
        }
    }
}
