//! A client that speaks the wire protocol and knows nothing else, so that nothing is hidden.

#![allow(dead_code, reason = "no test uses all of it")]

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;
use stage_config_local::LocalStore;

/// An answer, as it came.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Value,
}

impl Answer {
    /// The body of an answer that is no error.
    #[track_caller]
    pub(crate) fn ok(self) -> Value {
        assert_eq!(self.status, 200, "{}", self.body);
        self.body
    }

    /// The code of an error.
    #[track_caller]
    pub(crate) fn code(&self) -> &str {
        assert_ne!(self.status, 200, "{}", self.body);
        self.body["__type"].as_str().unwrap()
    }

    /// The text of an error.
    #[track_caller]
    pub(crate) fn message(&self) -> &str {
        self.body["message"].as_str().unwrap()
    }
}

/// Sends a request and does not wait for the answer.
pub(crate) fn send(store: &LocalStore, operation: &str, body: &str) -> TcpStream {
    let address = store.url().strip_prefix("http://").unwrap().to_owned();
    let mut stream = TcpStream::connect(&address).unwrap();
    // What never comes is to fail a test, not to hang it.
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let head = format!(
        "POST / HTTP/1.1\r\nHost: {address}\r\nX-Amz-Target: AmazonSSM.{operation}\r\n\
         Content-Type: application/x-amz-json-1.1\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(body.as_bytes()).unwrap();
    stream
}

pub(crate) fn receive(mut stream: TcpStream) -> io::Result<Answer> {
    let mut text = String::new();
    stream.read_to_string(&mut text)?;
    let (head, body) = text.split_once("\r\n\r\n").ok_or(io::ErrorKind::UnexpectedEof)?;
    Ok(Answer {
        status: head.split(' ').nth(1).unwrap().parse().unwrap(),
        head: head.to_ascii_lowercase(),
        body: serde_json::from_str(body)?,
    })
}

/// Sends a request and waits for the answer. The body need not be valid JSON.
#[track_caller]
pub(crate) fn ask_text(store: &LocalStore, operation: &str, body: &str) -> Answer {
    receive(send(store, operation, body)).unwrap()
}

/// Sends a request and waits for the answer.
#[track_caller]
#[expect(clippy::needless_pass_by_value, reason = "reads better with `json!`")]
pub(crate) fn ask(store: &LocalStore, operation: &str, body: Value) -> Answer {
    ask_text(store, operation, &body.to_string())
}
