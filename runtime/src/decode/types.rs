//! The types that a field can have: how each reads a text.

mod duration;

use std::fmt::Display;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use secrecy::zeroize::Zeroize;
use secrecy::{SecretBox, SecretString};

use crate::decode::malformed::Malformed;

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
    /// Whether it reads the items of a StringList.
    const LIST: bool = false;

    /// Reads the text.
    ///
    /// # Errors
    /// [`Malformed`], which says why the text is not one of this type.
    fn from_text(text: &str) -> Result<Self, Malformed>;
}

/// Which impl of [`FromText`] is meant.
pub mod by {
    /// By `FromStr`.
    pub enum Parsing {}
    /// A text that is copied.
    pub enum Copying {}
    /// A text that is secret.
    pub enum Secret {}
    /// A secret of a type that is read by `M`.
    pub struct Boxing<M>(M);
    /// A list of a type that is read by `M`.
    pub struct Splitting<M>(M);
    /// A time span.
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
    fn from_text(text: &str) -> Result<Self, Malformed> {
        Ok(text.into())
    }
}

#[diagnostic::do_not_recommend]
impl<T, M> FromText<by::Boxing<M>> for SecretBox<T>
where
    T: FromText<M> + Zeroize,
{
    fn from_text(text: &str) -> Result<Self, Malformed> {
        Ok(Self::new(Box::new(T::from_text(text)?)))
    }
}

#[diagnostic::do_not_recommend]
impl<T, M> FromText<by::Splitting<M>> for Vec<T>
where
    T: FromText<M>,
{
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
        duration::parse(text).map_err(Malformed::at)
    }
}
