//! A name that is passed around: from a request to its answer.

use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use crate::error::NameError;
use crate::name::{ParameterName, SECRETS};

/// The name of a parameter, a secret or a path, as a load requests it from Parameter Store.
///
/// It is a key: `Key` and `/Key` are the same parameter, so the two names are equal. Any text can be
/// a name, because a source may have its own rules; [`parse`](Self::parse) applies those of
/// Parameter Store.
///
/// ```
/// use stage_config_names::Name;
///
/// assert_eq!(Name::from("Key:3"), Name::from("/Key:3"));
/// assert_ne!(Name::from("/Key:3"), Name::from("/Key"));
/// assert_eq!(Name::from("Key").as_str(), "Key");
/// ```
#[derive(Clone)]
pub struct Name(Text);

/// A load has each name several times, in its request and as a key of the answers.
#[derive(Clone)]
enum Text {
    Static(&'static str),
    Shared(Arc<str>),
}

impl Name {
    /// The name under which Parameter Store reads a secret of Secrets Manager.
    ///
    /// ```
    /// use stage_config_names::Name;
    ///
    /// let name = Name::from_secret("stripe/live");
    /// assert_eq!(name.as_str(), "/aws/reference/secretsmanager/stripe/live");
    /// assert_eq!(name.own(), "stripe/live");
    /// ```
    pub fn from_secret(name: &str) -> Self {
        format!("{SECRETS}{name}").into()
    }

    /// As it was written.
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Text::Static(text) => text,
            Text::Shared(text) => text,
        }
    }

    /// The name of a secret in Secrets Manager; any other name as it was written.
    pub fn own(&self) -> &str {
        self.as_str().strip_prefix(SECRETS).unwrap_or(self.as_str())
    }

    /// Whether Parameter Store reads it from Secrets Manager.
    pub fn is_secret(&self) -> bool {
        self.as_str().starts_with(SECRETS)
    }

    /// Its parts.
    ///
    /// # Errors
    /// The first rule of Parameter Store that it breaks, and where.
    pub fn parse(&self) -> Result<ParameterName<'_>, NameError> {
        ParameterName::parse(self.as_str())
    }

    /// What equal names have in common.
    fn key(text: &str) -> &str {
        match text.strip_prefix('/') {
            Some(bare) if !bare.contains('/') => bare,
            _ => text,
        }
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        *self == *other.as_str()
    }
}

impl Eq for Name {}

impl PartialEq<str> for Name {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other || Self::key(self.as_str()) == Self::key(other)
    }
}

impl Hash for Name {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let text = self.as_str();
        // Names that differ in their first slash alone are mostly, but not always, equal.
        text.strip_prefix('/').unwrap_or(text).hash(state);
    }
}

impl From<Cow<'static, str>> for Name {
    fn from(name: Cow<'static, str>) -> Self {
        match name {
            Cow::Borrowed(name) => Self(Text::Static(name)),
            Cow::Owned(name) => name.into(),
        }
    }
}

impl From<String> for Name {
    fn from(name: String) -> Self {
        Self(Text::Shared(name.into()))
    }
}

impl From<&String> for Name {
    fn from(name: &String) -> Self {
        Self::from(name.as_str())
    }
}

impl From<&str> for Name {
    fn from(name: &str) -> Self {
        Self(Text::Shared(name.into()))
    }
}

/// The fields of a generated `ConfigNames` are of this type.
impl From<&Cow<'static, str>> for Name {
    fn from(name: &Cow<'static, str>) -> Self {
        match name {
            Cow::Borrowed(name) => Self(Text::Static(name)),
            Cow::Owned(name) => name.into(),
        }
    }
}

impl From<&Self> for Name {
    fn from(name: &Self) -> Self {
        name.clone()
    }
}

/// The same text, without a copy if it is `'static`.
impl From<Name> for Cow<'static, str> {
    fn from(name: Name) -> Self {
        match name.0 {
            Text::Static(text) => text.into(),
            Text::Shared(text) => text.to_string().into(),
        }
    }
}

/// As it was written.
impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// As the text that it is.
impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}
