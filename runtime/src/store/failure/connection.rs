//! What fails between the client and the service: credentials, connections, replies of others.

use super::chain::{AnyCause, find, said};
use super::{Class, Failure};
use crate::http::{NoRoots, Socks};
use crate::quote::quote;
use crate::store::endpoint::Endpoint;

impl Failure {
    /// A reply with this status that does not have the format of the service, for example from a
    /// gateway.
    pub(crate) fn foreign(status: u16, endpoint: &Endpoint) -> Self {
        if status < 300 {
            return Self::torn();
        }
        let answerer = endpoint.answerer();
        let reason =
            format!("the reply is not from Parameter Store, HTTP {status}; check {answerer}");
        Self::new(Class::from_status(status), reason)
    }

    /// No answer in time, from the endpoint that was called or from a provider of credentials.
    pub(crate) fn timed_out(endpoint: Option<&Endpoint>) -> Self {
        let reason = match endpoint {
            Some(endpoint) => format!("no answer from {endpoint} in time"),
            None => "no AWS credentials were found in time".to_owned(),
        };
        Self::new(Class::OutOfTime, reason)
    }

    /// No request can be sent to its URL.
    pub(crate) fn impossible(endpoint: &Endpoint) -> Self {
        let why = if endpoint.has_user() {
            "because its URL has a user or a password in it"
        } else {
            "which is not the URL of a web server"
        };
        Self::new(Class::Final, format!("no request can be sent to {endpoint}, {why}"))
    }

    /// No connection to the endpoint, or one that broke. `is_final` if the client knows that the next
    /// one will fail too.
    pub(crate) fn from_connection(error: &AnyCause, is_final: bool, endpoint: &Endpoint) -> Self {
        let tls: Option<&rustls::Error> = find(error);
        if let Some(rustls::Error::Other(reason)) = tls
            && reason.0.is::<NoRoots>()
        {
            return Self::new(Class::Final, reason.0.to_string());
        }
        let words = quote(&said(error));
        let step = if tls.is_some() { "TLS handshake failed: " } else { "" };
        // Only our client is known to use the proxy, and only its message is known.
        let is_refused = endpoint.has_proxy() && words.contains("proxy authorization required");
        let is_final =
            is_final || find::<Socks>(error).is_some() || tls.is_some_and(is_lasting) || is_refused;
        let class = if is_final { Class::Final } else { Class::Transient };
        Self::new(class, format!("no connection to {endpoint} ({step}{words})"))
    }

    /// Nothing has credentials.
    pub(crate) fn no_credentials(words: &str) -> Self {
        let reason = format!(
            "there are no AWS credentials; give the function a role, or set `AWS_ACCESS_KEY_ID` \
             and `AWS_SECRET_ACCESS_KEY` ({words})"
        );
        Self::new(Class::Final, reason)
    }

    /// What has the credentials did not return them.
    pub(crate) fn from_credentials(class: Class, words: &str) -> Self {
        Self::new(class, format!("the AWS credentials could not be loaded ({words})"))
    }
}

/// Whether TLS will fail the next time too: the certificate is not trusted, or it is no TLS that the
/// server speaks.
fn is_lasting(error: &rustls::Error) -> bool {
    matches!(
        error,
        rustls::Error::InvalidCertificate(_)
            | rustls::Error::NoCertificatesPresented
            | rustls::Error::InvalidMessage(_)
            | rustls::Error::PeerIncompatible(_)
            | rustls::Error::UnsupportedNameType
    )
}
