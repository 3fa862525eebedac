//! HTTP/1.1 over TLS, and the delays.
//!
//! A thread per connection that sleeps, because the timers of an async runtime are not exact to less
//! than a millisecond.

use std::error::Error;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::sleep;
use std::time::Duration;

use rustls::{ProtocolVersion, ServerConfig, ServerConnection, StreamOwned};

use crate::signature::{Headers, is_signed};
use crate::store::answer;

const ROUND_TRIP: Duration = Duration::from_millis(1);
const REQUEST: Duration = Duration::from_millis(10);

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// More than a request for ten parameters needs.
const LONGEST_REQUEST: usize = 64 * 1024;

/// Serves until the client closes the connection. Whatever a client waits for comes as late as over
/// a network with this round trip: TCP's handshake, TLS's handshake, and each reply.
pub(crate) fn serve(tcp: TcpStream, tls: Arc<ServerConfig>, requests: &AtomicUsize) -> Result<()> {
    tcp.set_nodelay(true)?;
    // The kernel answers TCP's handshake at once, so its round trip is added to TLS's.
    sleep(ROUND_TRIP + ROUND_TRIP);
    let mut stream = StreamOwned::new(ServerConnection::new(tls)?, tcp);
    while stream.conn.is_handshaking() {
        stream.conn.complete_io(&mut stream.sock)?;
    }
    if stream.conn.protocol_version() == Some(ProtocolVersion::TLSv1_2) {
        sleep(ROUND_TRIP);
    }

    let mut buffer = Vec::new();
    loop {
        let Some((reply, read)) = reply(&buffer)? else {
            let mut chunk = [0; 8192];
            match stream.read(&mut chunk)? {
                0 => return Ok(()),
                _ if buffer.len() > LONGEST_REQUEST => return Err("the request is too long".into()),
                read => buffer.extend_from_slice(&chunk[..read]),
            }
            continue;
        };
        buffer.drain(..read);
        requests.fetch_add(1, Ordering::Relaxed);
        sleep(REQUEST + ROUND_TRIP);
        stream.write_all(&reply)?;
        stream.flush()?;
    }
}

/// The reply to the request at the start of the buffer, and the length of the request, if all of it
/// is there.
fn reply(buffer: &[u8]) -> Result<Option<(Vec<u8>, usize)>> {
    let mut headers = [httparse::EMPTY_HEADER; 64];
    let mut request = httparse::Request::new(&mut headers);
    let httparse::Status::Complete(start) = request.parse(buffer)? else { return Ok(None) };
    let headers = Headers(request.headers);
    let length: usize = headers.get("content-length").unwrap_or("0").parse()?;
    let Some(body) = buffer.get(start..start + length) else { return Ok(None) };

    let (status, json) = if is_signed(request.method, request.path, &headers, body) {
        answer(headers.get("x-amz-target").unwrap_or_default(), body)
    } else {
        (403, r#"{"__type":"InvalidSignatureException"}"#.to_owned())
    };
    let reply = format!(
        "HTTP/1.1 {status} -\r\nContent-Type: application/x-amz-json-1.1\r\n\
         Content-Length: {}\r\nx-amzn-RequestId: 00000000-0000-4000-8000-000000000000\r\n\r\n{json}",
        json.len()
    );
    Ok(Some((reply.into_bytes(), start + length)))
}
