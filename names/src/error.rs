//! What is wrong with a name.

use std::fmt;
use std::ops::Range;

use crate::limits::{MAX_LENGTH, MAX_LEVELS};

/// Why Parameter Store would refuse a name, and where in its text.
///
/// ```
/// use stage_config_names::ParameterName;
///
/// let error = ParameterName::parse("stripe/test").unwrap_err();
/// assert_eq!(error.at(), 0..6);
/// assert_eq!(error.to_string(), "has levels but does not begin with `/`");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameError {
    at: Range<usize>,
    reason: Reason,
}

impl NameError {
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
impl fmt::Display for NameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.reason.fmt(f)
    }
}

impl std::error::Error for NameError {}

/// The reasons, each with what is wrong, to continue "parameter name …", and the rule.
macro_rules! reasons {
    ($($reason:ident $(($value:ident: $type:ty))?: $what:literal, $rule:literal;)*) => {
        /// A rule that a name breaks.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[non_exhaustive]
        #[expect(missing_docs, reason = "each says itself what it is, by `Display` and `rule`")]
        pub enum Reason {
            $($reason $(($type))?,)*
        }

        impl Reason {
            /// The broken rule, to be shown beside the name.
            pub fn rule(self) -> &'static str {
                match self { $(Self::$reason { .. } => $rule,)* }
            }
        }

        /// Reads on from "parameter name …", "secret name …", "path …".
        impl fmt::Display for Reason {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match *self {
                    $(Self::$reason $(($value))? => {
                        $(let $value = $value.shown();)?
                        write!(f, $what)
                    })*
                }
            }
        }
    };
}

reasons! {
    Empty: "is empty", "expected a name, as `/app/key`";
    OuterBlank: "has whitespace around it", "whitespace around a name is not part of it";
    Character(c: char): "has {c}, which Parameter Store refuses",
        "only letters, digits and `_ . - /` are allowed";
    NoLeadingSlash: "has levels but does not begin with `/`", "a name with levels begins with `/`";
    EmptyLevel: "has an empty level", "each level between two `/` has a name";
    TrailingSlash: "ends with `/`", "a name does not end with `/`";
    TooManyLevels(levels: usize): "has {levels} levels; Parameter Store allows {MAX_LEVELS}",
        "a name has at most 15 levels";
    TooLong(length: usize): "has {length} characters; Parameter Store allows {MAX_LENGTH}",
        "a name has at most 1011 characters, its ARN included";
    Reserved: "begins with `aws` or `ssm`, which the service reserves",
        "only `/aws/service/…` and `/aws/reference/secretsmanager/…` are readable here";
    SecretEmpty: "names no secret", "expected the name of a secret";
    SecretCharacter(c: char): "has {c}, which Parameter Store refuses",
        "only letters, digits and `/ _ + = . @ -` are allowed for a secret";
    SecretTooLong(length: usize):
        "names a secret of {length} characters; Secrets Manager allows 512",
        "the name of a secret has at most 512 characters";
    EmptySelector: "ends with `:` but names no version or label",
        "expected a version or a label after the `:`";
    SecondSelector: "has two selectors", "one version or one label, not both";
    VersionZero: "has a version that begins with `0`",
        "versions count from 1 and have no leading zeros";
    VersionTooLarge: "has a version that is too large", "no parameter has this version";
    LabelBeginsWithDigit: "has a label that begins with a digit",
        "a version is all digits, a label does not begin with one";
    LabelCharacter(c: char): "has {c} in its label",
        "only letters, digits and `. - _` are allowed in a label";
    LabelReserved: "has a label that begins with `aws` or `ssm`",
        "a label does not begin with `aws` or `ssm`";
    LabelTooLong(length: usize): "has a label of {length} characters",
        "a label must be shorter than this";
    ArnCutShort: "is an ARN that is cut short",
        "expected more: `arn:aws:ssm:REGION:ACCOUNT:parameter/NAME`";
    ArnPartition: "is an ARN of an unknown partition",
        "the partition is `aws`, `aws-cn`, `aws-us-gov`, …";
    ArnService: "is an ARN of another service", "the service is `ssm`";
    ArnRegion: "is an ARN without a valid region", "expected a region, as `us-east-1`";
    ArnAccount: "is an ARN without a valid account", "an account is 12 digits";
    ArnResource: "is an ARN, but not of a parameter", "the resource is `parameter/NAME`";
    SecretPrefix: "has a prefix that is added automatically",
        "only the name in Secrets Manager follows";
    SecretArn: "is an ARN", "expected the name, which is a part of this";
    PathNoSlash: "does not begin with `/`", "a path begins with `/`";
    PathSelector: "has a selector", "a path has no version or label";
    PathArn: "is an ARN, which cannot be read by path",
        "expected a path in this account, as `/app/flags`";
    PathOfSecrets: "contains secrets, which are read one by one", "nothing can be read by path here";
    PlaceholderUnclosed: "has a placeholder that is not closed", "expected `{stage}`, with its `}`";
    PlaceholderUnopened: "has a `}}` without a `{{`", "`{stage}` has a `{` too";
    PlaceholderUnknown: "has a placeholder that is not known", "the only placeholder is `{stage}`";
}

/// How a value of a reason is shown.
trait Shown {
    fn shown(self) -> impl fmt::Display;
}

impl Shown for usize {
    fn shown(self) -> impl fmt::Display {
        self
    }
}

impl Shown for char {
    fn shown(self) -> impl fmt::Display {
        Named(self)
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
