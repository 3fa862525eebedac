//! An answer: whole, for hyper to send, or broken off, as bytes.

use std::fmt;
use std::io::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};

use hyper::Response;
use hyper::body::Bytes;
use hyper::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue};
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::query;
use crate::calls::Call;
use crate::error::Result;
use crate::faults::{At, Ending};

/// The status and body of the store's own answer, in the protocol of the call.
pub(super) fn own(call: &Call, answer: Result<Value>) -> (u16, Bytes) {
    if call.is_query() {
        let (status, body) = query::own(&call.operation, answer);
        return (status, body.into());
    }
    let (status, body) = match answer {
        Ok(reply) => (200, reply),
        Err(error) => (error.status(), error.to_json()),
    };
    (status, body.to_string().into())
}

/// An answer with the headers that all answers have, and these.
pub(super) fn response(
    call: &Call,
    status: u16,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Bytes,
) -> Response<Bytes> {
    static REQUESTS: AtomicU64 = AtomicU64::new(1);
    let id = REQUESTS.fetch_add(1, Ordering::Relaxed);
    let content_type = if call.is_query() { "text/xml" } else { "application/x-amz-json-1.1" };
    let response = Response::builder()
        .status(status)
        .header(CONTENT_TYPE, content_type)
        .header("x-amzn-requestid", format!("00000000-0000-4000-8000-{id:012}"));
    let mut response = response.body(body).unwrap_or_default();
    for (name, value) in headers {
        response.headers_mut().insert(name, value);
    }
    response
}

/// An answer that hyper cannot send: it gives up the connection, and the bytes are written to it.
#[derive(thiserror::Error)]
#[error("the answer is broken off")]
pub(super) struct Broken {
    bytes: Bytes,
    /// The part of an endless answer that is repeated.
    repeated: Bytes,
    ending: Ending,
}

impl Broken {
    pub(super) fn new(bytes: Bytes, ending: Ending) -> Self {
        Self { bytes, repeated: Bytes::new(), ending }
    }

    /// The part of an answer that is sent before it ends, and the second answer after it.
    pub(super) fn off(
        response: Response<Bytes>,
        length: Option<usize>,
        behind: Option<Response<Bytes>>,
        ending: Ending,
    ) -> Self {
        let length = length.unwrap_or(response.body().len());
        let announced = (ending != Ending::Endless).then_some(length);
        let (mut bytes, status_line) = head(&response, announced);
        let body = response.into_body();
        match ending.at() {
            At::Start => bytes.clear(),
            At::Head => bytes.truncate(status_line),
            At::Body(length) => bytes.extend(body.iter().take(length)),
            At::End => bytes.extend(&body),
        }
        if let Some(behind) = behind {
            bytes.extend(head(&behind, Some(behind.body().len())).0);
            bytes.extend(behind.body());
        }
        Self { bytes: bytes.into(), repeated: body, ending }
    }

    pub(super) async fn send(&self, mut stream: TcpStream) {
        if stream.write_all(&self.bytes).await.is_err() {
            return;
        }
        match self.ending {
            Ending::Cut(_) => {}
            // Then closing it is a reset.
            Ending::Reset(at) => {
                if at == At::End {
                    let _ = stream.read(&mut [0; 64]).await;
                }
                drop(stream.set_zero_linger());
            }
            Ending::Endless if !self.repeated.is_empty() => {
                while stream.write_all(&self.repeated).await.is_ok() {}
            }
            // Until the client hangs up.
            Ending::Stall(_) | Ending::Endless => {
                while stream.read(&mut [0; 64]).await.is_ok_and(|some| some > 0) {}
            }
        }
    }
}

/// The head of an answer, and the length of its status line.
fn head(response: &Response<Bytes>, length: Option<usize>) -> (Vec<u8>, usize) {
    let mut bytes = format!("HTTP/1.1 {}\r\n", response.status()).into_bytes();
    let status_line = bytes.len();
    for (name, value) in response.headers() {
        bytes.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
    }
    if let Some(length) = length {
        let _ = write!(bytes, "{CONTENT_LENGTH}: {length}\r\n");
    }
    bytes.extend(b"\r\n");
    (bytes, status_line)
}

/// Without the bytes, which may hold a value.
impl fmt::Debug for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
