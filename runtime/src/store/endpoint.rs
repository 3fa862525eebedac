//! The endpoint of a call and its proxy, for errors.

use std::{env, fmt};

use crate::environment::given;
use crate::http::Proxies;
use crate::quote::quote;

const ENDPOINT_VARIABLES: [&str; 2] = ["AWS_ENDPOINT_URL_SSM", "AWS_ENDPOINT_URL"];

/// The endpoint of a call, for errors.
pub(crate) struct Endpoint {
    server: Server,
    has_user: bool,
    proxy: Option<Server>,
}

/// A URL, and the environment variable that sets it.
struct Server(String, Option<&'static str>);

impl Endpoint {
    /// The endpoint of this URL. Only our client is known to take the proxy from the environment.
    pub(crate) fn new(url: &str, by_our_client: bool) -> Self {
        let url = url.trim_end_matches('/');
        let sets_it = |name: &&str| given(name).is_some_and(|it| it.trim_end_matches('/') == url);
        Self {
            server: Server(quote(url), ENDPOINT_VARIABLES.into_iter().find(sets_it)),
            has_user: authority(url).contains('@'),
            proxy: by_our_client.then(|| proxy_to(url)).flatten(),
        }
    }

    /// Whether there is a user or a password in its URL.
    pub(crate) fn has_user(&self) -> bool {
        self.has_user
    }

    pub(crate) fn has_proxy(&self) -> bool {
        self.proxy.is_some()
    }

    /// The server that may have sent a foreign reply.
    pub(crate) fn answerer(&self) -> String {
        match &self.proxy {
            Some(proxy) => format!("the proxy {proxy}"),
            None => format!("the endpoint {}", self.server),
        }
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.server.fmt(f)?;
        self.proxy.as_ref().map_or(Ok(()), |proxy| write!(f, " through the proxy {proxy}"))
    }
}

impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)?;
        self.1.map_or(Ok(()), |name| write!(f, " (environment variable `{name}`)"))
    }
}

/// The proxy, as the HTTP client finds it.
fn proxy_to(url: &str) -> Option<Server> {
    let found = Proxies::from_environment().to(&url.parse().ok()?)?;
    let names = if url.starts_with("https") {
        [["HTTPS_PROXY", "https_proxy"], ["ALL_PROXY", "all_proxy"]]
    } else {
        [["HTTP_PROXY", "http_proxy"], ["ALL_PROXY", "all_proxy"]]
    };
    // Of each two, the client reads the first that is set, even if it is empty.
    let set = names.iter().filter_map(|two| two.iter().find(|name| env::var(name).is_ok()));
    let url = quote(found.uri().to_string().trim_end_matches('/'));
    Some(Server(url, set.copied().find(|name| given(name).is_some())))
}

/// Whether a request can be sent to this URL. With a user in it, a request would be signed for
/// another `Host` than it has.
pub(crate) fn is_possible(url: &str) -> bool {
    let (scheme, _) = url.split_once("://").unwrap_or_default();
    let host = authority(url);
    let (host, port) = match host.rsplit_once(':') {
        // The last colon of an IPv6 address is in brackets.
        Some((host, port)) if !port.ends_with(']') => (host, port),
        _ => (host, ""),
    };
    let is_web = ["http", "https"].iter().any(|it| scheme.eq_ignore_ascii_case(it));
    let is_host = !host.is_empty() && !host.contains('@');
    is_web && is_host && (port.is_empty() || port.parse::<u16>().is_ok())
}

/// The host of a URL, with what belongs to it: a user, a password, a port.
fn authority(url: &str) -> &str {
    let (_, rest) = url.split_once("://").unwrap_or_default();
    rest.split(['/', '?', '#']).next().unwrap_or_default()
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
            "http://h:65535",
            "http://h/@",
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
            "http://me@h",
            "http://me:pass@h:65535",
        ] {
            assert!(!is_possible(url), "{url}");
        }
    }
}
