//! Checks a text without the field that reads it, by the conversions of the field.

use std::borrow::Cow;
use std::num::NonZero;
use std::time::Duration;

use crate::decode::convert::{Base64, Convert, InBase64, Json, Text, json};
use crate::decode::malformed::Malformed;
use crate::decode::types::{FromText, by};
use crate::schema::reads::{Form, Item};
use crate::schema::{Reads, Unreadable};

impl Reads {
    /// Whether a text can be read as this. Without the feature `json`, no JSON can.
    ///
    /// # Errors
    /// Why it cannot.
    pub fn check(&self, text: &str) -> Result<(), Unreadable> {
        self.convert(text).map_err(|malformed| self.unreadable("", &malformed))
    }

    /// The same for the value under a key of the JSON in the text, as of a field with `json_key`.
    ///
    /// # Errors
    /// If the key is missing or `null`, or if its value cannot be read.
    pub fn check_key(&self, text: &str, key: &str) -> Result<(), Unreadable> {
        let found = json::of_key(Cow::Borrowed(text), key);
        let found = found.map_err(|malformed| self.unreadable("", &malformed))?;
        let json = found.map_err(|what| Unreadable { what, is_absent: true })?;
        let read = if self.form == Form::One && self.item == Item::Json {
            self.convert(&json)
        } else {
            json::with_text(&json, |text| self.convert(text))
        };
        let key = format!("has a key `{key}` whose value ");
        read.map_err(|malformed| self.unreadable(&key, &malformed))
    }

    /// What is known quotes no text in its errors.
    fn unreadable(self, subject: &str, malformed: &Malformed) -> Unreadable {
        let what = malformed.describe(&self.to_string(), !self.is_known());
        Unreadable { what: format!("{subject}is not {what}"), is_absent: false }
    }

    fn convert(self, text: &str) -> Result<(), Malformed> {
        match (self.form, self.item) {
            (_, Item::Unknown) => Ok(()),
            (Form::Base64, Item::Text) => convert::<String, _>(&Base64, text),
            (Form::Base64, Item::Json) => is_json(&InBase64(Json), text),
            (_, Item::Bytes) | (Form::Base64, _) => convert::<Vec<u8>, _>(&Base64, text),
            (_, Item::Text) => Ok(()),
            (_, Item::Json) => is_json(&Json, text),
            (_, Item::Bool) => self.read::<bool, _>(text),
            (_, Item::Char) => self.read::<char, _>(text),
            (_, Item::U8) => self.read::<u8, _>(text),
            (_, Item::U16) => self.read::<u16, _>(text),
            (_, Item::U32) => self.read::<u32, _>(text),
            (_, Item::U64) => self.read::<u64, _>(text),
            (_, Item::U128) => self.read::<u128, _>(text),
            (_, Item::Usize) => self.read::<usize, _>(text),
            (_, Item::I8) => self.read::<i8, _>(text),
            (_, Item::I16) => self.read::<i16, _>(text),
            (_, Item::I32) => self.read::<i32, _>(text),
            (_, Item::I64) => self.read::<i64, _>(text),
            (_, Item::I128) => self.read::<i128, _>(text),
            (_, Item::Isize) => self.read::<isize, _>(text),
            (_, Item::F32) => self.read::<f32, _>(text),
            (_, Item::F64) => self.read::<f64, _>(text),
            (_, Item::NonZeroU8) => self.read::<NonZero<u8>, _>(text),
            (_, Item::NonZeroU16) => self.read::<NonZero<u16>, _>(text),
            (_, Item::NonZeroU32) => self.read::<NonZero<u32>, _>(text),
            (_, Item::NonZeroU64) => self.read::<NonZero<u64>, _>(text),
            (_, Item::NonZeroU128) => self.read::<NonZero<u128>, _>(text),
            (_, Item::NonZeroUsize) => self.read::<NonZero<usize>, _>(text),
            (_, Item::NonZeroI8) => self.read::<NonZero<i8>, _>(text),
            (_, Item::NonZeroI16) => self.read::<NonZero<i16>, _>(text),
            (_, Item::NonZeroI32) => self.read::<NonZero<i32>, _>(text),
            (_, Item::NonZeroI64) => self.read::<NonZero<i64>, _>(text),
            (_, Item::NonZeroI128) => self.read::<NonZero<i128>, _>(text),
            (_, Item::NonZeroIsize) => self.read::<NonZero<isize>, _>(text),
            (_, Item::Duration) => self.read::<Duration, _>(text),
        }
    }

