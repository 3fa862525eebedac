//! A secret that is looked for in all forms that a program could print it in.

use std::collections::BTreeSet;

use base64::prelude::{BASE64_STANDARD, Engine as _};

/// Characters of a part that is looked for. A secret is lost long before all of it is shown.
const PART: usize = 8;

/// A random secret of 24 characters, among them some that every encoding escapes.
pub(crate) struct Planted {
    text: String,
    /// Each part in each form, once: most forms of most parts are the same.
    forms: BTreeSet<String>,
}

impl Planted {
    pub(crate) fn new() -> Self {
        let mut characters: Vec<char> = (0..20).map(|_| fastrand::char('!'..='~')).collect();
        characters.extend(['"', '\\', '%', 'é']);
        fastrand::shuffle(&mut characters);
        let part = |part: &[char]| encodings(&part.iter().collect::<String>());
        let forms = characters.windows(PART).flat_map(part).collect();
        Self { text: characters.into_iter().collect(), forms }
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn base64(&self) -> String {
        BASE64_STANDARD.encode(&self.text)
    }

    /// A part of the secret that the text shows, as it is shown.
    pub(crate) fn shown_in(&self, text: &str) -> Option<&str> {
        self.forms.iter().map(|form| &**form).find(|form| text.contains(form))
    }
}

/// The forms in which a program prints a text.
fn encodings(text: &str) -> Vec<String> {
    let bytes = text.as_bytes();
    let each = |format: fn(&u8) -> String, between| {
        bytes.iter().map(format).collect::<Vec<_>>().join(between)
    };
    let mut found = vec![
        text.to_owned(),
        percent(text),
        bytes.escape_ascii().to_string(),
        each(|byte| format!("{byte:02x}"), ""),
        each(|byte| format!("{byte:02X}"), ""),
        each(u8::to_string, ", "),
    ];
    // A reply has JSON in JSON, and a log may quote it once more.
    for escape in [json, debug] {
        let once = escape(text);
        found.extend([json(&once), debug(&once), once]);
    }
    // The encoding of a part depends on how many bytes there are before it. What its neighbours
    // change at both ends is left out.
    for before in 0..3 {
        let encoded = BASE64_STANDARD.encode([&[0; 3][..before], bytes].concat());
        let whole = (before + bytes.len()) / 3 * 4;
        let standard = encoded[[0, 2, 3][before]..whole].to_owned();
        found.extend([standard.replace('+', "-").replace('/', "_"), standard]);
    }
    found
}

fn json(text: &str) -> String {
    unquoted(&serde_json::Value::from(text).to_string())
}

fn debug(text: &str) -> String {
    unquoted(&format!("{text:?}"))
}

fn unquoted(text: &str) -> String {
    text[1..text.len() - 1].to_owned()
}

fn percent(text: &str) -> String {
    let escape = |byte: u8| match byte {
        byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    text.bytes().map(escape).collect()
}

/// If this misses a form, the tests that find nothing show nothing.
#[test]
fn it_is_found_in_every_form() {
    for _ in 0..100 {
        let secret = Planted::new();
        let text = secret.text();
        let json = serde_json::json!({ "token": text }).to_string();
        for shown in [
            text.to_owned(),
            json.clone(),
            format!("{json:?}"),
            serde_json::json!({ "Value": json }).to_string(),
            format!("{text:?}"),
            format!("{:?}", text.as_bytes()),
            text.as_bytes().escape_ascii().to_string(),
            percent(text),
            secret.base64(),
            BASE64_STANDARD.encode(format!("a{text}")),
            BASE64_STANDARD.encode(format!("ab{text}")),
            text.chars().skip(5).take(PART).collect(),
        ] {
            assert!(secret.shown_in(&format!("before {shown} after")).is_some(), "{shown}");
        }
        assert_eq!(secret.shown_in(Planted::new().text()), None);
    }
}
