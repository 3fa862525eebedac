//! A parameter to put into the store.

use std::fmt;

use stage_config_names::SECRETS;

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
    /// Of a version of a secret; the store chooses one.
    pub(crate) version_id: Option<String>,
    /// Of a version of a secret; it becomes the current one.
    pub(crate) stages: Option<Vec<String>>,
}

/// The type of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    String,
    StringList,
    SecureString,
    /// A secret of Secrets Manager.
    Secret,
}

impl Kind {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::String => "String",
            Self::StringList => "StringList",
            Self::SecureString | Self::Secret => "SecureString",
        }
    }
}

/// Of the name of a reference the secret's own.
pub(crate) fn secret_name(reference: &str) -> &str {
    reference.strip_prefix(SECRETS).unwrap_or(reference)
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

    /// A version of a secret of Secrets Manager, which Parameter Store reads as
    /// `/aws/reference/secretsmanager/NAME`; the name given here is the secret's own.
    ///
    /// It is the current version, `AWSCURRENT`, and the one that was before becomes `AWSPREVIOUS`.
    ///
    /// ```
    /// use stage_config_local::{LocalStore, Parameter};
    ///
    /// let store = LocalStore::start([
    ///     Parameter::secret("stripe/test", "sk_test_1"), // now `stripe/test:AWSPREVIOUS`
    ///     Parameter::secret("stripe/test", "sk_test_2"),
    ///     Parameter::secret("stripe/test", "sk_test_3").stages(&["AWSPENDING"]),
    /// ])?;
    /// # Ok::<(), stage_config_local::StartError>(())
    /// ```
    pub fn secret(name: impl AsRef<str>, value: impl Into<String>) -> Self {
        let name = secret_name(name.as_ref());
        Self::new(format!("{SECRETS}{name}"), Kind::Secret, value.into())
    }

    pub(crate) fn new(name: String, kind: Kind, value: String) -> Self {
        Self { name, kind, value, description: None, key_id: None, version_id: None, stages: None }
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

    /// The id of this version of a secret, 32 to 64 characters, commonly a UUID; without, the store
    /// makes one up.
    pub fn version_id(mut self, id: impl Into<String>) -> Self {
        self.version_id = Some(id.into());
        self
    }

    /// The staging labels of this version of a secret, in place of `AWSCURRENT`; another version
    /// that had one loses it. Without any, it can be read by its id only.
    pub fn stages(mut self, stages: &[&str]) -> Self {
        self.stages = Some(stages.iter().map(|&stage| stage.to_owned()).collect());
        self
    }

    /// Its name; of a secret, the one by which Parameter Store reads it.
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
            .field("version_id", &self.version_id)
            .field("stages", &self.stages)
            .finish_non_exhaustive()
    }
}
