//! The kinds of names, and their rules.

use std::fmt;

use crate::error::{NameError, Reason};
use crate::name::{ParameterName, SECRETS, check_outer_blanks};
use crate::owned::Name;
use crate::path::check_path;
use crate::template;

/// The kind of a name, which decides its rules.
///
/// ```
/// use stage_config_names::NameKind;
///
/// assert!(NameKind::Parameter.check("/app/{stage}/key:3").is_ok());
/// assert!(NameKind::Secret.check("stripe+live@2:AWSPREVIOUS").is_ok());
/// assert!(NameKind::Path.check("/flags/dev").is_ok());
/// assert_eq!(
///     NameKind::Path.check("flags").unwrap_err().to_string(),
///     "does not begin with `/`"
/// );
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NameKind {
    /// A parameter.
    Parameter,
    /// A secret of Secrets Manager, by its name there.
    Secret,
    /// A path that contains parameters.
    Path,
}

impl NameKind {
    /// Checks a name, which may contain `{stage}`.
    ///
    /// # Errors
    /// The first rule that it breaks, with the position.
    pub fn check(self, text: &str) -> Result<(), NameError> {
        template::check_braces(text)?;
        self.check_plain(&template::with_stand_in(text))
    }

    fn check_plain(self, text: &str) -> Result<(), NameError> {
        match self {
            Self::Parameter => ParameterName::parse(text).map(drop),
            Self::Secret => check_secret(text),
            Self::Path => check_path(text),
        }
    }

    /// An example of such a name, as code.
    pub fn examples(self) -> &'static str {
        match self {
            Self::Parameter => r#"`"/app/key"`, `"/app/key:3"` or `"/app/key:label"`"#,
            Self::Secret => r#"`"app/key"` or `"app/key:AWSPREVIOUS"`"#,
            Self::Path => r#"`"/app/flags"`"#,
        }
    }

    /// The name that a load requests for what an attribute contains.
    ///
    /// ```
    /// use stage_config_names::NameKind;
    ///
    /// let name = NameKind::Secret.name("stripe/live");
    /// assert_eq!(name.as_str(), "/aws/reference/secretsmanager/stripe/live");
    /// ```
    pub fn name(self, text: impl Into<Name>) -> Name {
        match self {
            Self::Secret => Name::from_secret(text.into().as_str()),
            Self::Parameter | Self::Path => text.into(),
        }
    }
}

/// `parameter name`, `secret name`, `path`.
impl fmt::Display for NameKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Parameter => "parameter name",
            Self::Secret => "secret name",
            Self::Path => "path",
        })
    }
}

fn check_secret(text: &str) -> Result<(), NameError> {
    if text.is_empty() {
        return Err(NameError::new(0..0, Reason::SecretEmpty));
    }
    check_outer_blanks(text)?;
    if text.starts_with(SECRETS) {
        return Err(NameError::new(0..SECRETS.len(), Reason::SecretPrefix));
    }
    if text.starts_with("arn:") {
        return Err(NameError::new(0..text.len(), Reason::SecretArn));
    }
    ParameterName::parse(&format!("{SECRETS}{text}")).map(drop).map_err(|error| {
        let at = error.at();
        // If the name is missing, point at the slash of the prefix.
        let start = at.start.saturating_sub(SECRETS.len());
        NameError::new(start..at.end.saturating_sub(SECRETS.len()), error.reason())
    })
}
