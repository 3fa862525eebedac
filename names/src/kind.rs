//! The kinds of names, and their rules.

use std::borrow::Cow;
use std::fmt;

use crate::fault::{Fault, Reason};
use crate::name::{ParameterName, SECRETS, check_outer_blanks};
use crate::path::check_path;
use crate::template;

/// The kind of a name, which decides its rules.
///
/// ```
/// use stage_config_names::NameOf;
///
/// assert!(NameOf::Parameter.check("/app/{stage}/key:3").is_ok());
/// assert!(NameOf::Secret.check("stripe+live@2:AWSPREVIOUS").is_ok());
/// assert!(NameOf::Path.check("/flags/dev").is_ok());
/// assert_eq!(
///     NameOf::Path.check("flags").unwrap_err().to_string(),
///     "does not begin with `/`"
/// );
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameOf {
    /// A parameter.
    Parameter,
    /// A secret of Secrets Manager, by its name there.
    Secret,
    /// A path that contains parameters.
    Path,
}

impl NameOf {
    /// Checks a name, which may contain `{stage}`.
    ///
    /// # Errors
    /// The first rule that it breaks, with the position.
    pub fn check(self, text: &str) -> Result<(), Fault> {
        template::check_braces(text)?;
        self.check_plain(&template::with_stand_in(text))
    }

    fn check_plain(self, text: &str) -> Result<(), Fault> {
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

    /// The name in Parameter Store.
    ///
    /// ```
    /// use stage_config_names::NameOf;
    ///
    /// let asked = NameOf::Secret.asked("stripe/live");
    /// assert_eq!(asked, "/aws/reference/secretsmanager/stripe/live");
    /// ```
    pub fn asked(self, text: &str) -> Cow<'_, str> {
        match self {
            Self::Secret => Cow::Owned(format!("{SECRETS}{text}")),
            Self::Parameter | Self::Path => Cow::Borrowed(text),
        }
    }
}

/// `parameter name`, `secret name`, `path`.
impl fmt::Display for NameOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Parameter => "parameter name",
            Self::Secret => "secret name",
            Self::Path => "path",
        })
    }
}

fn check_secret(text: &str) -> Result<(), Fault> {
    if text.is_empty() {
        return Err(Fault::new(0..0, Reason::SecretEmpty));
    }
    check_outer_blanks(text)?;
    if text.starts_with(SECRETS) {
        return Err(Fault::new(0..SECRETS.len(), Reason::SecretPrefix));
    }
    if text.starts_with("arn:") {
        return Err(Fault::new(0..text.len(), Reason::SecretArn));
    }
    ParameterName::parse(&format!("{SECRETS}{text}")).map(drop).map_err(|fault| {
        let at = fault.at();
        // If the name is missing, point at the slash of the prefix.
        let start = at.start.saturating_sub(SECRETS.len());
        Fault::new(start..at.end.saturating_sub(SECRETS.len()), fault.reason())
    })
}
