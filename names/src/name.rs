//! The name of a parameter.

use std::fmt;
use std::ops::Range;

use crate::arn::Arn;
use crate::error::{NameError, Reason};
use crate::limits::{MAX_LENGTH, MAX_LEVELS, MAX_SECRET, is_reserved};
use crate::selector::{Selector, is_secret_character};

/// The prefix under which Parameter Store reads secrets of Secrets Manager.
pub const SECRETS: &str = "/aws/reference/secretsmanager/";
const PUBLIC: &str = "/aws/service/";

/// A checked name: `/app/key`, `/app/key:3`, `/app/key:label`, or the ARN of one.
///
/// The rules are those of
/// <https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html>,
/// completed by the replies of the service. Names under `aws` and `ssm` cannot be created. Two
/// namespaces can be read and are accepted: `/aws/service/…`, and `/aws/reference/secretsmanager/…`
/// with the rules for secrets.
///
/// ```
/// use stage_config_names::{ParameterName, Selector};
///
/// let name = ParameterName::parse("/stripeSecretKey/live:3")?;
/// assert_eq!(name.path(), "/stripeSecretKey/live");
/// assert_eq!(name.selector(), Some(Selector::Version(3)));
/// assert!(ParameterName::parse("/stripe secret key").is_err());
/// # Ok::<(), stage_config_names::NameError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParameterName<'a> {
    text: &'a str,
    arn: Option<Arn<'a>>,
    path: &'a str,
    selector: Option<Selector<'a>>,
}

impl<'a> ParameterName<'a> {
    /// Checks a name.
    ///
    /// # Errors
    /// The first rule that it breaks, with the position.
    pub fn parse(text: &'a str) -> Result<Self, NameError> {
        if text.is_empty() {
            return Err(NameError::new(0..0, Reason::Empty));
        }
        check_outer_blanks(text)?;
        if text.starts_with(SECRETS) {
            return Self::parse_secret(text);
        }
        let (arn, start) = if is_arn(text) {
            let (arn, start) = Arn::parse(text)?;
            (Some(arn), start)
        } else {
            (None, 0)
        };
        let (path, selector) = match text[start..].split_once(':') {
            Some((path, selector)) => (path, Some(selector)),
            None => (&text[start..], None),
        };
        check_path(path, start)?;
        let parse = |text| Selector::parse(text, start + path.len() + 1, false);
        let selector = selector.map(parse).transpose()?;
        // The service inserts the missing slash in the ARN.
        let slash = usize::from(start == 0 && !path.starts_with('/'));
        let length = slash + start + path.len();
        if length > MAX_LENGTH {
            let at = MAX_LENGTH - slash..length - slash;
            return Err(NameError::new(at, Reason::TooLong(length)));
        }
        Ok(Self { text, arn, path, selector })
    }

    fn parse_secret(text: &'a str) -> Result<Self, NameError> {
        let start = SECRETS.len();
        let (secret, selector) = match text[start..].split_once(':') {
            Some((secret, selector)) => (secret, Some(selector)),
            None => (&text[start..], None),
        };
        if secret.is_empty() {
            return Err(NameError::new(start - 1..start, Reason::SecretEmpty));
        }
        if let Some((at, c)) = character_outside(secret, start, is_secret_character) {
            return Err(NameError::new(at, Reason::SecretCharacter(c)));
        }
        if secret.len() > MAX_SECRET {
            let at = start + MAX_SECRET..start + secret.len();
            return Err(NameError::new(at, Reason::SecretTooLong(secret.len())));
        }
        let path = &text[..start + secret.len()];
        let parse = |text| Selector::parse(text, path.len() + 1, true);
        let selector = selector.map(parse).transpose()?;
        Ok(Self { text, arn: None, path, selector })
    }

