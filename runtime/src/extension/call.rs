//! One request to the extension, with retries until the deadline of the load.

use std::io::{self, ErrorKind};

use bytes::Bytes;
use http::header::HOST;
use http::{Request as HttpRequest, StatusCode};
use http_body_util::Empty;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use stage_config_names::{ParameterName, Selector};
use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout};

use crate::body::{Unread, whole};
use crate::quote::quote;
use crate::source::{Answer, Answers, Request};
use crate::store::calls::{Calls, Failed, limit_of_attempt};
use crate::store::failure::chain::{AnyCause, find, said};
use crate::store::failure::{Class, Failure};
use crate::store::reply::json::One;
use crate::store::reply::{Parameter, Replies};
use crate::store::turn::Turn;

use super::refusal;
use super::settings::Settings;

const TOKEN: &str = "x-aws-parameters-secrets-token";
/// The action of the only call that the extension makes for parameters.
const GET_PARAMETER: &str = "ssm:GetParameter";

/// The calls of one load.
///
/// Their connections end with it, so none is open in a snapshot or breaks during a freeze. Opening one
/// to the machine itself costs nothing that could be measured beside a request.
pub(super) struct ExtensionCalls {
    settings: Settings,
    http: Client<HttpConnector, Empty<Bytes>>,
    /// As many as the extension has connections to Parameter Store.
    places: Semaphore,
    calls: Calls,
}

impl ExtensionCalls {
    pub(super) fn new(settings: Settings, request: &Request) -> Self {
        let http = Client::builder(TokioExecutor::new()).build_http();
        let places = Semaphore::new(settings.connections.min(Semaphore::MAX_PERMITS));
        Self { settings, http, places, calls: Calls::new(request) }
    }

    /// Adds to the answers what it took to get them.
    pub(super) fn count(&self, answers: Answers) -> Answers {
        self.calls.count(answers)
    }

    /// The answer for a name.
    pub(super) async fn get(&self, name: &ParameterName<'_>) -> Answer {
        match self.send(name).await {
            Ok(found) => Replies { found: vec![found], invalid: vec![] }.only(name),
            Err(failure) => failure.into_answer(name, GET_PARAMETER),
        }
    }

    async fn send(&self, name: &ParameterName<'_>) -> Result<Parameter, Failure> {
        let attempts = self.calls.begin("GetParameter", 1)?;
        let (turn, deadline) = (attempts.turn(), attempts.deadline());
        let query = query(name);
        let outcome = attempts.retry(|| self.attempt(&query, deadline, &turn)).await;
        outcome.map_err(|failure| failure.unwrap_or_else(|| self.timed_out()))
    }

    async fn attempt(
        &self,
        query: &str,
        deadline: Instant,
        turn: &Turn,
    ) -> Result<Parameter, Failed> {
        // In this order: whoever has a place never waits for somebody who needs one.
        turn.wait().await;
        let _place = self.places.acquire().await;
        turn.sends();
        let reply = timeout(limit_of_attempt(deadline), self.exchange(query)).await;
        let (status, body) = reply.map_err(|_| self.timed_out()).flatten()?;
        let port = self.settings.port;
        if !status.is_success() {
            return Err(refusal::failure(status.as_u16(), &body, port).into());
        }
        let reply: One = serde_json::from_slice(&body)
            .map_err(|_| refusal::not_the_extension(Class::Brief, status.as_u16(), port))?;
        Ok(reply.parameter().ok_or_else(Failure::incomplete)?)
    }

    async fn exchange(&self, query: &str) -> Result<(StatusCode, Bytes), Failure> {
        let Settings { token, port, .. } = &self.settings;
        // With the address, nobody has to resolve the name that the documentation tells to use.
        let request = HttpRequest::get(format!(
            "http://127.0.0.1:{port}/systemsmanager/parameters/get{query}"
        ))
        .header(HOST, format!("localhost:{port}"))
        .header(TOKEN, token)
        .body(Empty::new())
        .map_err(|error| Failure::new(Class::Final, error.to_string()))?;
        let reply = self.http.request(request).await.map_err(|error| self.unreachable(&error))?;
        let (head, body) = reply.into_parts();
        let body = whole(body).await.map_err(|unread| match unread {
            Unread::TooLong => Failure::too_long(),
            Unread::Torn => Failure::torn(),
        })?;
        Ok((head.status, body))
    }

    /// No connection, or one that broke. The extension listens before the first invocation, but it may
    /// be started again.
    fn unreachable(&self, error: &AnyCause) -> Failure {
        let port = self.settings.port;
        let is_refused = |error: &io::Error| error.kind() == ErrorKind::ConnectionRefused;
        if find(error).is_some_and(is_refused) {
            let reason = format!(
                "nothing listens on port {port}; add the layer \
                 `AWS-Parameters-and-Secrets-Lambda-Extension` to the function, or set \
                 `PARAMETERS_SECRETS_EXTENSION_HTTP_PORT` to its port"
            );
            return Failure::new(Class::Brief, reason);
        }
        let words = quote(&said(error));
        Failure::new(
            Class::Transient,
            format!("the connection to the extension on port {port} broke ({words})"),
        )
    }

    fn timed_out(&self) -> Failure {
        let port = self.settings.port;
        Failure::new(
            Class::OutOfTime,
            format!("no answer from the extension on port {port} in time"),
        )
    }
}

/// The query for a name.
fn query(name: &ParameterName<'_>) -> String {
    let (bare, selected) = match name.selector() {
        Some(selector) => {
            // The version of a secret is a `label` too, which the extension appends to the name.
            let key = if matches!(selector, Selector::Version(_)) { "version" } else { "label" };
            let selector = selector.to_string();
            let bare = name.as_str().strip_suffix(&*selector).and_then(|it| it.strip_suffix(':'));
            (bare.unwrap_or(name.as_str()), format!("&{key}={}", encode(&selector)))
        }
        None => (name.as_str(), String::new()),
    };
    format!("?name={}{selected}&withDecryption=true", encode(bare))
}

/// Percent-encodes all that has a meaning in a query or may have one.
fn encode(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let encoded = text.bytes().map(|byte| match byte {
        byte if is_plain(byte) => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    });
    encoded.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_and_its_selector_are_apart() {
        for (name, expected) in [
            ("Key", "?name=Key"),
            ("/a/b-c.d_e", "?name=%2Fa%2Fb-c.d_e"),
            ("/a:3", "?name=%2Fa&version=3"),
            ("/a:blue", "?name=%2Fa&label=blue"),
            (
                "arn:aws:ssm:us-east-1:111122223333:parameter/a:3",
                "?name=arn%3Aaws%3Assm%3Aus-east-1%3A111122223333%3Aparameter%2Fa&version=3",
            ),
            (
                "/aws/reference/secretsmanager/a+b@c=d:AWSPREVIOUS",
                "?name=%2Faws%2Freference%2Fsecretsmanager%2Fa%2Bb%40c%3Dd&label=AWSPREVIOUS",
            ),
        ] {
            let name = ParameterName::parse(name).unwrap();
            assert_eq!(query(&name), format!("{expected}&withDecryption=true"));
        }
    }
}
