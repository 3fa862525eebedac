//! What the text of a value is read as.

use std::fmt;

/// What the text of a value is read as, as far as this crate knows the type: `u16`, `duration`, `json`.
///
/// The type of the field decides it and not its spelling, together with the keys of its attribute.
/// Within a JSON description it is a word, so that a tool can judge a value without the program:
///
/// ```
/// use stage_config::schema::Reads;
///
/// let reads = Reads::parse("[u16]").unwrap();
/// assert!(reads.check("80,443").is_ok());
/// assert_eq!(
///     reads.check("80,https").unwrap_err().to_string(),
///     "is not a `[u16]`: item 2: invalid digit found in string"
/// );
/// ```
///
/// | word | what a text is read as |
/// |---|---|
/// | `text` | any text |
/// | `bool`, `char`, `u8` … `u128`, `usize`, `i8` … `isize`, `f32`, `f64` | a value of this type, by `FromStr` |
/// | `nonzero u8` … `nonzero isize` | the same, and not zero |
/// | `duration` | a `Duration`: `30s`, `1h 30m` |
/// | `json` | JSON |
/// | `base64` | bytes in base64 |
/// | `base64 text`, `base64 json` | a text in base64, or JSON in it |
/// | `[u16]`, … | items with commas between them, each of which is read as the word in the brackets |
///
/// A type of your own and a function of `parse_with` may accept anything, so nothing is known: this is
/// the default, [`Reads::is_known`] is false, and [`check`](Self::check) accepts every text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reads {
    pub(crate) form: Form,
    pub(crate) item: Item,
}

/// How a text contains its items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Form {
    /// It is one.
    #[default]
    One,
    /// It is a list of them.
    List,
    /// It is one in base64.
    Base64,
}

macro_rules! items {
    ($($item:ident $word:literal,)*) => {
        /// One value within a text. New ones are the last, because descriptions in binaries contain
        /// their numbers.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub(crate) enum Item {
            /// Of a type that is not known.
            #[default]
            Unknown,
            /// Any bytes, which only base64 can contain.
            Bytes,
            $(#[doc = $word] $item,)*
        }

        impl Item {
            /// All that have a word.
            const ALL: &[(Self, &str)] = &[$((Self::$item, $word),)*];
        }
    };
}

items! {
    Text "text",
    Bool "bool",
    Char "char",
    U8 "u8",
    U16 "u16",
    U32 "u32",
    U64 "u64",
    U128 "u128",
    Usize "usize",
    I8 "i8",
    I16 "i16",
    I32 "i32",
    I64 "i64",
    I128 "i128",
    Isize "isize",
    F32 "f32",
    F64 "f64",
    NonZeroU8 "nonzero u8",
    NonZeroU16 "nonzero u16",
    NonZeroU32 "nonzero u32",
    NonZeroU64 "nonzero u64",
    NonZeroU128 "nonzero u128",
    NonZeroUsize "nonzero usize",
    NonZeroI8 "nonzero i8",
    NonZeroI16 "nonzero i16",
    NonZeroI32 "nonzero i32",
    NonZeroI64 "nonzero i64",
    NonZeroI128 "nonzero i128",
    NonZeroIsize "nonzero isize",
    Duration "duration",
    Json "json",
}

impl Item {
    /// Empty if it has none.
    fn word(self) -> &'static str {
        Self::ALL.iter().find(|(item, _)| *item == self).map_or("", |(_, word)| word)
    }
}

impl Reads {
    /// Nothing is known.
    pub(crate) const UNKNOWN: Self = Self::one(Item::Unknown);

    pub(crate) const fn one(item: Item) -> Self {
        Self { form: Form::One, item }
    }

    /// A list of values that are read as `items`. A list of lists is not known.
    pub(crate) const fn list(items: Self) -> Self {
        match items {
            Self { form: Form::One, item: Item::Unknown } => Self::UNKNOWN,
            Self { form: Form::One, item } => Self { form: Form::List, item },
            _ => Self::UNKNOWN,
        }
    }

    /// All that are known.
    fn all() -> impl Iterator<Item = Self> {
        let items = Item::ALL.iter().map(|(item, _)| Self::one(*item));
        let base64 = [Self::UNKNOWN, Self::__TEXT, Self::__JSON].map(Self::__in_base64);
        items.clone().chain(items.map(Self::list)).chain(base64)
    }

    /// From the word in a description. `None` if this version does not know the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::all().find(|it| it.to_string() == word)
    }

    /// From the numbers in a binary. Those of a later version are not known.
    pub(crate) fn from_numbers(numbers: [u8; 2]) -> Self {
        Self::all().find(|it| it.numbers() == numbers).unwrap_or_default()
    }

    pub(crate) const fn numbers(self) -> [u8; 2] {
        [self.form as u8, self.item as u8]
    }

    /// Whether [`check`](Self::check) can refuse a text, or the text is read as it is.
    pub fn is_known(&self) -> bool {
        *self != Self::UNKNOWN
    }

    /// Whether it is read as a list, which Parameter Store keeps as a StringList.
    pub fn is_list(&self) -> bool {
        self.form == Form::List
    }
}

/// What the derive writes.
#[doc(hidden)]
impl Reads {
    pub const __TEXT: Self = Self::one(Item::Text);
    pub const __JSON: Self = Self::one(Item::Json);

    /// Whether it is one number, `bool`, `char` or `Duration`, whose text has no comma.
    #[must_use]
    pub const fn __is_scalar(self) -> bool {
        let is_text = matches!(self.item, Item::Unknown | Item::Bytes | Item::Text | Item::Json);
        matches!(self.form, Form::One) && !is_text
    }

    /// The same in base64.
    #[must_use]
    pub const fn __in_base64(self) -> Self {
        let item = match self {
            Self { form: Form::One, item: item @ (Item::Text | Item::Json) } => item,
            _ => Item::Bytes,
        };
        Self { form: Form::Base64, item }
    }
}

/// The word; empty if nothing is known.
impl fmt::Display for Reads {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.form, self.item) {
            (Form::One, item) => f.write_str(item.word()),
            (Form::List, item) => write!(f, "[{}]", item.word()),
            (Form::Base64, Item::Text | Item::Json) => write!(f, "base64 {}", self.item.word()),
            (Form::Base64, _) => f.write_str("base64"),
        }
    }
}

/// Why a text cannot be read as it should be: it continues "the value …" and holds nothing of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    pub(crate) what: String,
    pub(crate) is_absent: bool,
}

impl Unreadable {
    /// Whether the JSON in the text has no value under the key, which is right for a field that may
    /// be absent.
    pub fn is_absent(&self) -> bool {
        self.is_absent
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl std::error::Error for Unreadable {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_that_of_one() {
        for reads in Reads::all() {
            assert_eq!(Reads::parse(&reads.to_string()), Some(reads), "{reads}");
            assert_eq!(Reads::from_numbers(reads.numbers()), reads, "{reads}");
        }
        assert_eq!(Reads::from_numbers([0, u8::MAX]), Reads::UNKNOWN);
        for word in ["", "[]", "[u8", "u8]", "[[u8]]", "[base64]", "base64 u8", "U8", " u8"] {
            assert_eq!(Reads::parse(word), None, "{word}");
        }
        assert_eq!(Reads::default().to_string(), "");
        assert!(!Reads::default().is_known());
    }
}
