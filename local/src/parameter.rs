//! A parameter to put into the store.

use std::fmt;

/// A parameter to put into the store, from code.
///
/// Whether its name and value are acceptable is for the store to say, by the service's rules. A
/// value of up to 4 KB makes it a standard parameter, one of up to 8 KB an advanced one.
///
/// ```
/// use stage_config_local::Parameter;
///
/// let key = Parameter::secure_string("/stripeSecretKey/test", "sk_test_1")
///     .description("Stripe, test mode");
/// assert_eq!(key.name(), "/stripeSecretKey/test");
/// assert!(!format!("{key:?}").contains("sk_test_1"));
/// ```
#[derive(Clone, PartialEq, Eq)]
#[must_use]
pub struct Parameter {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) value: String,
    pub(crate) description: Option<String>,
    pub(crate) key_id: Option<String>,
}

/// The type of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    String,
    StringList,
    SecureString,
}

impl Kind {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::String => "String",
            Self::StringList => "StringList",
            Self::SecureString => "SecureString",
        }
    }
}

impl Parameter {
    /// A `String`.
    pub fn string(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self::new(name.into(), Kind::String, value.into())
    }

    /// A `StringList`: items with a comma between them, which therefore have none themselves.
    pub fn string_list(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self::new(name.into(), Kind::StringList, value.into())
    }

    /// A `SecureString`, given in plain text. Whoever reads it without decryption is shown
    /// something that looks like ciphertext.
    pub fn secure_string(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self::new(name.into(), Kind::SecureString, value.into())
    }

    pub(crate) fn new(name: String, kind: Kind, value: String) -> Self {
        Self { name, kind, value, description: None, key_id: None }
    }

    /// Gives it a description, which `DescribeParameters` shows.
    pub fn description(mut self, text: impl Into<String>) -> Self {
        self.description = Some(text.into());
        self
    }

    /// The KMS key of a `SecureString`, as `DescribeParameters` shows it; `alias/aws/ssm` without.
    /// No key is needed here: it is but a name.
    pub fn key_id(mut self, key: impl Into<String>) -> Self {
        self.key_id = Some(key.into());
        self
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// Without the value, which may be a secret.
impl fmt::Debug for Parameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Parameter")
            .field("name", &self.name)
            .field("kind", &self.kind)
            .field("description", &self.description)
            .field("key_id", &self.key_id)
            .finish_non_exhaustive()
    }
}
