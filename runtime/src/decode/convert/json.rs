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
        Category::Data => of_type(text, error),
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

/// Separates the class and the position of the mistake from the words, which may quote the text.
fn of_type(text: &str, error: &serde_json::Error) -> Malformed {
    let message = error.to_string();
    let position = format!(" at line {} column {}", error.line(), error.column());
    let words = message.strip_suffix(&position).unwrap_or(&message);
    let class = CLASSES.iter().find_map(|class| Some((class, words.strip_prefix(class)?)));
    match class {
        Some((class, words)) => Malformed::because(words.trim_start_matches([':', ' ']))
            .inside(&format!("{class}{}", position_in(text, error))),
        None => Malformed::because(message),
    }
}

/// Nothing if it is not in the text: the message of a type's own `Deserialize` may end in what looks
/// like a position, and may quote the text there.
fn position_in(text: &str, error: &serde_json::Error) -> String {
    // serde_json counts columns from 1, and reports 0 before it has read a character.
    let (line, column) = (error.line(), error.column().max(1));
    let in_text = line.checked_sub(1).and_then(|before| text.split('\n').nth(before));
    match in_text {
        Some(it) if column <= it.len() + 1 => format!(" at line {line} column {column}"),
        _ => String::new(),
    }
}
