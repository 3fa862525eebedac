//! What is wrong with a name.

use std::fmt;
use std::ops::Range;

use crate::limits::{MAX_LENGTH, MAX_LEVELS};

/// Why Parameter Store would refuse a name, and where in its text.
///
/// ```
/// use stage_config_names::ParameterName;
///
/// let fault = ParameterName::parse("stripe/test").unwrap_err();
/// assert_eq!(fault.at(), 0..6);
/// assert_eq!(fault.to_string(), "has levels but does not begin with `/`");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    at: Range<usize>,
    reason: Reason,
}

impl Fault {
    pub(crate) fn new(at: Range<usize>, reason: Reason) -> Self {
        Self { at, reason }
    }

    /// The bytes of the name that are at fault; empty where something is missing.
    pub fn at(&self) -> Range<usize> {
        self.at.clone()
    }

    /// What is wrong with them.
    pub fn reason(&self) -> Reason {
        self.reason
    }
}

/// Reads on from "parameter name …", "secret name …", "path …".
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.reason.fmt(f)
    }
}

impl std::error::Error for Fault {}

/// A rule that a name breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
#[expect(missing_docs, reason = "each says itself what it is, by `Display` and `rule`")]
pub enum Reason {
    Empty,
    OuterBlank,
    Character(char),
    NoLeadingSlash,
    EmptyLevel,
    TrailingSlash,
    TooManyLevels(usize),
    TooLong(usize),
    Reserved,
    SecretEmpty,
    SecretCharacter(char),
    SecretTooLong(usize),
    EmptySelector,
    SecondSelector,
    VersionZero,
    VersionTooLarge,
    LabelBeginsWithDigit,
    LabelCharacter(char),
    LabelReserved,
    LabelTooLong(usize),
    ArnCutShort,
    ArnPartition,
    ArnService,
    ArnRegion,
    ArnAccount,
    ArnResource,
    SecretPrefix,
    SecretArn,
    PathNoSlash,
    PathSelector,
    PathArn,
    PathOfSecrets,
    PlaceholderUnclosed,
    PlaceholderUnopened,
    PlaceholderUnknown,
}

impl Reason {
    /// The rule that is broken, to stand beside the place.
    pub fn rule(self) -> &'static str {
        match self {
            Self::Empty => "a name is wanted here, as `/app/key`",
            Self::OuterBlank => "blanks around a name are not part of it",
            Self::Character(_) => "only letters, digits and `_ . - /` are allowed",
            Self::NoLeadingSlash => "a name with levels begins with `/`",
            Self::EmptyLevel => "each level between two `/` has a name",
            Self::TrailingSlash => "a name does not end with `/`",
            Self::TooManyLevels(_) => "a name has at most 15 levels",
            Self::TooLong(_) => "a name has at most 1011 characters, its ARN included",
            Self::Reserved => {
                "only `/aws/service/…` and `/aws/reference/secretsmanager/…` are readable here"
            }
            Self::SecretEmpty => "the name of a secret is wanted here",
            Self::SecretCharacter(_) => {
                "only letters, digits and `/ _ + = . @ -` are allowed for a secret"
            }
            Self::SecretTooLong(_) => "the name of a secret has at most 512 characters",
            Self::EmptySelector => "a version or a label is wanted behind the `:`",
            Self::SecondSelector => "one version or one label, not both",
            Self::VersionZero => "versions count from 1 and have no leading zeros",
            Self::VersionTooLarge => "this is no version of a parameter",
            Self::LabelBeginsWithDigit => {
                "a version is all digits, a label does not begin with one"
            }
            Self::LabelCharacter(_) => "only letters, digits and `. - _` are allowed in a label",
            Self::LabelReserved => "a label does not begin with `aws` or `ssm`",
            Self::LabelTooLong(_) => "this is longer than a label may be",
            Self::ArnCutShort => "more is wanted here: `arn:aws:ssm:REGION:ACCOUNT:parameter/NAME`",
            Self::ArnPartition => "the partition is `aws`, `aws-cn`, `aws-us-gov`, …",
            Self::ArnService => "the service is `ssm`",
            Self::ArnRegion => "a region is wanted here, as `us-east-1`",
            Self::ArnAccount => "an account is 12 digits",
            Self::ArnResource => "the resource is `parameter/NAME`",
            Self::SecretPrefix => "the name in Secrets Manager is wanted, which comes behind this",
            Self::SecretArn => "the name is wanted, which is a part of this",
            Self::PathNoSlash => "a path begins with `/`",
            Self::PathSelector => "a path has no version or label",
            Self::PathArn => "a path as `/app/flags` is wanted, of this account",
            Self::PathOfSecrets => "nothing can be read by path here",
            Self::PlaceholderUnclosed => "`{stage}` is wanted here, with its `}`",
            Self::PlaceholderUnopened => "`{stage}` has a `{` too",
            Self::PlaceholderUnknown => "the only placeholder is `{stage}`",
        }
    }
}