    /// The name as written and requested.
    pub fn as_str(&self) -> &'a str {
        self.text
    }

    /// The name without selector and ARN: `/app/key`. For an ARN, it begins with a slash even if
    /// the parameter was created without one. The service treats both as the same.
    pub fn path(&self) -> &'a str {
        self.path
    }

    /// The requested version or label.
    pub fn selector(&self) -> Option<Selector<'a>> {
        self.selector
    }

    /// The ARN, if the name is one.
    pub fn arn(&self) -> Option<Arn<'a>> {
        self.arn
    }

    /// Whether it refers to a secret of Secrets Manager.
    pub fn is_secret_reference(&self) -> bool {
        self.secret().is_some()
    }

    /// The name in Secrets Manager, if it refers to a secret.
    ///
    /// ```
    /// use stage_config_names::ParameterName;
    ///
    /// let name = ParameterName::parse("/aws/reference/secretsmanager/stripe/live:AWSPREVIOUS")?;
    /// assert_eq!(name.secret(), Some("stripe/live"));
    /// # Ok::<(), stage_config_names::NameError>(())
    /// ```
    pub fn secret(&self) -> Option<&'a str> {
        self.path.strip_prefix(SECRETS)
    }

    /// The resource part of its ARN for a policy: `parameter/app/key`.
    ///
    /// It contains neither two slashes in a row nor a selector.
    /// <https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-access.html>
    pub fn resource(&self) -> String {
        format!("parameter/{}", self.path.trim_start_matches('/'))
    }
}

/// The name as written.
impl fmt::Display for ParameterName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text)
    }
}

/// A parameter may be called `arn` and have a selector. No label begins like a partition.
fn is_arn(text: &str) -> bool {
    text.strip_prefix("arn:")
        .is_some_and(|rest| Selector::parse(rest, "arn:".len(), false).is_err())
}

/// The service trims whitespace, and replies with another name than the requested one.
pub(crate) fn check_outer_blanks(text: &str) -> Result<(), NameError> {
    let start = text.len() - text.trim_start().len();
    if start > 0 {
        return Err(NameError::new(0..start, Reason::OuterBlank));
    }
    let end = text.trim_end().len();
    if end < text.len() {
        return Err(NameError::new(end..text.len(), Reason::OuterBlank));
    }
    Ok(())
}

/// Checks a name without selector, which begins at byte `start` of the whole text.
fn check_path(path: &str, start: usize) -> Result<(), NameError> {
    let end = start + path.len();
    if path.is_empty() {
        return Err(NameError::new(start..end, Reason::Empty));
    }
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-' | '/');
    if let Some((at, c)) = character_outside(path, start, allowed) {
        return Err(NameError::new(at, Reason::Character(c)));
    }
    let bare = path.strip_prefix('/').unwrap_or(path);
    if bare.len() == path.len()
        && let Some(level) = path.find('/')
    {
        return Err(NameError::new(start..start + level, Reason::NoLeadingSlash));
    }
    if let Some(at) = path.find("//") {
        return Err(NameError::new(start + at..start + at + 2, Reason::EmptyLevel));
    }
    if path.ends_with('/') {
        return Err(NameError::new(end - 1..end, Reason::TrailingSlash));
    }
    if is_reserved(bare) && !path.starts_with(PUBLIC) {
        let at = end - bare.len();
        return Err(NameError::new(at..at + 3, Reason::Reserved));
    }
    let levels = bare.split('/').count();
    if levels > MAX_LEVELS {
        let within: usize = bare.split('/').take(MAX_LEVELS).map(|level| level.len() + 1).sum();
        return Err(NameError::new(
            end - bare.len() + within - 1..end,
            Reason::TooManyLevels(levels),
        ));
    }
    Ok(())
}

pub(crate) fn character_outside(
    text: &str,
    start: usize,
    allowed: impl Fn(char) -> bool,
) -> Option<(Range<usize>, char)> {
    let (at, c) = text.char_indices().find(|(_, c)| !allowed(*c))?;
    Some((start + at..start + at + c.len_utf8(), c))
}
