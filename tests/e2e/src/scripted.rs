//! A server that answers as it was told to: for what no Parameter Store at hand does on request.

use std::io::{self, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use serde_json::Value;

/// It answers one request after another, with a status and a body each; `null` stands for an empty
/// body. A request for which there is no answer left has its connection closed.
#[derive(Debug)]
pub struct Scripted {
    url: String,
    asked: Arc<Mutex<Vec<(String, Value)>>>,
}

impl Scripted {
    /// Begins to listen.
    ///
    /// # Panics
    ///
    /// When there is no free port on loopback.
    pub fn start(answers: impl IntoIterator<Item = (u16, Value)>) -> Self {
        let server = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
        let url = format!("http://{}", server.local_addr().expect("a listener has an address"));
        let asked = Arc::<Mutex<Vec<_>>>::default();
        let log = Arc::clone(&asked);
        let answers: Vec<_> = answers.into_iter().collect();
        thread::spawn(move || {
            let mut answers = answers.into_iter();
            for mut stream in server.incoming().flatten() {
                let Ok(request) = read(&mut stream) else { continue };
                log.lock().unwrap_or_else(PoisonError::into_inner).push(request);
                let Some((status, body)) = answers.next() else { continue };
                let body = if body.is_null() { String::new() } else { body.to_string() };
                let head = "Content-Type: application/x-amz-json-1.1\r\nConnection: close";
                let length = body.len();
                let _ = write!(
                    stream,
                    "HTTP/1.1 {status} Told\r\n{head}\r\nContent-Length: {length}\r\n\r\n{body}"
                );
            }
        });
        Self { url, asked }
    }

    /// Where it listens.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The operations that were asked for, such as `GetParameters`, and the bodies of the requests.
    pub fn asked(&self) -> Vec<(String, Value)> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// An error in the form of the service.
pub fn error(code: &str, message: &str) -> (u16, Value) {
    (400, serde_json::json!({ "__type": code, "message": message }))
}

fn read(stream: &mut TcpStream) -> io::Result<(String, Value)> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let some = stream.read(&mut buffer)?;
        if some == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        bytes.extend_from_slice(&buffer[..some]);
        let text = String::from_utf8_lossy(&bytes);
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let header = |name: &str| {
            head.lines().filter_map(|line| line.split_once(": ")).find_map(|(key, value)| {
                key.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
            })
        };
        let length = header("content-length").and_then(|it| it.parse().ok()).unwrap_or(0);
        if body.len() >= length {
            let target = header("x-amz-target").unwrap_or_default();
            let operation = target.rsplit('.').next().unwrap_or_default().to_owned();
            return Ok((operation, serde_json::from_str(body).unwrap_or_default()));
        }
    }
}
