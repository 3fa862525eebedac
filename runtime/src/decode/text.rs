//! From the text of a parameter to the type of a field.

use std::fmt::{self, Display};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use secrecy::zeroize::Zeroize;
use secrecy::{SecretBox, SecretString};

use crate::escape::one_line;

/// A type that a field may have: it can be read from the text of a parameter.
///
/// | type | text |
/// |---|---|
/// | anything [`FromStr`] whose error is [`Display`]: `String`, `bool`, numbers, your own | as that reads it |
/// | [`Duration`] | `30s`, `5m`, `1h 30m`; the units are `d h m s ms us ns` |
/// | `Vec<T>` | a StringList: items between commas; an empty text is an empty list |
/// | `Arc<str>`, `Box<str>` | as it is |
/// | [`SecretString`], [`SecretBox<T>`] | as `T`, kept secret |
///
/// Besides, a field may be an `Option` of each, which is `None` where the value is absent. Nothing
/// is trimmed or guessed.
///
/// Implement [`FromStr`] for types of your own. The parameter `M` only tells the impls apart.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from the text of a parameter",
    label = "not readable from text",
    note = "a field is of a type with `FromStr` whose error is `Display`, a `Duration`, a `SecretString`, \
            a `SecretBox<T>`, a `Vec<T>` of these, or an `Option` of one",
    note = "help: for `&str`, `String`; `parse_with = path` reads any type by a function, and one of your own can be `std::str::FromStr`"
)]
pub trait FromText<M>: Sized {
    /// Whether what it reads is secret, so that an error must not quote the text.
    const SECRET: bool = false;
    /// Whether it reads the items of a StringList.
    const LIST: bool = false;

    /// Reads the text.
    ///
    /// # Errors
    /// [`Malformed`], which says why the text is not one of this type.
    fn from_text(text: &str) -> Result<Self, Malformed>;
}

/// Why a text is not of a type. It may quote the text, so that part is shown only where it is no
/// secret.
#[derive(Clone, Default)]
pub struct Malformed {
    /// What it is not, where that is not the field's type.
    not: Option<String>,
    /// Where it goes wrong, or how, in words that hold nothing of the text.
    place: Option<String>,
    /// Why, in words that may quote the text.
    reason: Option<String>,
    whitespace: bool,
}

impl Malformed {
    /// The reason, to be read on from "is not a `u32`:". It becomes a part of one line: control
    /// characters are escaped, and what is longer than some lines is cut.
    pub fn because(reason: impl Display) -> Self {
        Self { reason: Some(one_line(&reason.to_string())), ..Self::default() }
    }

    /// Where, or how, it goes wrong. The words hold nothing of the text: they are always shown.
    pub(crate) fn at(place: impl Into<String>) -> Self {
        Self { place: Some(place.into()), ..Self::default() }
    }

    /// It is not even `what`, whatever the field's type.
    pub(crate) fn not(what: impl Into<String>, place: impl Into<String>) -> Self {
        Self { not: Some(what.into()), ..Self::at(place) }
    }

    /// In the part of the text at `place`.
    fn inside(self, place: &str) -> Self {
        let place = match self.place {
            Some(inner) => format!("{place}: {inner}"),
            None => place.to_owned(),
        };
        Self { place: Some(place), ..self }
    }

    /// In what was encoded.
    pub(crate) fn in_base64(self) -> Self {
        self.inside("decoded from base64")
    }

    /// Whether `text`, which is what was read, has whitespace at its ends.
    pub(crate) fn with_whitespace_of(mut self, text: &str) -> Self {
        self.whitespace = text.trim() != text;
        self
    }

    /// To be read on from "is not".
    pub(crate) fn describe(&self, ty: &str, secret: bool) -> String {
        // What is there is not of the inner type; that the field may be without is beside the point.
        let ty = ty.strip_prefix("Option<").and_then(|it| it.strip_suffix('>')).unwrap_or(ty);
        let mut what = self.not.clone().unwrap_or_else(|| with_article(ty));
        if let Some(place) = &self.place {
            what.extend([": ", place]);
        }
        match &self.reason {
            Some(_) if secret => what.push_str(" (its text is secret and not shown)"),
            Some(reason) => what.extend([": ", reason]),
            None => {}
        }
        if self.whitespace {
            what.push_str("; it has whitespace at its ends");
        }
        what
    }
}

/// `an i64`, `an f32`, `an Address`; but `a u8`.
fn with_article(ty: &str) -> String {
    let float = ty.starts_with("f32") || ty.starts_with("f64");
    let vowel = float || ty.starts_with(['a', 'e', 'i', 'o', 'A', 'E', 'I', 'O']);
    format!("{} `{ty}`", if vowel { "an" } else { "a" })
}

/// Without the reason.
impl fmt::Debug for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Malformed").finish_non_exhaustive()
    }
}

/// Which impl of [`FromText`] is meant.
pub mod by {
    /// By `FromStr`.
    #[derive(Debug)]
    pub enum Parsing {}
    /// A text that is copied.
    #[derive(Debug)]
    pub enum Copying {}
    /// A text that is secret.
    #[derive(Debug)]
    pub enum Secret {}
    /// A secret of a type that is read by `M`.
    #[derive(Debug)]
    pub struct Boxing<M>(M);
    /// A list of a type that is read by `M`.
    #[derive(Debug)]
    pub struct Splitting<M>(M);
    /// A time span.
    #[derive(Debug)]
    pub enum Spanning {}
}

#[diagnostic::do_not_recommend]
impl<T> FromText<by::Parsing> for T
where
    T: FromStr,
    T::Err: Display,
{
    fn from_text(text: &str) -> Result<Self, Malformed> {
        text.parse().map_err(Malformed::because)
    }
}

#[diagnostic::do_not_recommend]
impl FromText<by::Copying> for Arc<str> {
    fn from_text(text: &str) -> Result<Self, Malformed> {
        Ok(text.into())
    }
}

#[diagnostic::do_not_recommend]
impl FromText<by::Copying> for Box<str> {
    fn from_text(text: &str) -> Result<Self, Malformed> {
        Ok(text.into())
    }
}

#[diagnostic::do_not_recommend]
impl FromText<by::Secret> for SecretString {
    const SECRET: bool = true;

    fn from_text(text: &str) -> Result<Self, Malformed> {
        Ok(text.into())
    }
}

#[diagnostic::do_not_recommend]
impl<T, M> FromText<by::Boxing<M>> for SecretBox<T>
where
    T: FromText<M> + Zeroize,
{
    const SECRET: bool = true;

    fn from_text(text: &str) -> Result<Self, Malformed> {
        Ok(Self::new(Box::new(T::from_text(text)?)))
    }
}

#[diagnostic::do_not_recommend]
impl<T, M> FromText<by::Splitting<M>> for Vec<T>
where
    T: FromText<M>,
{
    const SECRET: bool = T::SECRET;
    const LIST: bool = true;

    fn from_text(text: &str) -> Result<Self, Malformed> {
        if text.is_empty() {
            return Ok(Self::new());
        }
        let item = |(index, item): (usize, &str)| {
            T::from_text(item).map_err(|error| {
                let whitespace =
                    if item.trim() == item { "" } else { ", which has whitespace at its ends" };
                error.inside(&format!("item {}{whitespace}", index + 1))
            })
        };
        text.split(',').enumerate().map(item).collect()
    }
}

#[diagnostic::do_not_recommend]
impl FromText<by::Spanning> for Duration {
    fn from_text(text: &str) -> Result<Self, Malformed> {
        crate::decode::duration::parse(text).map_err(Malformed::at)
    }
}
