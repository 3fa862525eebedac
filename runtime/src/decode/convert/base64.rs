//! Base64: bytes, and texts within them.

use base64::engine::general_purpose::STANDARD;
use base64::{DecodeError, Engine};
use secrecy::zeroize::Zeroizing;
use secrecy::{SecretBox, SecretString};

use super::Convert;
use crate::decode::malformed::Malformed;

/// Decodes bytes from base64.
pub struct Base64;

impl<T: FromBase64> Convert<T, ()> for Base64 {
    fn convert(&self, text: &str) -> Result<T, Malformed> {
        T::from_bytes(decode(text)?)
    }
}

/// Decodes a text from base64, which `C` then converts.
pub struct InBase64<C>(pub C);

impl<T, M, C: Convert<T, M>> Convert<T, M> for InBase64<C> {
    fn convert(&self, text: &str) -> Result<T, Malformed> {
        self.0.convert(&decode_text(text)?).map_err(decoded)
    }

    fn convert_optional(&self, text: &str) -> Result<Option<T>, Malformed> {
        self.0.convert_optional(&decode_text(text)?).map_err(decoded)
    }
}

fn decoded(malformed: Malformed) -> Malformed {
    malformed.inside("decoded from base64")
}

/// A type that can be made of bytes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from base64",
    label = "not made of bytes",
    note = "a field with `base64` is a `Vec<u8>`, a `SecretBox<Vec<u8>>`, a `String`, a `SecretString`, \
            or an `Option` of one",
    note = "help: `Vec<u8>`; or beside `base64` one of `json` and `parse_with = path`, which read the text that is encoded"
)]
pub trait FromBase64: Sized {
    /// Takes the bytes.
    ///
    /// # Errors
    /// `Malformed`, if a text is wanted and the bytes are not UTF-8.
    fn from_bytes(bytes: Vec<u8>) -> Result<Self, Malformed>;
}

#[diagnostic::do_not_recommend]
impl FromBase64 for Vec<u8> {
    fn from_bytes(bytes: Vec<u8>) -> Result<Self, Malformed> {
        Ok(bytes)
    }
}

#[diagnostic::do_not_recommend]
impl FromBase64 for String {
    fn from_bytes(bytes: Vec<u8>) -> Result<Self, Malformed> {
        String::from_utf8(bytes).map_err(|error| {
            let valid = error.utf8_error().valid_up_to();
            // The bytes may be secret, and the error owns them.
            drop(Zeroizing::new(error.into_bytes()));
            Malformed::not("a text in base64", format!("decoded byte {} is not UTF-8", valid + 1))
        })
    }
}

#[diagnostic::do_not_recommend]
impl FromBase64 for SecretBox<Vec<u8>> {
    fn from_bytes(bytes: Vec<u8>) -> Result<Self, Malformed> {
        Ok(Self::new(Box::new(bytes)))
    }
}

#[diagnostic::do_not_recommend]
impl FromBase64 for SecretString {
    fn from_bytes(bytes: Vec<u8>) -> Result<Self, Malformed> {
        String::from_bytes(bytes).map(Into::into)
    }
}

fn decode_text(text: &str) -> Result<Zeroizing<String>, Malformed> {
    String::from_bytes(decode(text)?).map(Zeroizing::new)
}

fn decode(text: &str) -> Result<Vec<u8>, Malformed> {
    STANDARD
        .decode(text)
        .map_err(|error| Malformed::not("base64", complaint(text, &error)).with_whitespace_of(text))
}

/// The error itself quotes the byte at fault.
fn complaint(text: &str, error: &DecodeError) -> String {
    let (DecodeError::InvalidByte(at, _) | DecodeError::InvalidLastSymbol(at, _)) = *error else {
        return "it is cut short, or the `=` at its end are wrong".to_owned();
    };
    let rest = text.get(at..).unwrap_or_default();
    // Every character before the one at fault is of one byte.
    if rest.starts_with(['\n', '\r']) && !rest.trim().is_empty() {
        return format!(
            "character {} is a line break: write it on one line, as `base64 -w 0` does",
            at + 1
        );
    }
    format!("character {} is not one of `A-Z a-z 0-9 + /`, or is misplaced", at + 1)
}
