//! Credentials from a container endpoint: in Lambda after it was restored from a snapshot, in ECS and
//! in EKS.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::{Duration, SystemTime};

use aws_smithy_runtime_api::client::identity::Identity;
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION};
use http::{HeaderValue, Request, Uri};
use serde::Deserialize;
use tokio::time::timeout;

use crate::environment::given;
use crate::quote::quote;
use crate::store::endpoint;
use crate::store::failure::chain::said;
use crate::store::failure::{Class, Failure};
use crate::store::keys::is_key;

use super::super::{Http, NoReply};
use super::identity;

const RELATIVE: &str = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
const FULL: &str = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
const TOKEN: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN";
const TOKEN_FILE: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";

/// The host of relative URIs.
const ECS: Ipv4Addr = Ipv4Addr::new(169, 254, 170, 2);
const EKS: [IpAddr; 2] = [
    IpAddr::V4(Ipv4Addr::new(169, 254, 170, 23)),
    IpAddr::V6(Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x23)),
];

/// As long as the SDK waits for a reply.
const MOST: Duration = Duration::from_secs(5);

/// An endpoint of the environment.
pub(super) struct Container {
    url: Uri,
    authorization: Option<HeaderValue>,
}

impl Container {
    /// `None` if the environment names no endpoint.
    pub(super) fn from_environment() -> Result<Option<Self>, Failure> {
        let (name, text) = match (given(RELATIVE), given(FULL)) {
            (Some(path), _) => (RELATIVE, format!("http://{ECS}{path}")),
            (None, Some(url)) => (FULL, url),
            (None, None) => return Ok(None),
        };
        let container = Self::at(&text).map_err(|why| failed(&format!("`{name}` {why}")))?;
        Ok(Some(Self { authorization: authorization()?, ..container }))
    }

    /// Without a token.
    pub(super) fn at(text: &str) -> Result<Self, String> {
        Ok(Self { url: url(text)?, authorization: None })
    }

    pub(super) async fn credentials(
        &self,
        http: &impl Http,
        limit: Duration,
    ) -> Result<Identity, Failure> {
        let mut request = Request::new(Bytes::new());
        *request.uri_mut() = self.url.clone();
        request.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/json"));
        if let Some(authorization) = &self.authorization {
            request.headers_mut().insert(AUTHORIZATION, authorization.clone());
        }
        let transient = |why: &str| self.failed(Class::Transient, why);
        let reply = timeout(limit.min(MOST), http.exchange(request)).await;
        let reply = reply.map_err(|_| self.failed(Class::OutOfTime, "no answer in time"))?;
        let reply = reply.map_err(|error| match error {
            NoReply::Broken(error) => transient(&said(&*error)),
            NoReply::Unread(_) => transient("the reply is too long, or it is truncated"),
        })?;
        let status = reply.status();
        if !status.is_success() {
            let class = Class::from_status(status.as_u16());
            return Err(self.failed(class, &format!("HTTP {}", status.as_u16())));
        }
        let reply = serde_json::from_slice::<Reply>(reply.body()).ok().and_then(Reply::identity);
        reply.ok_or_else(|| transient("there are no credentials in the reply"))
    }

    fn failed(&self, class: Class, why: &str) -> Failure {
        let words = quote(&format!("{}: {why}", without_query(&self.url.to_string())));
        Failure::from_credentials(class, &words)
    }
}

fn failed(why: &str) -> Failure {
    Failure::from_credentials(Class::Final, &quote(why))
}

/// The query may be secret.
fn without_query(url: &str) -> &str {
    url.split('?').next().unwrap_or_default()
}

