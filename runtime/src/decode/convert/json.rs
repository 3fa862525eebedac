//! JSON: whole, or what stands under one of its keys.
//!
//! No error quotes the text, be it secret or not.

mod clean;
mod key;

use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::error::Category;

use self::clean::{Clean, Flaw};
pub(crate) use self::key::{of_key, with_text};
use super::Convert;
use crate::decode::malformed::Malformed;

/// By serde.
#[derive(Debug)]
pub struct Json;

impl<T: DeserializeOwned> Convert<T, ()> for Json {
    const JSON: bool = true;

    fn convert(&self, text: &str) -> Result<T, Malformed> {
        let mut json = serde_json::Deserializer::from_str(text);
        match T::deserialize(Clean(&mut json)) {
            Ok(value) => json.end().map(|()| value).map_err(|error| malformed(text, &error)),
            Err(Flaw::Below(error)) => Err(malformed(text, &error)),
            Err(Flaw::Here(why)) => Err(Malformed::at(why)),
        }
    }

    /// `null` is no value.
    fn convert_optional(&self, text: &str) -> Result<Option<T>, Malformed> {
        self.convert(text)
    }
}

/// What serde has to say, in words of ours.
fn malformed(text: &str, error: &serde_json::Error) -> Malformed {
    let at = match error.line() {
        0 => String::new(),
        line => format!(" at line {line}, column {}", error.column().max(1)),
    };
    let syntax = |what: String| Malformed::not("valid JSON", what);
    match error.classify() {
        _ if text.trim_ascii().is_empty() => syntax("it is empty".to_owned()),
        Category::Eof => syntax(format!("it is cut short{at}")),
        // Of the type in spite of its name: a key that is no number, a number too large.
        Category::Syntax if serde_json::from_str::<IgnoredAny>(text).is_ok() => {
            Malformed::at(format!("{}{at}", clean::NOT_ALLOWED))
        }
        Category::Syntax | Category::Io => syntax(format!("it goes wrong{at}")),
        Category::Data => Malformed::at(format!("{}{at}", clean::why(error))),
    }
}
