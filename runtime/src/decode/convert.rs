//! Converts a text into the value of a field, as the keys of its attribute say.

mod base64;
#[cfg(feature = "json")]
pub(crate) mod json;
#[cfg(not(feature = "json"))]
#[path = "convert/without_json.rs"]
pub(crate) mod json;

use std::fmt::Display;

use secrecy::zeroize::Zeroize;
use secrecy::{SecretBox, SecretString};

pub use self::base64::{Base64, FromBase64, InBase64};
pub use self::json::Json;
use crate::decode::malformed::Malformed;
use crate::decode::types::{FromText, by};

/// Converts a text into a `T`. The parameter `M` only tells the impls apart.
///
/// Each conversion bounds `T` by a trait of its own, whose message the compiler prints. So no impl of
/// this trait has `do_not_recommend`.
pub trait Convert<T, M> {
    /// Whether it converts a JSON value as written, and not the text within a JSON string.
    const JSON: bool = false;
    /// Whether it reads the items of a StringList.
    const LIST: bool = false;

    /// Reads the text.
    ///
    /// # Errors
    /// `Malformed`, if the text does not fit.
    fn convert(&self, text: &str) -> Result<T, Malformed>;

    /// Reads the text for an `Option`.
    ///
    /// # Errors
    /// The same.
    fn convert_optional(&self, text: &str) -> Result<Option<T>, Malformed> {
        self.convert(text).map(Some)
    }
}

/// Reads a text by its type, through [`FromText`].
pub struct Text;

impl<T: FromText<M>, M> Convert<T, M> for Text {
    const LIST: bool = T::LIST;

    fn convert(&self, text: &str) -> Result<T, Malformed> {
        T::from_text(text).map_err(|malformed| malformed.with_whitespace_of(text))
    }
}

/// Reads a text by a function: `parse_with = path`.
pub struct Parse<R, E>(pub fn(&str) -> Result<R, E>);

impl<T, R, E, M> Convert<T, M> for Parse<R, E>
where
    T: FromParsed<R, M>,
    E: Display,
{
    fn convert(&self, text: &str) -> Result<T, Malformed> {
        match (self.0)(text) {
            Ok(returned) => Ok(T::from_parsed(returned)),
            Err(error) => Err(Malformed::because(error).with_whitespace_of(text)),
        }
    }
}

/// The type of a field that a function can fill which returns an `R`.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` cannot be filled by a function that returns a `Result<{R}, _>`",
    label = "`parse_with` gives a `{R}` here",
    note = "a function for a `{Self}` returns a `Result<{Self}, _>`; for an `Option<T>`, a `Result<T, _>`; \
            for a `SecretBox<T>`, one of `T` or of `SecretBox<T>`"
)]
pub trait FromParsed<R, M> {
    /// Takes the value that the function returned.
    fn from_parsed(returned: R) -> Self;
}

#[diagnostic::do_not_recommend]
impl<T> FromParsed<T, by::Parsing> for T {
    fn from_parsed(returned: T) -> Self {
        returned
    }
}

#[diagnostic::do_not_recommend]
impl<T: Zeroize> FromParsed<T, by::Secret> for SecretBox<T> {
    fn from_parsed(returned: T) -> Self {
        Self::new(Box::new(returned))
    }
}

#[diagnostic::do_not_recommend]
impl FromParsed<String, by::Secret> for SecretString {
    fn from_parsed(returned: String) -> Self {
        returned.into()
    }
}
