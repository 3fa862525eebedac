//! What the replies of a case say, read in another way, and what may be made of that.

use std::fmt;

use http::Response;
use secrecy::ExposeSecret;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use stage_config_names::ParameterName;

use super::generate::Case;
use crate::source::{Answer, Answers};

/// The fields of an object, also if one is there twice.
struct Fields<'a>(Vec<(String, &'a RawValue)>);

/// What was made of the names and paths of all cases.
#[derive(Debug, Default)]
pub(super) struct Counts {
    found: u64,
    missing: u64,
    denied: u64,
    failed: u64,
    paths: u64,
}

impl Counts {
    pub(super) fn check(&mut self, case: &Case, answers: &Answers) {
        let sent = Sent::new(case);
        for name in &case.names {
            match answers.get(name).expect("each name has an answer") {
                Answer::Found { text, .. } => {
                    self.found += 1;
                    let text = text.expose_secret();
                    assert!(sent.has(name, text), "`{name}` is {text:?}: {sent:?}");
                }
                Answer::Missing => {
                    self.missing += 1;
                    assert!(sent.says_missing(name), "`{name}` is missing: {sent:?}");
                }
                Answer::Denied(_) => self.denied += 1,
                Answer::Failed { .. } => self.failed += 1,
            }
        }
        let Some(path) = &case.path else { return };
        let Ok(entries) = answers.get_path(path).expect("the path has an answer") else { return };
        self.paths += 1;
        for (key, answer) in entries {
            if let Answer::Found { text, .. } = answer {
                let (name, text) = (format!("{path}/{key}"), text.expose_secret());
                assert!(sent.has(&name, text), "`{name}` is {text:?}: {sent:?}");
            }
        }
    }

    /// Each kind of answer has been seen.
    pub(super) fn assert_complete(&self) {
        let Self { found, missing, denied, failed, paths } = self;
        let is_one_case = found + missing + denied + failed + paths < 1_000;
        let kinds = [found, missing, denied, failed, paths];
        assert!(is_one_case || kinds.iter().all(|count| **count > 10), "{self:?}");
    }
}

/// What the replies of a case say.
struct Sent<'a> {
    case: &'a Case,
    /// The keys and texts of each parameter.
    parameters: Vec<Vec<(String, String)>>,
    invalid: Vec<String>,
}

impl<'a> Sent<'a> {
    fn new(case: &'a Case) -> Self {
        let mut sent = Self { case, parameters: Vec::new(), invalid: Vec::new() };
        for reply in case.replies.iter() {
            let body = spaced(reply.body());
            // In keys that it does not know, serde does not look for bytes that are not UTF-8.
            let body = String::from_utf8_lossy(&body);
            let Ok(Fields(fields)) = serde_json::from_str(&body) else { continue };
            for (key, value) in fields {
                match &*key {
                    "Parameter" => sent.parameters.extend(parameter(value)),
                    "Parameters" => {
                        sent.parameters.extend(items(value).into_iter().filter_map(parameter));
                    }
                    "InvalidParameters" => {
                        sent.invalid.extend(items(value).into_iter().filter_map(text));
                    }
                    _ => {}
                }
            }
        }
        sent
    }

    /// Whether a reply has this value for this name.
    fn has(&self, name: &str, value: &str) -> bool {
        let name = ParameterName::parse(name).unwrap();
        self.parameters.iter().any(|fields| {
            let under = |key| move |field: &&(String, String)| field.0 == key;
            let texts =
                |key| fields.iter().filter(under(key)).map(|field| field.1.clone()).collect();
            let values: Vec<String> = texts("Value");
            values.iter().any(|it| spaced(it.as_bytes()) == spaced(value.as_bytes()))
                && is_for(&name, texts)
        })
    }

    fn says_missing(&self, name: &str) -> bool {
        let is_listed = self.invalid.iter().any(|it| is_same(it, name));
        is_listed || self.case.replies.iter().any(says_not_found)
    }
}

fn parameter(value: &RawValue) -> Option<Vec<(String, String)>> {
    let Fields(fields) = serde_json::from_str(value.get()).ok()?;
    Some(fields.into_iter().filter_map(|(key, value)| Some((key, text(value)?))).collect())
}

/// The SDK reads texts with control characters, and serde does not.
fn spaced(text: &[u8]) -> Vec<u8> {
    text.iter().map(|byte| if byte.is_ascii_control() { b' ' } else { *byte }).collect()
}

fn items(array: &RawValue) -> Vec<&RawValue> {
    serde_json::from_str(array.get()).unwrap_or_default()
}

/// A text, or a number as it is written.
fn text(value: &RawValue) -> Option<String> {
    let written = value.get();
    let is_text = written.starts_with('"');
    if is_text { serde_json::from_str(written).ok() } else { Some(written.to_owned()) }
}

/// Whether a parameter with these fields is the one of this name and this selector.
fn is_for(name: &ParameterName<'_>, texts: impl Fn(&'static str) -> Vec<String>) -> bool {
    let selector = name.selector().map(|it| it.to_string());
    let is_named = if name.arn().is_some() {
        texts("ARN").iter().any(|arn| match &selector {
            Some(selector) => *name.as_str() == format!("{arn}:{selector}"),
            None => name.as_str() == arn,
        })
    } else {
        let is_it = |it: &String| is_same(it, name.path()) || Some(&**it) == name.secret();
        texts("Name").iter().any(is_it)
    };
    let selectors = texts("Selector");
    let is_selected = match &selector {
        Some(selector) => {
            // Not every stand-in for the service repeats it.
            let is_left_out = selectors.iter().all(|it| it.is_empty() || it == "null");
            let is_version = name.secret().is_none() && selector.parse::<u64>().is_ok();
            selectors.contains(&format!(":{selector}"))
                || is_left_out && (!is_version || texts("Version").contains(selector))
        }
        None => true,
    };
    is_named && is_selected
}

/// `Key` and `/Key` are the same.
fn is_same(one: &str, other: &str) -> bool {
    one.strip_prefix('/').unwrap_or(one) == other.strip_prefix('/').unwrap_or(other)
}

fn says_not_found(reply: &Response<bytes::Bytes>) -> bool {
    let header = reply.headers().get("x-amzn-errortype");
    let body = String::from_utf8_lossy(reply.body());
    header.is_some_and(|it| it == "ParameterNotFound") || body.contains("ParameterNotFound")
}

impl fmt::Debug for Sent<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for reply in self.case.replies.iter() {
            let body: String = String::from_utf8_lossy(reply.body()).chars().take(2_000).collect();
            writeln!(f, "{} {:?} {body}", reply.status(), reply.headers())?;
        }
        Ok(())
    }
}

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct All;

        impl<'de> Visitor<'de> for All {
            type Value = Fields<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields<'de>, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }

        deserializer.deserialize_map(All)
    }
}
