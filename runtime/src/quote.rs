//! Quotes foreign texts in errors and log lines: shortened to a line or two, without control
//! characters and secrets.
//!
//! The text comes from a service, a proxy or a program, and may contain anything: a terminal escape
//! sequence, a line that looks like one of ours, a megabyte, a session token.

use crate::escape::push_visible;

/// Two lines of a terminal.
const MOST_CHARS: usize = 240;

const REDACTED: &str = "[redacted]";
/// From here on, the text is the signed request with its headers.
const LAST_WORDS: [&str; 2] = ["the canonical string", "canonical request"];
/// Keys of secrets. The text ends before the value of the first one: where the value ends depends on
/// the format.
const SECRET_KEYS: [&str; 8] = [
    "authorization",
    "security-token",
    "sessiontoken",
    "session_token",
    "secretaccesskey",
    "secret_access_key",
    // In the credentials of a container or of an instance.
    "\"token",
    // In the failure of a `credential_process`.
    "stderr",
];

/// The text in one line.
pub(crate) fn quote(text: &str) -> String {
    let shown = without_passwords(&without_secrets(text));
    let mut line = String::new();
    for (index, word) in shown.split_whitespace().enumerate() {
        if index > 0 {
            line.push(' ');
        }
        word.chars().for_each(|char| push_visible(char, &mut line));
    }
    match line.char_indices().nth(MOST_CHARS) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

/// `X-Amz-Security-Token: …` becomes `X-Amz-Security-Token: [redacted]`, without the rest of the
/// text.
fn without_secrets(text: &str) -> String {
    // ASCII only, so that positions in both are the same.
    let lower = text.to_ascii_lowercase();
    let text =
        &text[..LAST_WORDS.iter().filter_map(|it| lower.find(it)).min().unwrap_or(text.len())];
    let values = SECRET_KEYS.iter().flat_map(|key| {
        lower[..text.len()]
            .match_indices(key)
            .filter_map(|(at, _)| value_after(text, at + key.len()))
    });
    match values.min() {
        Some(at) => format!("{}{REDACTED}", &text[..at]),
        None => text.to_owned(),
    }
}

/// Where the value of a key begins that ends at `end`, if it has one: "The security token is
/// expired" contains none.
fn value_after(text: &str, end: usize) -> Option<usize> {
    let is_between = |char: char| char.is_whitespace() || "\"'\\:=>[({".contains(char);
    let value = text[end..].trim_start_matches(is_between);
    let at = text.len() - value.len();
    (text[end..at].contains([':', '=', '>']) && !value.is_empty()).then_some(at)
}

/// `https://user:password@host` becomes `https://[redacted]@host`. A password may contain any
/// character except whitespace, so everything before the last `@` of a word is left out.
fn without_passwords(text: &str) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("://") {
        let word = &after[..after.find(char::is_whitespace).unwrap_or(after.len())];
        shown += before;
        shown += "://";
        rest = after;
        if let Some(end) = word.rfind('@') {
            shown += REDACTED;
            rest = &after[end..];
        }
    }
    shown + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_plain_stays() {
        for text in
            ["", "Rate exceeded", "it's \"5\" \\ `ö`", "The security token included is expired"]
        {
            assert_eq!(quote(text), text);
        }
    }

    #[test]
    fn one_line_without_control_characters() {
        assert_eq!(
            quote("no\r\n  limit: parameter `/a` is wrong\t!"),
            "no limit: parameter `/a` is wrong !"
        );
        assert_eq!(quote("\u{1b}[31mred\u{0}"), "\\u{1b}[31mred\\0");
        assert_eq!(quote("a\u{202e}b\u{200b}c"), "a\\u{202e}b\\u{200b}c");
    }

    #[test]
    fn a_line_or_two() {
        let long = "word ".repeat(100);
        let shown = quote(&long);
        assert_eq!(shown.chars().count(), MOST_CHARS);
        assert!(shown.ends_with("word…"), "{shown}");
        let exact = "ö".repeat(MOST_CHARS);
        assert_eq!(quote(&exact), exact);
        assert_eq!(quote(&format!("{exact}ö")), format!("{exact}…"));
        assert_eq!(quote(&"ö".repeat(1_000_000)), format!("{exact}…"));
        assert_eq!(quote(&format!("a{}", " ".repeat(1_000_000))), "a");
        assert!(quote(&"\u{1b}".repeat(8_000)).len() < 1_000);
        // However long a password is, the `@` after it is found.
        let url = format!("http://me:{}@host", "k3y".repeat(10_000));
        assert_eq!(quote(&url), "http://[redacted]@host");
    }

    #[test]
    fn no_password_of_a_url() {
        assert_eq!(
            quote("https://me:p@ss:w@proxy:3128/x http://host/ a@b"),
            "https://[redacted]@proxy:3128/x http://host/ a@b"
        );
        for password in ["pa/ss", "p#s", "p?s", "p'\"`s"] {
            assert_eq!(
                quote(&format!("http://me:{password}@host:1/")),
                "http://[redacted]@host:1/"
            );
        }
        assert_eq!(quote("at `http://me@host`, not a@b"), "at `http://[redacted]@host`, not a@b");
    }

    #[test]
    fn no_session_token() {
        for (text, shown) in [
            ("X-Amz-Security-Token: IQoJ+/= x", "X-Amz-Security-Token: [redacted]"),
            ("?x-amz-security-token=IQ%3D&b=1", "?x-amz-security-token=[redacted]"),
            ("{\"SessionToken\": \"IQoJ\", \"a\": 1}", "{\"SessionToken\": \"[redacted]"),
            ("b AWS_SECRET_ACCESS_KEY=a", "b AWS_SECRET_ACCESS_KEY=[redacted]"),
            ("SecretAccessKey='a',aws_session_token=b", "SecretAccessKey='[redacted]"),
            ("signed: host;x-amz-security-token", "signed: host;x-amz-security-token"),
            ("X-Amz-Security-Token:\n\tIQoJ x", "X-Amz-Security-Token: [redacted]"),
            ("<SessionToken>IQoJ</SessionToken>", "<SessionToken>[redacted]"),
            (r#"{\"SessionToken\": \"IQoJ\"}"#, r#"{\"SessionToken\": \"[redacted]"#),
            (r#"{"X-Amz-Security-Token":["IQoJ"]}"#, r#"{"X-Amz-Security-Token":["[redacted]"#),
            (r#"{"Token":"IQoJ"}"#, r#"{"Token":"[redacted]"#),
            ("SecretAccessKey => a b", "SecretAccessKey => [redacted]"),
            ("no Authorization: Bearer a b", "no Authorization: [redacted]"),
            (r#"{"Authorization": "AWS4 Signature=IQoJ"}"#, r#"{"Authorization": "[redacted]"#),
            (r#"{"authorization":["Bearer IQoJ"]}"#, r#"{"authorization":["[redacted]"#),
            ("SessionToken:", "SessionToken:"),
        ] {
            assert_eq!(quote(text), shown);
        }
    }

    #[test]
    fn nothing_of_the_signed_request_or_of_a_programs_standard_error() {
        assert_eq!(
            quote(
                "It does not match.\n\nThe Canonical String for this request should have been\n'POST"
            ),
            "It does not match."
        );
        assert_eq!(
            quote("exited with code exit status: 1. Stderr: k3y"),
            "exited with code exit status: 1. Stderr: [redacted]"
        );
    }
}
