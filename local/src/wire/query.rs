//! Answers in XML, as the query protocol of STS has them.

use std::fmt::Write as _;

use serde_json::Value;

use crate::error::{Result, ServiceError};

const NAMESPACE: &str = "https://sts.amazonaws.com/doc/2011-06-15/";

/// The status and body of the store's own answer. All members of a reply are texts.
pub(super) fn own(operation: &str, answer: Result<Value>) -> (u16, String) {
    match answer {
        Ok(reply) => (200, success(operation, &reply)),
        Err(error) => failure(&error),
    }
}

fn success(operation: &str, reply: &Value) -> String {
    let mut members = String::new();
    for (name, value) in reply.as_object().into_iter().flatten() {
        let value = escape(value.as_str().unwrap_or_default());
        let _ = write!(members, "<{name}>{value}</{name}>");
    }
    format!(
        "<{operation}Response xmlns=\"{NAMESPACE}\"><{operation}Result>{members}\
         </{operation}Result><ResponseMetadata/></{operation}Response>"
    )
}

/// STS spells the codes of common errors without `Exception`.
fn failure(error: &ServiceError) -> (u16, String) {
    let code = error.code().trim_end_matches("Exception");
    let status = if code == "AccessDenied" { 403 } else { error.status() };
    let kind = if status < 500 { "Sender" } else { "Receiver" };
    let (code, message) = (escape(code), escape(error.message()));
    let body = format!(
        "<ErrorResponse xmlns=\"{NAMESPACE}\"><Error><Type>{kind}</Type><Code>{code}</Code>\
         <Message>{message}</Message></Error></ErrorResponse>"
    );
    (status, body)
}

/// Text in XML. It cannot have control characters, not even escaped.
fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            c if c.is_control() => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}
