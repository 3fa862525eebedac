//! The store over the wire, and its program, as their users see them.
//!
//! The client speaks the wire protocol and knows nothing else, so that nothing is hidden.

mod describing;
mod faults;
mod history;
mod hostile;
mod iam;
mod identity;
mod labels;
mod lifecycle;
mod locations;
mod paths;
mod program;
mod reading;
mod script;
mod secrets;
mod store;
mod tags;
mod toml;
mod writing;

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};
use stage_config_local::LocalStore;

/// An answer, as it came.
#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    body: Value,
}

impl Answer {
    /// The body of an answer that is not an error.
    #[track_caller]
    fn ok(self) -> Value {
        assert_eq!(self.status, 200, "{}", self.body);
        self.body
    }

    /// The code of an error.
    #[track_caller]
    fn code(&self) -> &str {
        assert_ne!(self.status, 200, "{}", self.body);
        self.body["__type"].as_str().unwrap()
    }

    /// The text of an error.
    #[track_caller]
    fn message(&self) -> &str {
        self.body["message"].as_str().unwrap()
    }
}

/// Sends a request and does not wait for the answer.
fn send(store: &LocalStore, operation: &str, body: &str) -> TcpStream {
    let address = store.url().strip_prefix("http://").unwrap().to_owned();
    let mut stream = TcpStream::connect(&address).unwrap();
    // An answer that never comes must fail a test, not hang it.
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

fn receive(mut stream: TcpStream) -> io::Result<Answer> {
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
fn ask_text(store: &LocalStore, operation: &str, body: &str) -> Answer {
    receive(send(store, operation, body)).unwrap()
}

#[track_caller]
#[expect(clippy::needless_pass_by_value, reason = "reads better with `json!`")]
fn ask(store: &LocalStore, operation: &str, body: Value) -> Answer {
    ask_text(store, operation, &body.to_string())
}

/// `GetParameter` with decryption.
#[track_caller]
fn get(store: &LocalStore, name: &str) -> Answer {
    ask(store, "GetParameter", json!({ "Name": name, "WithDecryption": true }))
}

/// The value that [`get`] finds.
#[track_caller]
fn value(store: &LocalStore, name: &str) -> Value {
    get(store, name).ok()["Parameter"]["Value"].clone()
}

/// `GetParameters` with decryption.
#[track_caller]
fn get_all(store: &LocalStore, names: &[&str]) -> Answer {
    ask(store, "GetParameters", json!({ "Names": names, "WithDecryption": true }))
}

/// One field of each parameter in a reply.
fn each<'a>(reply: &'a Value, field: &str) -> Vec<&'a str> {
    let parameters = reply["Parameters"].as_array().unwrap();
    parameters.iter().map(|parameter| parameter[field].as_str().unwrap_or("-")).collect()
}
