//! JSON: the whole text, or the value under one of its keys.

mod key;

use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::error::Category;

pub(crate) use self::key::{of_key, with_text};
use super::Convert;
use crate::decode::malformed::Malformed;

/// Reads JSON through serde.
pub struct Json;

impl<T: DeserializeOwned> Convert<T, ()> for Json {
    const JSON: bool = true;

    fn convert(&self, text: &str) -> Result<T, Malformed> {
        serde_json::from_str(text).map_err(|error| malformed(text, &error))
    }

    /// `null` is no value.
    fn convert_optional(&self, text: &str) -> Result<Option<T>, Malformed> {
        self.convert(text)
    }
}

fn malformed(text: &str, error: &serde_json::Error) -> Malformed {
    match error.classify() {
        _ if text.trim_ascii().is_empty() => Malformed::not("valid JSON", "it is empty"),
        Category::Data => of_type(error),
        // Valid JSON all the same: a number that is too large, a key that is not a number.
        Category::Syntax if serde_json::from_str::<IgnoredAny>(text).is_ok() => {
            Malformed::at(error.to_string())
        }
        // A message about syntax holds nothing of the text.
        _ => Malformed::not("valid JSON", error.to_string()),
    }
}

/// How serde's messages about a value begin. The rest of such a message may quote the value.
const CLASSES: [&str; 7] = [
    "invalid type",
    "invalid value",
    "invalid length",
    "unknown variant",
    "unknown field",
    "missing field",
    "duplicate field",
];

/// Tells the class and the position of the mistake from the words that may quote the text. A message
/// of the user's own may quote it anywhere, even in what looks like a position.
fn of_type(error: &serde_json::Error) -> Malformed {
    let message = error.to_string();
    let position = match error.line() {
        0 => String::new(),
        line => format!(" at line {line} column {}", error.column()),
    };
    let words = message.strip_suffix(&position).unwrap_or(&message);
    let class = CLASSES.iter().find_map(|class| Some((class, words.strip_prefix(class)?)));
    match class {
        Some((class, words)) => Malformed::because(words.trim_start_matches([':', ' ']))
            .inside(&format!("{class}{position}")),
        None => Malformed::because(message),
    }
}
