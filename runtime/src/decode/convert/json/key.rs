//! Reads one key of a JSON object.

use std::borrow::Cow;
use std::fmt;

use secrecy::zeroize::Zeroizing;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::error::Category;
use serde_json::value::RawValue;

use crate::decode::malformed::Malformed;

/// Returns the JSON value of `key`, as written; for `a.b`, that of key `b` of the object at `a`. The
/// inner error says why there is no value.
pub(crate) fn of_key<'t>(
    text: Cow<'t, str>,
    key: &str,
) -> Result<Result<Cow<'t, str>, String>, Malformed> {
    Ok(match text {
        Cow::Borrowed(text) => find(text, key)?.map(Cow::Borrowed),
        Cow::Owned(text) => find(&text, key)?.map(|found| Cow::Owned(found.to_owned())),
    })
}

fn find<'t>(text: &'t str, key: &str) -> Result<Result<&'t str, String>, Malformed> {
    // The whole text first, so that a position counts from its beginning.
    let whole = serde_json::from_str::<&RawValue>(text);
    let mut json = whole.map_err(|error| super::malformed(text, &error))?.get();
    // The part of `key` that leads to `json`.
    let mut above = "";
    for step in key.split('.') {
        let found = |kind| match above {
            "" => format!("it is {kind}"),
            above => format!("under `{above}` is {kind}"),
        };
        json = match JsonType::of(json) {
            JsonType::Object => match under(json, step)? {
                Some(json) => json,
                None => return Ok(Err(format!("has no key `{key}`"))),
            },
            kind @ JsonType::Null => {
                return Ok(Err(format!("has no key `{key}`, because {}", found(kind))));
            }
            kind => {
                let not = format!("a JSON object with the key `{key}`");
                return Err(Malformed::not(not, found(kind)));
            }
        };
        above = &key[..above.len() + usize::from(!above.is_empty()) + step.len()];
    }
    match JsonType::of(json) {
        JsonType::Null => Ok(Err(format!("has `null` under the key `{key}`"))),
        _ => Ok(Ok(json)),
    }
}

/// Reads the text of a JSON value: the content of a string, the digits of a number. If escapes make a
/// copy necessary, the copy is zeroed afterwards.
pub(crate) fn with_text<T>(
    json: &str,
    read: impl FnOnce(&str) -> Result<T, Malformed>,
) -> Result<T, Malformed> {
    match JsonType::of(json) {
        JsonType::String => match serde_json::from_str::<&str>(json) {
            Ok(text) => read(text),
            Err(_) => match serde_json::from_str::<String>(json).map(Zeroizing::new) {
                Ok(text) => read(&text),
                Err(_) => Err(Malformed::not("a text", BROKEN_ESCAPE)),
            },
        },
        JsonType::Object => Err(Malformed::not("a text but a JSON object", READ_AS_JSON)),
        JsonType::Array => Err(Malformed::not("a text but a JSON array", READ_AS_JSON)),
        JsonType::Number | JsonType::Boolean | JsonType::Null => read(json),
    }
}

const BROKEN_ESCAPE: &str = "an escape `\\u…` in it stands for no character";
const READ_AS_JSON: &str = "add `json` after `json_key` to read it by `Deserialize`";

/// The kind of a valid JSON value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum JsonType {
    Object,
    Array,
    String,
    Number,
    Boolean,
    Null,
}

impl JsonType {
    fn of(json: &str) -> Self {
        match json.trim_ascii_start().as_bytes().first() {
            Some(b'{') => Self::Object,
            Some(b'[') => Self::Array,
            Some(b'"') => Self::String,
            Some(b't' | b'f') => Self::Boolean,
            Some(b'n') => Self::Null,
            _ => Self::Number,
        }
    }
}

impl fmt::Display for JsonType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Object => "an object",
            Self::Array => "an array",
            Self::String => "a string",
            Self::Number => "a number",
            Self::Boolean => "a boolean",
            Self::Null => "`null`",
        })
    }
}

fn under<'t>(json: &'t str, key: &str) -> Result<Option<&'t str>, Malformed> {
    let mut json = serde_json::Deserializer::from_str(json);
    let found = Under(key).deserialize(&mut json).map_err(|error| match error.classify() {
        Category::Data => {
            Malformed::not(format!("a JSON object with one key `{key}`"), "it has more than one")
        }
        // It is known to be JSON, except for the escapes.
        _ => Malformed::not("valid JSON", BROKEN_ESCAPE),
    })?;
    Ok(found.map(RawValue::get))
}

/// Takes the value of one key and skips all others.
struct Under<'k>(&'k str);

impl<'de> DeserializeSeed<'de> for Under<'_> {
    type Value = Option<&'de RawValue>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Under<'_> {
    type Value = Option<&'de RawValue>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        while let Some(key) = map.next_key::<String>()? {
            if key != self.0 {
                map.next_value::<IgnoredAny>()?;
            } else if found.replace(map.next_value()?).is_some() {
                return Err(A::Error::custom("twice"));
            }
        }
        Ok(found)
    }
}
