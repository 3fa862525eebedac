//! The least that twelve parameters over TLS can cost in Rust: no SDK, no HTTP client, and no error
//! that says more than that something failed.

use std::env;
use std::error::Error;
use std::fs;
use std::sync::Arc;

use bench_parameters::{NAMES, assert_complete};
use futures_util::future::try_join_all;
use ring::{digest, hmac};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use serde::Deserialize;
use serde_json::json;
use time::OffsetDateTime;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Reply {
    parameters: Vec<Parameter>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Parameter {
    value: String,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let mut roots = RootCertStore::empty();
    for root in CertificateDer::pem_slice_iter(&fs::read(env::var("AWS_CA_BUNDLE")?)?) {
        roots.add(root?)?;
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let tls = TlsConnector::from(Arc::new(tls));

    let replies = try_join_all(NAMES.chunks(10).map(|names| get_parameters(&tls, names))).await?;
    let parameters = replies.iter().flat_map(|reply| &reply.parameters);
    assert_complete(parameters.map(|parameter| &*parameter.value));
    Ok(())
}

async fn get_parameters(tls: &TlsConnector, names: &[&str]) -> Result<Reply> {
    let endpoint = env::var("AWS_ENDPOINT_URL_SSM")?;
    let host = endpoint.strip_prefix("https://").ok_or("not HTTPS")?;
    let name = host.split(':').next().unwrap_or(host).to_owned();
    let tcp = TcpStream::connect(host).await?;
    tcp.set_nodelay(true)?;
    let mut stream = tls.connect(name.try_into()?, tcp).await?;
    stream.write_all(&request(host, names)?).await?;

    let mut reply = Vec::new();
    loop {
        let mut headers = [httparse::EMPTY_HEADER; 32];
        let mut head = httparse::Response::new(&mut headers);
        if let httparse::Status::Complete(start) = head.parse(&reply)? {
            let length = head
                .headers
                .iter()
                .find(|header| header.name.eq_ignore_ascii_case("content-length"));
            let length: usize = std::str::from_utf8(length.ok_or("no length")?.value)?.parse()?;
            if let Some(body) = reply.get(start..start + length) {
                return Ok(serde_json::from_slice(body)?);
            }
        }
        if stream.read_buf(&mut reply).await? == 0 {
            return Err("the connection ended".into());
        }
    }
}

/// A signed request. It has the headers that the SDK sends, except for `User-Agent`.
fn request(host: &str, names: &[&str]) -> Result<Vec<u8>> {
    let now = OffsetDateTime::now_utc();
    let day = format!("{}{:02}{:02}", now.year(), now.month() as u8, now.day());
    let date = format!("{day}T{:02}{:02}{:02}Z", now.hour(), now.minute(), now.second());
    let scope = format!("{day}/{}/ssm/aws4_request", env::var("AWS_REGION")?);
    let body = json!({ "Names": names, "WithDecryption": true }).to_string();

    let headers = format!(
        "content-type:application/x-amz-json-1.1\nhost:{host}\nx-amz-date:{date}\n\
         x-amz-security-token:{}\nx-amz-target:AmazonSSM.GetParameters\n",
        env::var("AWS_SESSION_TOKEN")?
    );
    let signed = "content-type;host;x-amz-date;x-amz-security-token;x-amz-target";
    let canonical = format!("POST\n/\n\n{headers}\n{signed}\n{}", sha256(&body));
    let text = format!("AWS4-HMAC-SHA256\n{date}\n{scope}\n{}", sha256(&canonical));
    let mut key = format!("AWS4{}", env::var("AWS_SECRET_ACCESS_KEY")?).into_bytes();
    for part in scope.split('/').chain([&*text]) {
        let hmac = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &key), part.as_bytes());
        key = hmac.as_ref().to_vec();
    }
    let authorization = format!(
        "AWS4-HMAC-SHA256 Credential={}/{scope}, SignedHeaders={signed}, Signature={}",
        env::var("AWS_ACCESS_KEY_ID")?,
        hex(&key)
    );
    let headers = headers.replace('\n', "\r\n");
    let length = body.len();
    Ok(format!(
        "POST / HTTP/1.1\r\n{headers}authorization:{authorization}\r\n\
         content-length:{length}\r\n\r\n{body}"
    )
    .into_bytes())
}

fn sha256(text: &str) -> String {
    hex(digest::digest(&digest::SHA256, text.as_bytes()).as_ref())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}