    fn read<T: FromText<M>, M>(self, text: &str) -> Result<(), Malformed> {
        match self.form {
            Form::List => convert::<Vec<T>, by::Splitting<M>>(&Text, text),
            _ => convert::<T, M>(&Text, text),
        }
    }
}

fn convert<T, M>(by: &impl Convert<T, M>, text: &str) -> Result<(), Malformed> {
    by.convert(text).map(drop)
}

#[cfg(feature = "json")]
fn is_json<C: Convert<serde::de::IgnoredAny, ()>>(by: &C, text: &str) -> Result<(), Malformed> {
    convert(by, text)
}

#[cfg(not(feature = "json"))]
fn is_json<C: Convert<(), ()>>(by: &C, text: &str) -> Result<(), Malformed> {
    convert(by, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, text: &str) -> String {
        let checked = Reads::parse(word).unwrap().check(text);
        checked.map_or_else(|error| error.to_string(), |()| "is right".to_owned())
    }

    #[test]
    fn each_word_is_read_as_a_field_of_its_type_is() {
        for (word, right, wrong) in [
            ("bool", "true", "yes"),
            ("char", "x", "xy"),
            ("u8", "255", "256"),
            ("u128", "340282366920938463463374607431768211455", "-1"),
            ("i8", "-128", "128"),
            ("isize", "-1", "1.0"),
            ("f32", "1e3", "1,5"),
            ("f64", "-0.5", ""),
            ("nonzero u8", "1", "0"),
            ("nonzero i64", "-1", "0"),
            ("duration", "1h 30m", "30"),
            ("base64", "gA==", "gA"),
            ("base64 text", "YQ==", "gA=="),
            ("[u16]", "1,2", "1,,2"),
            ("[text]", "", "never"),
            ("[bool]", "true", "true, false"),
        ] {
            assert_eq!(check(word, right), "is right", "{word}");
            if wrong != "never" {
                assert!(check(word, wrong).starts_with("is not "), "{word}");
            }
        }
        assert!(Reads::default().check("anything").is_ok());
    }

    #[test]
    fn an_error_says_where_and_not_what() {
        for (word, text, error) in [
            (
                "u16",
                "https ",
                "is not a `u16`: invalid digit found in string; it has whitespace at its ends",
            ),
            ("[u16]", "80,https", "is not a `[u16]`: item 2: invalid digit found in string"),
            ("base64 text", "gA==", "is not a text in base64: decoded byte 1 is not UTF-8"),
        ] {
            assert_eq!(check(word, text), error);
        }
    }

    #[cfg(feature = "json")]
    #[test]
    fn json_and_one_key_of_it() {
        let right = [("json", "{}"), ("base64 json", "e30=")];
        let wrong = [("json", "{secret}"), ("base64 json", "e3NlY3JldH0=")];
        for (word, text) in right {
            assert_eq!(check(word, text), "is right", "{word}");
        }
        for (word, text) in wrong {
            let error = check(word, text);
            assert!(error.starts_with("is not valid JSON: "), "{error}");
            assert!(!error.contains("secret"), "{error}");
        }
        let under =
            |word: &str, text| Reads::parse(word).unwrap_or_default().check_key(text, "db.port");
        assert_eq!(under("u16", r#"{"db":{"port":5432}}"#), Ok(()));
        assert_eq!(under("u16", r#"{"db":{"port":"5432"}}"#), Ok(()));
        assert_eq!(under("json", r#"{"db":{"port":{}}}"#), Ok(()));
        assert_eq!(under("", r#"{"db":{"port":"any"}}"#), Ok(()));
        for (word, text, error, is_absent) in [
            (
                "u16",
                r#"{"db":{"port":"secret"}}"#,
                "has a key `db.port` whose value is not a `u16`: invalid digit found in string",
                false,
            ),
            ("u16", r#"{"db":{}}"#, "has no key `db.port`", true),
            ("u16", r#"{"db":{"port":null}}"#, "has `null` under the key `db.port`", true),
            (
                "",
                r#"{"db":{"port":{}}}"#,
                "has a key `db.port` whose value is not a text but a JSON object: add `json` after `json_key` to read it by `Deserialize`",
                false,
            ),
            ("", "[]", "is not a JSON object with the key `db.port`: it is an array", false),
        ] {
            let found = under(word, text).unwrap_err();
            assert_eq!((found.to_string().as_str(), found.is_absent()), (error, is_absent));
        }
    }
}
