//! A scripted connection, and the replies that come over it.

use std::fmt;
use std::future::pending;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Response};
use secrecy::ExposeSecret;
use tokio::time::{Instant, sleep};

use crate::source::{Answer, Answers, Request};

pub(crate) const FOUND: &str = r#"{"Parameter": {"Name": "/a", "Type": "String", "Value": "5"}}"#;
pub(crate) const LIMIT: Duration = Duration::from_secs(8);

/// Does with each request what `steps` says of its number.
#[derive(Clone)]
pub(crate) struct Wire {
    steps: Arc<dyn Fn(usize) -> Step + Send + Sync>,
    pub(super) sent: Arc<Mutex<Vec<Instant>>>,
}

/// What becomes of a request.
pub(crate) enum Step {
    Reply(Response<Bytes>),
    Broken(io::Error),
    Late(Duration, Response<Bytes>),
    Never,
}

/// A client that fetches over such a wire.
pub(crate) trait Client {
    async fn fetch(wire: &Wire, request: &Request) -> Answers;
}

impl Wire {
    pub(crate) fn new(steps: impl Fn(usize) -> Step + Send + Sync + 'static) -> Self {
        Self { steps: Arc::new(steps), sent: Arc::default() }
    }

    /// Takes a request.
    pub(crate) fn send(&self) -> impl Future<Output = io::Result<Response<Bytes>>> + Send + use<> {
        let mut sent = self.sent.lock().unwrap();
        sent.push(Instant::now());
        let step = (self.steps)(sent.len() - 1);
        async {
            match step {
                Step::Reply(reply) => Ok(reply),
                Step::Broken(error) => Err(error),
                Step::Late(after, reply) => {
                    sleep(after).await;
                    Ok(reply)
                }
                Step::Never => pending().await,
            }
        }
    }

    /// The number of requests.
    pub(crate) fn sent(&self) -> usize {
        self.sent.lock().unwrap().len()
    }

    /// How long after the first request the second was sent.
    pub(super) fn pause(&self) -> Duration {
        let sent = self.sent.lock().unwrap();
        sent[1] - sent[0]
    }

    pub(super) async fn fetch<C: Client>(&self, limit: Duration) -> Answers {
        C::fetch(self, &Request::new(["/a"], limit)).await
    }
}

impl fmt::Debug for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Wire")
    }
}

pub(super) fn response(status: u16, body: &str) -> Response<Bytes> {
    Response::builder().status(status).body(body.to_owned().into()).unwrap()
}

pub(crate) fn reply(status: u16, body: &str) -> Step {
    Step::Reply(response(status, body))
}

pub(super) fn with_header(status: u16, body: &str, name: &'static str, value: &str) -> Step {
    let mut reply = response(status, body);
    let value = HeaderValue::from_str(value).unwrap();
    reply.headers_mut().insert(HeaderName::from_static(name), value);
    Step::Reply(reply)
}

pub(super) fn service(code: &str) -> String {
    format!(r#"{{"__type": "{code}", "message": "so it says"}}"#)
}

pub(crate) fn found(answers: &Answers) -> bool {
    matches!(answers.get("/a"), Some(Answer::Found { text, .. }) if text.expose_secret() == "5")
}

/// Why it cannot be read, and whether that passes.
pub(crate) fn failed(answers: &Answers) -> (&str, bool) {
    match answers.get("/a") {
        Some(Answer::Failed { transient, reason }) => (reason, *transient),
        other => panic!("{other:?}"),
    }
}
