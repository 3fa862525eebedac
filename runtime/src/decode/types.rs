//! The types that a field can have: how each reads a text.

mod duration;

use std::fmt::Display;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use secrecy::zeroize::Zeroize;
use secrecy::{SecretBox, SecretString};

use crate::decode::malformed::Malformed;

/// A type that can be read from the text of a parameter, and so be the type of a field.
///
/// The parameter `M` only tells the impls apart.
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
    /// `Malformed`, if the text is not of this type.
    fn from_text(text: &str) -> Result<Self, Malformed>;
}

/// Tells the impls of [`FromText`] apart.
pub mod by {
    /// Parses by `FromStr`.
    pub enum Parsing {}
    /// Copies the text.
    pub enum Copying {}
    /// Keeps the text secret.
    pub enum Secret {}
    /// Keeps a value that `M` reads secret.
    pub struct Boxing<M>(M);
    /// Splits a list into items that `M` reads.
    pub struct Splitting<M>(M);
    /// Reads a time span.
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
