//! How the text of a value becomes the value of a field: what the keys behind a name ask for.

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

/// Makes a `T` of a text. The parameter `M` only tells the impls apart.
///
/// What a conversion asks of `T` is a trait of its own, whose words the compiler then prints. So no
/// impl of this one is hidden from the compiler by `do_not_recommend`.
pub trait Convert<T, M> {
    /// Whether it wants JSON as it is written, and not the text that a JSON string stands for.
    const JSON: bool = false;
    /// Whether it reads the items of a StringList.
    const LIST: bool = false;

    /// Reads the text.
    ///
    /// # Errors
    /// [`Malformed`], which says why the text cannot be read.
    fn convert(&self, text: &str) -> Result<T, Malformed>;

    /// Reads the text for a field that may be without a value.
    ///
    /// # Errors
    /// The same.
    fn convert_optional(&self, text: &str) -> Result<Option<T>, Malformed> {
        self.convert(text).map(Some)
    }
}

/// By [`FromText`].
pub struct Text;

impl<T: FromText<M>, M> Convert<T, M> for Text {
    const LIST: bool = T::LIST;

    fn convert(&self, text: &str) -> Result<T, Malformed> {
        T::from_text(text).map_err(|malformed| malformed.with_whitespace_of(text))
    }
}

/// By a function, `parse_with = path`.
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

/// A field that a function may fill which returns an `R`.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` cannot be filled by a function that returns a `Result<{R}, _>`",
    label = "`parse_with` gives a `{R}` here",
    note = "a function for a `{Self}` returns a `Result<{Self}, _>`; for an `Option<T>`, a `Result<T, _>`; \
            for a `SecretBox<T>`, one of `T` or of `SecretBox<T>`"
)]
pub trait FromParsed<R, M> {
    /// Takes what the function has returned.
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