/// Reads on from "parameter name …", "secret name …", "path …".
impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Empty => f.write_str("is empty"),
            Self::OuterBlank => f.write_str("has blanks around it"),
            Self::Character(c) | Self::SecretCharacter(c) => {
                write!(f, "has {}, which Parameter Store refuses", Named(c))
            }
            Self::NoLeadingSlash => f.write_str("has levels but does not begin with `/`"),
            Self::EmptyLevel => f.write_str("has an empty level"),
            Self::TrailingSlash => f.write_str("ends with `/`"),
            Self::TooManyLevels(levels) => {
                write!(f, "has {levels} levels; Parameter Store allows {MAX_LEVELS}")
            }
            Self::TooLong(length) => {
                write!(f, "has {length} characters; Parameter Store allows {MAX_LENGTH}")
            }
            Self::Reserved => f.write_str("begins with `aws` or `ssm`, which the service reserves"),
            Self::SecretEmpty => f.write_str("names no secret"),
            Self::SecretTooLong(length) => {
                write!(f, "names a secret of {length} characters; Secrets Manager allows 512")
            }
            Self::EmptySelector => f.write_str("ends with `:` but names no version or label"),
            Self::SecondSelector => f.write_str("has two selectors"),
            Self::VersionZero => f.write_str("has a version that begins with `0`"),
            Self::VersionTooLarge => f.write_str("has a version that is too large"),
            Self::LabelBeginsWithDigit => f.write_str("has a label that begins with a digit"),
            Self::LabelCharacter(c) => write!(f, "has {} in its label", Named(c)),
            Self::LabelReserved => f.write_str("has a label that begins with `aws` or `ssm`"),
            Self::LabelTooLong(length) => write!(f, "has a label of {length} characters"),
            Self::ArnCutShort => f.write_str("is an ARN that is cut short"),
            Self::ArnPartition => f.write_str("is an ARN of an unknown partition"),
            Self::ArnService => f.write_str("is an ARN of another service"),
            Self::ArnRegion => f.write_str("is an ARN without a valid region"),
            Self::ArnAccount => f.write_str("is an ARN without a valid account"),
            Self::ArnResource => f.write_str("is an ARN, but not of a parameter"),
            Self::SecretPrefix => f.write_str("has a prefix that is added automatically"),
            Self::SecretArn => f.write_str("is an ARN"),
            Self::PathNoSlash => f.write_str("does not begin with `/`"),
            Self::PathSelector => f.write_str("has a selector"),
            Self::PathArn => f.write_str("is an ARN, which cannot be read by path"),
            Self::PathOfSecrets => f.write_str("is that of secrets, which are read one by one"),
            Self::PlaceholderUnclosed => f.write_str("has a placeholder that is not closed"),
            Self::PlaceholderUnopened => f.write_str("has a `}` without a `{`"),
            Self::PlaceholderUnknown => f.write_str("has a placeholder that is not known"),
        }
    }
}

/// A character in words: those that cannot be seen, or could be taken for another, by number too.
struct Named(char);

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = u32::from(self.0);
        match self.0 {
            ' ' => f.write_str("a space"),
            '\t' => f.write_str("a tab"),
            '\n' | '\r' => f.write_str("a line break"),
            '\u{a0}' => write!(f, "a no-break space (U+{number:04X})"),
            '\u{200b}'..='\u{200d}' | '\u{feff}' => {
                write!(f, "a zero-width character (U+{number:04X})")
            }
            '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{20d0}'..='\u{20ff}' => {
                write!(f, "a combining character (U+{number:04X})")
            }
            c if c.is_ascii_graphic() => write!(f, "`{c}`"),
            // What cannot be seen, or moves what is around it, is escaped.
            c if c.is_whitespace() || c.escape_debug().len() > 1 => {
                write!(f, "the character U+{number:04X}")
            }
            c => write!(f, "`{c}` (U+{number:04X})"),
        }
    }
}
