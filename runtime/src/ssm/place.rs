//! The endpoint of a call, and its proxy.

use std::fmt;

use hyper_util::client::proxy::matcher::Matcher;

use super::client::given;
use super::quote::quote;

const ENDPOINT_VARIABLES: [&str; 2] = ["AWS_ENDPOINT_URL_SSM", "AWS_ENDPOINT_URL"];

/// The endpoint of a call, for errors.
#[derive(Debug, Clone)]
pub(super) struct Place {
    endpoint: String,
    /// The environment variable that sets it.
    variable: Option<&'static str>,
    proxy: Option<Proxy>,
}

#[derive(Debug, Clone)]
struct Proxy {
    url: String,
    variable: Option<&'static str>,
}

impl Place {
    /// The place of this URL. Only our client is known to take the proxy from the environment.
    pub(super) fn new(url: &str, by_our_client: bool) -> Self {
        let url = url.trim_end_matches('/');
        Self {
            endpoint: quote(url),
            variable: ENDPOINT_VARIABLES
                .into_iter()
                .find(|name| given(name).is_some_and(|it| it.trim_end_matches('/') == url)),
            proxy: by_our_client.then(|| Proxy::to(url)).flatten(),
        }
    }

    pub(super) fn has_proxy(&self) -> bool {
        self.proxy.is_some()
    }

    /// The server that may have sent a foreign reply.
    pub(super) fn answerer(&self) -> String {
        match &self.proxy {
            Some(proxy) => proxy.to_string(),
            None => format!("the endpoint {}", Named(&self.endpoint, self.variable)),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Named(&self.endpoint, self.variable).fmt(f)?;
        self.proxy.as_ref().map_or(Ok(()), |proxy| write!(f, " through {proxy}"))
    }
}

/// A URL, and the variable that sets it.
struct Named<'a>(&'a str, Option<&'static str>);

impl fmt::Display for Named<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)?;
        self.1.map_or(Ok(()), |name| write!(f, " (environment variable `{name}`)"))
    }
}

impl Proxy {
    /// As the HTTP client finds it.
    fn to(url: &str) -> Option<Self> {
        let found = Matcher::from_env().intercept(&url.parse().ok()?)?;
        let names = if url.starts_with("https") {
            ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"]
        } else {
            ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"]
        };
        let url = quote(found.uri().to_string().trim_end_matches('/'));
        Some(Self { url, variable: names.into_iter().find(|name| given(name).is_some()) })
    }
}

impl fmt::Display for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the proxy {}", Named(&self.url, self.variable))
    }
}

/// Whether a request can be sent to this URL.
pub(super) fn is_possible(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once("://") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let (host, port) = match host.rsplit_once(':') {
        // The last colon of an IPv6 address is in brackets.
        Some((host, port)) if !port.ends_with(']') => (host, port),
        _ => (host, ""),
    };
    let is_web = ["http", "https"].iter().any(|it| scheme.eq_ignore_ascii_case(it));
    is_web && !host.is_empty() && (port.is_empty() || port.parse::<u16>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn which_urls_are_possible() {
        for url in [
            "http://h",
            "HTTPS://h/",
            "http://h:1/x?y",
            "http://[::1]",
            "http://[::1]:80/",
            "http://me:pass@h:65535",
            "http://h:",
            "http://h?a:b",
        ] {
            assert!(is_possible(url), "{url}");
        }
        for url in [
            "",
            "h",
            "h:80",
            "ftp://h",
            "httpx://h",
            "http://",
            "http:///x",
            "http://:80",
            "http://h:99999",
            "http://h:x",
            "http://h:-1",
        ] {
            assert!(!is_possible(url), "{url}");
        }
    }
}
