//! The proxy of the environment.

use std::error::Error;
use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;

use http::Uri;
use http::uri::Scheme;
use hyper_util::client::proxy::matcher::{Intercept, Matcher};

/// The proxies that the environment names.
#[derive(Clone)]
pub(crate) struct Proxies(Arc<Matcher>);

impl Proxies {
    pub(crate) fn from_environment() -> Self {
        Self(Arc::new(Matcher::from_env()))
    }

    /// The proxy to this server, if there is one.
    pub(crate) fn to(&self, server: &Uri) -> Option<Intercept> {
        // Another machine would ask itself instead, and read the credentials of a container.
        if server.scheme() == Some(&Scheme::HTTP) && is_on_this_machine(server) {
            return None;
        }
        self.0.intercept(server)
    }
}

/// The proxy is one for SOCKS.
#[derive(Debug)]
pub(crate) struct Socks;

impl Socks {
    /// An error if this is the URL of one.
    pub(super) fn refuse(proxy: &Uri) -> Result<(), Self> {
        let is_web = [Some(&Scheme::HTTP), Some(&Scheme::HTTPS)].contains(&proxy.scheme());
        if is_web { Ok(()) } else { Err(Self) }
    }
}

impl fmt::Display for Socks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SOCKS is not supported; name an HTTP proxy")
    }
}

impl Error for Socks {}

/// Whether a server is the machine itself, or what only this machine reaches: its container and
/// its metadata.
fn is_on_this_machine(server: &Uri) -> bool {
    let host = server.host().unwrap_or_default().trim_matches(['[', ']']);
    match host.parse() {
        Ok(IpAddr::V4(address)) => address.is_loopback() || address.is_link_local(),
        Ok(IpAddr::V6(address)) => {
            address.is_loopback() || address.segments()[..2] == [0xfd00, 0xec2]
        }
        Err(_) => host.eq_ignore_ascii_case("localhost"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_on_this_machine_is_reached_without_a_proxy() {
        let proxies = Proxies(Arc::new(Matcher::builder().all("http://proxy:3128").build()));
        let is_proxied = |url: &str| proxies.to(&url.parse().unwrap()).is_some();
        for url in [
            "http://127.0.0.1:1/x",
            "http://LocalHost",
            "http://[::1]:1",
            "http://169.254.170.2/role",
            "http://[fd00:ec2::23]/role",
        ] {
            assert!(!is_proxied(url), "{url}");
        }
        for url in ["http://ssm.invalid", "http://10.0.0.1", "https://ssm.us-east-1.amazonaws.com"]
        {
            assert!(is_proxied(url), "{url}");
        }
    }
}
