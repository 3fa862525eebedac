//! Checks AWS Signature Version 4, so that no program saves the work of signing.

use std::fmt::Write;

use bench_parameters::SECRET_ACCESS_KEY;
use ring::{digest, hmac};

pub(crate) struct Headers<'a>(pub(crate) &'a [httparse::Header<'a>]);

impl<'a> Headers<'a> {
    pub(crate) fn get(&self, name: &str) -> Option<&'a str> {
        let header = self.0.iter().find(|header| header.name.eq_ignore_ascii_case(name))?;
        std::str::from_utf8(header.value).ok()
    }
}

pub(crate) fn is_signed(
    method: Option<&str>,
    path: Option<&str>,
    headers: &Headers<'_>,
    body: &[u8],
) -> bool {
    signature(method, path, headers, body).is_some_and(|[given, right]| given == right)
}

/// The signature in the request, and the right one.
fn signature(
    method: Option<&str>,
    path: Option<&str>,
    headers: &Headers<'_>,
    body: &[u8],
) -> Option<[String; 2]> {
    let authorization = headers.get("authorization")?.strip_prefix("AWS4-HMAC-SHA256 ")?;
    let part = |name: &str| {
        authorization.split(',').find_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='))
    };
    let (_, scope) = part("Credential")?.split_once('/')?;
    let signed = part("SignedHeaders")?;

    let mut canonical = format!("{}\n{}\n\n", method?, path?);
    for name in signed.split(';') {
        writeln!(canonical, "{name}:{}", headers.get(name)?.trim()).ok()?;
    }
    write!(canonical, "\n{signed}\n{}", sha256(body)).ok()?;

    let date = headers.get("x-amz-date")?;
    let text = format!("AWS4-HMAC-SHA256\n{date}\n{scope}\n{}", sha256(canonical.as_bytes()));
    let mut key = format!("AWS4{SECRET_ACCESS_KEY}").into_bytes();
    for part in scope.split('/').chain([text.as_str()]) {
        let hmac = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &key), part.as_bytes());
        key = hmac.as_ref().to_vec();
    }
    Some([part("Signature")?.to_owned(), hex(&key)])
}

fn sha256(bytes: &[u8]) -> String {
    hex(digest::digest(&digest::SHA256, bytes).as_ref())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}
