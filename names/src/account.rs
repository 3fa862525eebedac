//! The number of an AWS account.

use std::fmt;

/// An AWS account: a number of twelve digits, of which the first may be zeros.
///
/// ```
/// use stage_config_names::Account;
///
/// let account = Account::parse("012345678901").unwrap();
/// assert_eq!(account.as_str(), "012345678901");
/// assert!(Account::parse("1234-5678-9012").is_none());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Account([u8; 12]);

impl Account {
    /// `None` if the text is not twelve digits.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.as_bytes().try_into().ok()?;
        text.bytes().all(|byte| byte.is_ascii_digit()).then_some(Self(digits))
    }

    /// The account of an ARN of any service. `None` if it names none, as the ARN of a public
    /// parameter.
    ///
    /// ```
    /// use stage_config_names::Account;
    ///
    /// let account = Account::from_arn("arn:aws:ssm:us-east-1:111122223333:parameter/a").unwrap();
    /// assert_eq!(account.as_str(), "111122223333");
    /// assert!(Account::from_arn("arn:aws:ssm:us-east-1::parameter/aws/service/a").is_none());
    /// ```
    pub fn from_arn(arn: &str) -> Option<Self> {
        Self::parse(arn.strip_prefix("arn:")?.split(':').nth(3)?)
    }

    /// Its digits.
    pub fn as_str(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// Its digits.
impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The same.
impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
