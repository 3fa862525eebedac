//! A parameter or secret to put into the store.

use std::fmt;

use stage_config_names::SECRETS;

/// The staging label of the version that is read by default.
pub(crate) const CURRENT: &str = "AWSCURRENT";

/// A parameter or secret to put into the store.
///
/// The store checks its name and value by the service's rules. A value of more than 4 KB makes it an
/// advanced parameter, which may have 8 KB.
///
/// ```
/// use stage_config_local::Parameter;
///
/// let key = Parameter::secure_string("/stripeSecretKey/test", "sk_test_1")
///     .description("Stripe, test mode");
/// assert!(!format!("{key:?}").contains("sk_test_1"));
/// ```
#[derive(Clone, PartialEq, Eq)]
#[must_use]
pub struct Parameter {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) value: String,
    pub(crate) description: Option<String>,
    /// Only for a `SecureString`; without it, the key that AWS manages.
    pub(crate) key_id: Option<String>,
    /// Only for a secret; without it, the store chooses one.
    pub(crate) version_id: Option<String>,
    /// Only for a secret; without them, it becomes the current version.
    pub(crate) staging_labels: Option<Vec<String>>,
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

    /// A `StringList`: items separated by commas. An item cannot contain a comma.
    pub fn string_list(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self::new(name.into(), Kind::StringList, value.into())
    }

    /// A `SecureString`, given in plain text. A request without decryption gets text that looks like
    /// ciphertext.
    pub fn secure_string(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self::new(name.into(), Kind::SecureString, value.into())
    }

    /// A version of a secret of Secrets Manager, under the secret's own name. Parameter Store reads
    /// it as `/aws/reference/secretsmanager/NAME`.
    ///
    /// It becomes the current version, `AWSCURRENT`, and the version before it `AWSPREVIOUS`.
    ///
    /// ```
    /// use stage_config_local::{LocalStore, Parameter};
    ///
    /// let store = LocalStore::start([
    ///     Parameter::secret("stripe/test", "sk_test_1"), // now `stripe/test:AWSPREVIOUS`
    ///     Parameter::secret("stripe/test", "sk_test_2"),
    ///     Parameter::secret("stripe/test", "sk_test_3").staging_labels(&["AWSPENDING"]),
    /// ])?;
    /// # Ok::<(), stage_config_local::StartError>(())
    /// ```
    pub fn secret(name: impl AsRef<str>, value: impl Into<String>) -> Self {
        let name = name.as_ref();
        let name = name.strip_prefix(SECRETS).unwrap_or(name);
        Self::secure_string(format!("{SECRETS}{name}"), value)
    }

    /// Whether it is a secret of Secrets Manager.
    pub(crate) fn is_secret(&self) -> bool {
        self.kind == Kind::SecureString && self.name.starts_with(SECRETS)
    }

    fn new(name: String, kind: Kind, value: String) -> Self {
        Self {
            name,
            kind,
            value,
            description: None,
            key_id: None,
            version_id: None,
            staging_labels: None,
        }
    }

    /// The description, which `DescribeParameters` returns.
    pub fn description(mut self, text: impl Into<String>) -> Self {
        self.description = Some(text.into());
        self
    }

    /// The KMS key of a `SecureString`: its id, its ARN, or an alias such as `alias/orders`. Whoever
    /// reads the value then needs `kms:Decrypt` on [that key](crate::LocalStore::key_arn).
    pub fn key_id(mut self, id: impl Into<String>) -> Self {
        self.key_id = Some(id.into());
        self
    }

    /// The id of this version of a secret: 32 to 64 characters, usually a UUID. By default, the store
    /// chooses one.
    pub fn version_id(mut self, id: impl Into<String>) -> Self {
        self.version_id = Some(id.into());
        self
    }

    /// The staging labels of this version of a secret, instead of `AWSCURRENT`. They move from other
    /// versions to this one. Without any, the version can only be read by its id.
    pub fn staging_labels(mut self, staging_labels: &[&str]) -> Self {
        self.staging_labels = Some(staging_labels.iter().map(|&it| it.to_owned()).collect());
        self
    }
}

/// Without the value, which may be a secret.
impl fmt::Debug for Parameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Parameter")
            .field("name", &self.name)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}
