//! A server that is nothing but a closure: for what is no HTTP, or no end of it.

use std::io::{self, BufRead as _, BufReader, Read as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// It gives each request to a closure, with its number and the connection to answer on. When that
/// returns `true`, the connection is kept for the next one.
#[derive(Debug)]
pub struct Raw {
    address: String,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Raw {
    /// Begins to listen.
    ///
    /// # Panics
    ///
    /// When there is no free port on loopback.
    pub fn start(
        answer: impl Fn(usize, &mut TcpStream) -> bool + Send + Sync + Clone + 'static,
    ) -> Self {
        let server = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
        let address = server.local_addr().expect("a listener has an address").to_string();
        let heads = Arc::<Mutex<Vec<_>>>::default();
        let log = Arc::clone(&heads);
        thread::spawn(move || {
            for stream in server.incoming().flatten() {
                let (log, answer) = (Arc::clone(&log), answer.clone());
                thread::spawn(move || serve(stream, &log, &answer));
            }
        });
        Self { address, heads }
    }

    /// Host and port.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// What the requests began with, up to the empty line; `TLS` for a handshake.
    pub fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// A reply with this body, after which the connection may be kept.
pub fn reply(status: u16, body: &str) -> String {
    let length = body.len();
    let head = "Content-Type: application/x-amz-json-1.1";
    format!("HTTP/1.1 {status} Told\r\n{head}\r\nContent-Length: {length}\r\n\r\n{body}")
}

fn serve(
    mut stream: TcpStream,
    log: &Mutex<Vec<String>>,
    answer: &impl Fn(usize, &mut TcpStream) -> bool,
) {
    let Ok(reading) = stream.try_clone() else { return };
    let mut reading = BufReader::new(reading);
    while let Ok(Some(head)) = read(&mut reading) {
        let index = {
            let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
            log.push(head);
            log.len() - 1
        };
        if !answer(index, &mut stream) {
            return;
        }
    }
}

fn read(stream: &mut BufReader<TcpStream>) -> io::Result<Option<String>> {
    // A TLS handshake has no lines.
    if stream.fill_buf()?.first() == Some(&0x16) {
        return Ok(Some("TLS".to_owned()));
    }
    let mut head = Vec::new();
    loop {
        let before = head.len();
        if stream.read_until(b'\n', &mut head)? == 0 {
            return Ok(None);
        }
        if head[before..] == *b"\r\n" {
            break;
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let length = head.lines().filter_map(|line| line.split_once(": ")).find_map(|(key, value)| {
        key.eq_ignore_ascii_case("content-length").then(|| value.parse().ok())?
    });
    io::copy(&mut stream.take(length.unwrap_or(0)), &mut io::sink())?;
    Ok(Some(head))
}
