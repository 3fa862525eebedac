//! Quotes foreign texts in errors and log lines: shortened to a line or two, without control
//! characters and secrets.
//!
//! The text comes from a service, a proxy or a program, and may contain anything: a terminal escape
//! sequence, a line that looks like one of ours, a megabyte, a session token.

use crate::escape::push_visible;

/// Two lines of a terminal.
const MOST_CHARS: usize = 240;
/// The rest of the text is ignored.
const MOST_BYTES: usize = 8 * 1024;

const REDACTED: &str = "[redacted]";
/// The text after one of these is left out: the signed request with its headers, and the standard
/// error of a `credential_process`.
const LAST_WORDS: [&str; 4] =
    ["the canonical string", "canonical request", "stderr:", "authorization:"];
/// Keys whose value is a secret.
const SECRET_KEYS: [&str; 6] = [
    "security-token",
    "sessiontoken",
    "session_token",
    "secretaccesskey",
    "secret_access_key",
    // In the credentials of a container or of an instance.
    "\"token",
];

/// The text in one line.
pub(super) fn quote(text: &str) -> String {
    let start = start_of(text);
    let shown = without_tokens(&without_passwords(without_last_words(start)));
    let mut line = String::new();
    for (index, word) in shown.split_whitespace().enumerate() {
        if index > 0 {
            line.push(' ');
        }
        word.chars().for_each(|char| push_visible(char, &mut line));
        if line.len() > MOST_BYTES {
            break;
        }
    }
    match line.char_indices().nth(MOST_CHARS) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None if start.len() < text.len() => line + "…",
        None => line,
    }
}

/// The part of the text that is considered. It ends with a whole word, so that no secret loses the
/// mark by which it is recognised.
fn start_of(text: &str) -> &str {
    if text.len() <= MOST_BYTES {
        return text;
    }
    let start = &text[..text.floor_char_boundary(MOST_BYTES)];
    start.rfind(char::is_whitespace).map_or("", |end| &start[..end])
}

fn without_last_words(text: &str) -> &str {
    // ASCII only, so that positions in both are the same.
    let lower = text.to_ascii_lowercase();
    let end = LAST_WORDS.iter().filter_map(|words| lower.find(words)).min();
    end.map_or(text, |end| &text[..end])
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

/// `X-Amz-Security-Token: …` becomes `X-Amz-Security-Token: [redacted]`.
fn without_tokens(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let keys = SECRET_KEYS.iter();
    let mut ends: Vec<_> =
        keys.flat_map(|key| lower.match_indices(key).map(|(at, _)| at + key.len())).collect();
    ends.sort_unstable();
    let mut shown = String::new();
    let mut done = 0;
    for end in ends {
        if end < done {
            continue;
        }
        let rest = &text[end..];
        let is_between = |char: char| char.is_whitespace() || "\"'\\:=>[({".contains(char);
        let value = rest.trim_start_matches(is_between);
        let between = &rest[..rest.len() - value.len()];
        // "The security token is expired" contains no value.
        if !between.contains([':', '=', '>']) || value.is_empty() {
            continue;
        }
        let is_end = |char: char| char.is_whitespace() || "\"'\\,;&<}".contains(char);
        let length = value.find(is_end).unwrap_or(value.len());
        shown += &text[done..end + between.len()];
        shown += REDACTED;
        done = end + between.len() + length;
    }
    shown + &text[done..]
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
        assert_eq!(quote(&"ö".repeat(1_000_000)), "…");
        let blank = format!("a{}", " ".repeat(1_000_000));
        assert_eq!(quote(&blank), "a…");
        assert!(quote(&"\u{1b}".repeat(8_000)).len() < 1_000);
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
            ("X-Amz-Security-Token: IQoJ+/= x", "X-Amz-Security-Token: [redacted] x"),
            ("?x-amz-security-token=IQ%3D&b=1", "?x-amz-security-token=[redacted]&b=1"),
            (
                "{\"SessionToken\": \"IQoJ\", \"a\": 1}",
                "{\"SessionToken\": \"[redacted]\", \"a\": 1}",
            ),
            ("AWS_SECRET_ACCESS_KEY=a b", "AWS_SECRET_ACCESS_KEY=[redacted] b"),
            (
                "SecretAccessKey='a',aws_session_token=b",
                "SecretAccessKey='[redacted]',aws_session_token=[redacted]",
            ),
            ("signed: host;x-amz-security-token", "signed: host;x-amz-security-token"),
            ("sessiontoken=sessiontoken=a b", "sessiontoken=[redacted] b"),
            ("X-Amz-Security-Token:\n\tIQoJ x", "X-Amz-Security-Token: [redacted] x"),
            ("<SessionToken>IQoJ</SessionToken>", "<SessionToken>[redacted]</SessionToken>"),
            (r#"{\"SessionToken\": \"IQoJ\"}"#, r#"{\"SessionToken\": \"[redacted]\"}"#),
            (r#"{"X-Amz-Security-Token":["IQoJ"]}"#, r#"{"X-Amz-Security-Token":["[redacted]"]}"#),
            (r#"{"Token":"IQoJ"}"#, r#"{"Token":"[redacted]"}"#),
            ("SecretAccessKey => a b", "SecretAccessKey => [redacted] b"),
            ("no Authorization: Bearer a b", "no"),
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
            "exited with code exit status: 1."
        );
    }
}