/// The URL, if credentials may be fetched from there: as with the SDK, without TLS only from the
/// container itself.
fn url(text: &str) -> Result<Uri, String> {
    let url: Uri = text.parse().ok().filter(|_| endpoint::is_possible(text)).ok_or_else(|| {
        format!("is `{}`, which is not the URL of a web server", without_query(text))
    })?;
    let host = url.host().unwrap_or_default().trim_matches(['[', ']']);
    let is_allowed = |host: IpAddr| host.is_loopback() || host == ECS || EKS.contains(&host);
    let is_safe = url.scheme_str() == Some("https")
        || host.eq_ignore_ascii_case("localhost")
        || host.parse().is_ok_and(is_allowed);
    if is_safe {
        return Ok(url);
    }
    let shown = without_query(text);
    Err(format!("is `{shown}`, which is neither HTTPS nor an address of the container"))
}

/// The header with the token of the environment. The file wins, as with the SDK.
fn authorization() -> Result<Option<HeaderValue>, Failure> {
    let (name, token) = if let Some(path) = given(TOKEN_FILE) {
        let token = std::fs::read(&path);
        let unread = |error| failed(&format!("`{TOKEN_FILE}` names `{path}`: {error}"));
        (TOKEN_FILE, token.map_err(unread)?)
    } else if let Some(token) = given(TOKEN) {
        (TOKEN, token.into_bytes())
    } else {
        return Ok(None);
    };
    let mut header = HeaderValue::from_bytes(&token).map_err(|_| {
        failed(&format!(
            "the token in `{name}` has a line break or another character that a header cannot have"
        ))
    })?;
    header.set_sensitive(true);
    Ok(Some(header))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Reply {
    access_key_id: String,
    secret_access_key: String,
    token: Option<String>,
    expiration: Option<String>,
}

impl Reply {
    fn identity(self) -> Option<Identity> {
        let Self { access_key_id: id, secret_access_key: secret, token, expiration } = self;
        let end = match expiration {
            Some(text) => {
                let time = DateTime::from_str(&text, Format::DateTimeWithOffset).ok()?;
                Some(SystemTime::try_from(time).ok()?)
            }
            None => None,
        };
        let is_sendable = is_key(&id) && token.as_deref().is_none_or(is_key);
        is_sendable.then(|| identity(id, secret, token, end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_tls_only_from_the_container() {
        for allowed in [
            "https://anywhere.example/x",
            "http://127.0.0.1:1234/x",
            "http://127.9.9.9/x",
            "http://[::1]/x",
            "http://localhost:80",
            "http://169.254.170.2/v2",
            "http://169.254.170.23/v1/credentials",
            "http://[fd00:ec2::23]/v1/credentials",
        ] {
            assert!(url(allowed).is_ok(), "{allowed}");
        }
        for refused in [
            "http://anywhere.example/x",
            "http://169.254.170.3/",
            "http://169.254.169.254/latest",
            "http://127.0.0.1.example/",
            "http://[fd00:ec2::254]/",
            "http://localhost.example/",
        ] {
            assert!(url(refused).unwrap_err().contains("neither HTTPS"), "{refused}");
        }
        for wrong in ["", "/x", "ftp://127.0.0.1", "http://127.0.0.1:99999/", "http://a b/"] {
            assert!(url(wrong).unwrap_err().contains("not the URL"), "{wrong}");
        }
        for start in ["http://10.0.0.1/role", "ftp://127.0.0.1/role"] {
            let error = url(&format!("{start}?token=s3cret")).unwrap_err();
            assert!(error.contains(start) && !error.contains("s3cret"), "{error}");
        }
    }

    #[test]
    fn credentials_as_a_container_returns_them() {
        let identity = |more: &str| {
            let reply = format!(r#"{{"AccessKeyId": "ASIA", "SecretAccessKey": "s"{more}}}"#);
            serde_json::from_str::<Reply>(&reply).unwrap().identity()
        };
        let end = |more| identity(more).unwrap().expiration();
        assert_eq!(end(""), None);
        let noon = SystemTime::UNIX_EPOCH + Duration::from_secs(1_445_428_801);
        assert_eq!(end(r#", "Token": "t", "Expiration": "2015-10-21T12:00:01Z""#), Some(noon));
        assert!(identity(r#", "Expiration": "soon""#).is_none());
        assert!(identity(r#", "Token": "a\nb""#).is_none());
    }
}
