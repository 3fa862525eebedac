//! Calls over an HTTP client that does as it is told, by a clock that is moved.

use std::fmt::{self, Write as _};
use std::future::pending;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, future};
use aws_sdk_ssm::Client;
use aws_sdk_ssm::config::http::{HttpRequest, HttpResponse};
use aws_sdk_ssm::config::timeout::TimeoutConfig;
use aws_sdk_ssm::config::{
    BehaviorVersion, Config, HttpClient, Region, RuntimeComponents, SharedHttpClient,
};
use aws_sdk_ssm::error::ConnectorError;
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::http::StatusCode;
use secrecy::ExposeSecret;
use tokio::runtime::Builder;
use tokio::time::{Instant, sleep};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::ParameterStore;
use crate::source::{Answer, Answers, Request, Source};

const FOUND: &str = r#"{"Parameter": {"Name": "/a", "Type": "String", "Value": "5"}}"#;
const LIMIT: Duration = Duration::from_secs(8);

/// Does with each request what `steps` says of its number.
#[derive(Clone)]
struct Wire {
    steps: Arc<dyn Fn(usize) -> HttpConnectorFuture + Send + Sync>,
    sent: Arc<Mutex<Vec<Instant>>>,
}

impl Wire {
    fn new(steps: impl Fn(usize) -> HttpConnectorFuture + Send + Sync + 'static) -> Self {
        Self { steps: Arc::new(steps), sent: Arc::default() }
    }

    fn sent(&self) -> usize {
        self.sent.lock().unwrap().len()
    }

    /// How long after the first request the second was sent.
    fn pause(&self) -> Duration {
        let sent = self.sent.lock().unwrap();
        sent[1] - sent[0]
    }

    async fn fetch(&self, limit: Duration) -> Answers {
        let store = ParameterStore::from(self.client("http://there", Credentials::for_tests()));
        store.fetch(&Request::new(["/a"], limit)).await
    }

    fn client(&self, url: &str, credentials: impl ProvideCredentials + 'static) -> Client {
        let config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static("us-east-1"))
            .endpoint_url(url)
            .credentials_provider(credentials)
            .http_client(SharedHttpClient::new(self.clone()))
            .build();
        Client::from_conf(config)
    }
}

impl fmt::Debug for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Wire")
    }
}

impl HttpClient for Wire {
    fn http_connector(
        &self,
        _: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Wire {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        let mut sent = self.sent.lock().unwrap();
        sent.push(Instant::now());
        (self.steps)(sent.len() - 1)
    }
}

fn reply(status: u16, body: &str) -> HttpConnectorFuture {
    with_header(status, body, "x-none", "")
}

fn with_header(status: u16, body: &str, name: &'static str, value: &str) -> HttpConnectorFuture {
    let mut reply = HttpResponse::new(StatusCode::try_from(status).unwrap(), body.into());
    reply.headers_mut().insert(name, value.to_owned());
    HttpConnectorFuture::ready(Ok(reply))
}

fn service(code: &str) -> String {
    format!(r#"{{"__type": "{code}", "message": "so it says"}}"#)
}

fn never() -> HttpConnectorFuture {
    HttpConnectorFuture::new(pending())
}

fn found(answers: &Answers) -> bool {
    matches!(answers.get("/a"), Some(Answer::Found { text, .. }) if text.expose_secret() == "5")
}

/// Why it cannot be read, and whether that passes.
fn failed(answers: &Answers) -> (&str, bool) {
    match answers.get("/a") {
        Some(Answer::Failed { transient, reason }) => (reason, *transient),
        other => panic!("{other:?}"),
    }
}

#[derive(Debug, Clone)]
struct Provider {
    asked: Arc<AtomicUsize>,
    after: Duration,
    fails: usize,
}

impl ProvideCredentials for Provider {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        let before = self.asked.fetch_add(1, Ordering::SeqCst);
        future::ProvideCredentials::new(async move {
            sleep(self.after).await;
            if before < self.fails {
                let closed = ConnectorError::io("connection closed".into());
                return Err(CredentialsError::provider_error(closed));
            }
            Ok(Credentials::for_tests())
        })
    }
}

fn provider(after: Duration, fails: usize) -> Provider {
    Provider { asked: Arc::default(), after, fails }
}

#[tokio::test(start_paused = true)]
async fn credentials_are_waited_for_as_long_as_the_load() {
    let wire = Wire::new(|_| reply(200, FOUND));
    let slow = provider(Duration::from_secs(7), 0);
    let store = ParameterStore::from(wire.client("http://there", slow.clone()));
    assert!(found(&store.fetch(&Request::new(["/a"], LIMIT)).await));
    assert_eq!(slow.asked.load(Ordering::SeqCst), 1);
    assert_eq!(wire.sent(), 1);

    // Also by a client of which the user thought otherwise.
    let hasty = TimeoutConfig::builder().operation_attempt_timeout(Duration::from_secs(1)).build();
    let config = wire.client("http://there", provider(Duration::from_secs(3), 0));
    let config = config.config().to_builder().timeout_config(hasty).build();
    let store = ParameterStore::from(Client::from_conf(config));
    assert!(found(&store.fetch(&Request::new(["/a"], LIMIT)).await));

    let too_slow = provider(Duration::from_secs(9), 0);
    let store = ParameterStore::from(wire.client("http://there", too_slow.clone()));
    let answers = store.fetch(&Request::new(["/a"], LIMIT)).await;
    assert_eq!(failed(&answers), ("no AWS credentials were found in time", true));
    assert_eq!(too_slow.asked.load(Ordering::SeqCst), 1);
}

#[tokio::test(start_paused = true)]
async fn credentials_whose_endpoint_closes_the_connection_are_asked_for_again() {
    let wire = Wire::new(|_| reply(200, FOUND));
    let torn = provider(Duration::ZERO, 2);
    let store = ParameterStore::from(wire.client("http://there", torn.clone()));
    assert!(found(&store.fetch(&Request::new(["/a"], LIMIT)).await));
    assert_eq!(torn.asked.load(Ordering::SeqCst), 3);

    let torn = provider(Duration::ZERO, usize::MAX);
    let store = ParameterStore::from(wire.client("http://there", torn));
    let answers = store.fetch(&Request::new(["/a"], LIMIT)).await;
    let (why, passes) = failed(&answers);
    assert!(passes && why.contains("credentials could not be loaded"), "{why}");
    assert!(why.contains("connection closed"), "{why}");
}

#[tokio::test(start_paused = true)]
async fn no_attempt_takes_all_that_is_left() {
    // Kept connections that died in a freeze.
    for (dead, limit) in [(1, 200), (1, 1_000), (2, 1_000), (3, 8_000)].repeat(20) {
        let wire = Wire::new(move |index| if index < dead { never() } else { reply(200, FOUND) });
        let answers = wire.fetch(Duration::from_millis(limit)).await;
        assert!(found(&answers), "{dead} in {limit} ms: {:?}", answers.get("/a"));
        assert_eq!(wire.sent(), dead + 1);
    }
    // A reply that is slow is waited for.
    let wire = Wire::new(|_| {
        HttpConnectorFuture::new(async {
            sleep(Duration::from_millis(1_900)).await;
            reply(200, FOUND).await
        })
    });
    assert!(found(&wire.fetch(LIMIT).await));
    assert_eq!(wire.sent(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_reply_has_an_end() {
    let padded = |length: usize| format!("{FOUND}{}", " ".repeat(length - FOUND.len()));
    let body = padded(1_000_000);
    assert!(found(&Wire::new(move |_| reply(200, &body)).fetch(LIMIT).await));

    let body = padded(1_000_001);
    let wire = Wire::new(move |_| reply(200, &body));
    let answers = wire.fetch(LIMIT).await;
    let (why, passes) = failed(&answers);
    assert!(why.contains("longer than 1 MB"), "{why}");
    assert!(!passes);
    assert_eq!(wire.sent(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_reply_without_its_parameter_is_asked_for_again() {
    for incomplete in ["{}", r#"{"Parameter": {"Name": "/a", "Type": "String"}}"#] {
        let wire = Wire::new(move |index| reply(200, if index < 2 { incomplete } else { FOUND }));
        assert!(found(&wire.fetch(LIMIT).await));
        assert_eq!(wire.sent(), 3);
    }

    let wire = Wire::new(|_| reply(200, "{}"));
    let answers = wire.fetch(LIMIT).await;
    let expected = "the reply of Parameter Store does not contain it";
    assert_eq!(failed(&answers), (expected, true));
    assert!(wire.sent() > 1);
}

#[tokio::test(start_paused = true)]
async fn batches_and_pages_without_their_lists_are_asked_for_again() {
    let batch = r#"{"Parameters": [], "InvalidParameters": ["/a", "/b"]}"#;
    let wire = Wire::new(move |index| reply(200, if index == 0 { "{}" } else { batch }));
    let store = ParameterStore::from(wire.client("http://there", Credentials::for_tests()));
    let answers = store.fetch(&Request::new(["/a", "/b"], LIMIT)).await;
    assert!(matches!(answers.get("/b"), Some(Answer::Missing)), "{answers:?}");
    assert_eq!(wire.sent(), 2);

    // Either list will do.
    let invalid = r#"{"InvalidParameters": ["/a", "/b"]}"#;
    let wire = Wire::new(move |_| reply(200, invalid));
    let store = ParameterStore::from(wire.client("http://there", Credentials::for_tests()));
    let answers = store.fetch(&Request::new(["/a", "/b"], LIMIT)).await;
    assert!(matches!(answers.get("/a"), Some(Answer::Missing)), "{answers:?}");
    assert_eq!(wire.sent(), 1);

    let page = r#"{"Parameters": []}"#;
    let wire = Wire::new(move |index| reply(200, if index == 0 { "{}" } else { page }));
    let store = ParameterStore::from(wire.client("http://there", Credentials::for_tests()));
    let none: [&str; 0] = [];
    let answers = store.fetch(&Request::new(none, LIMIT).with_paths(["/p"])).await;
    let below = answers.get_path("/p").unwrap();
    assert!(below.is_ok_and(std::collections::BTreeMap::is_empty));
    assert_eq!(wire.sent(), 2);
}

#[tokio::test(start_paused = true)]
async fn the_service_may_ask_for_a_longer_pause_but_for_no_shorter_one() {
    let throttling = service("ThrottlingException");
    let asked = async |pause: &'static str| {
        let body = throttling.clone();
        let wire = Wire::new(move |_| with_header(400, &body, "x-amz-retry-after", pause));
        let answers = wire.fetch(LIMIT).await;
        assert!(failed(&answers).0.contains("throttled the requests (so it says)"));
        assert!((4..100).contains(&wire.sent()), "{pause}: {}", wire.sent());
        wire.pause().as_millis()
    };
    assert!(asked("0").await <= 101);
    assert!(asked("soon").await <= 101);
    assert!((3_000..3_010).contains(&asked("3000").await));
    // There is time for another attempt.
    assert!((3_900..4_000).contains(&asked("18446744073709551615").await));
}

#[tokio::test(start_paused = true)]
async fn what_passes_is_tried_again_and_nothing_else() {
    let html = "<html>sorry</html>".to_owned();
    let passing = [408, 425, 429, 500, 502, 503, 504, 520].map(|status| (status, html.clone()));
    let lasting = [300, 301, 400, 403, 404, 428, 499].map(|status| (status, html.clone()));
    let passing_codes = [
        "ThrottlingException",
        "TooManyRequestsException",
        "ProvisionedThroughputExceededException",
        "KMSThrottlingException",
        "InternalServerError",
        "RequestTimeout",
        "RequestExpired",
        "RequestTimeTooSkewed",
        "RequestInTheFuture",
        "ExpiredTokenException",
        "ExpiredToken",
    ];
    let lasting_codes = [
        "AccessDenied",
        "InvalidKeyId",
        "ValidationException",
        "UnrecognizedClientException",
        "InvalidSignatureException",
        "SomethingNew",
    ];
    let coded = |codes: &[&str]| codes.iter().map(|code| (400, service(code))).collect::<Vec<_>>();
    let passing = [&passing[..], &coded(&passing_codes), &[(200, "{\"Par".to_owned())]].concat();
    let lasting = [&lasting[..], &coded(&lasting_codes)].concat();
    for (cases, expected) in [(passing, true), (lasting, false)] {
        for (status, body) in cases {
            let what = format!("{status} {body}");
            let wire = Wire::new(move |_| reply(status, &body));
            let answers = wire.fetch(LIMIT).await;
            let (why, passes) = failed(&answers);
            assert_eq!(passes, expected, "{what}: {why}");
            assert_eq!(wire.sent() > 1, expected, "{what}: {why}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn connections_that_fail_for_good_are_told_from_those_that_may_not() {
    type Make = fn() -> ConnectorError;
    fn tls(error: rustls::Error) -> ConnectorError {
        ConnectorError::io(std::io::Error::other(error).into())
    }
    let untrusted = || tls(rustls::CertificateError::UnknownIssuer.into());
    let plain = || tls(rustls::InvalidMessage::InvalidContentType.into());
    let passing: [Make; 4] = [
        || ConnectorError::io("refused".into()),
        || ConnectorError::other("invalid HTTP version parsed".into(), None),
        || tls(rustls::Error::General("?".into())),
        // There is no proxy that we know of.
        || ConnectorError::io("tunnel error: proxy authorization required".into()),
    ];
    let lasting: [Make; 3] = [untrusted, plain, || ConnectorError::user("no header".into())];
    for (cases, expected) in [(&passing[..], true), (&lasting[..], false)] {
        for &make in cases {
            let wire = Wire::new(move |_| HttpConnectorFuture::ready(Err(make())));
            let answers = wire.fetch(LIMIT).await;
            let (why, passes) = failed(&answers);
            assert_eq!((passes, wire.sent() > 1), (expected, expected), "{why}");
            assert!(why.starts_with("no connection to http://there ("), "{why}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_timeout_of_the_users_client_says_nothing_new() {
    let late = || HttpConnectorFuture::ready(Err(ConnectorError::timeout("connect".into())));
    let wire = Wire::new(move |_| late());
    let answers = wire.fetch(LIMIT).await;
    assert_eq!(failed(&answers), ("no answer from http://there in time", true));
    assert!(wire.sent() > 1);
}

#[tokio::test(start_paused = true)]
async fn what_is_no_url_of_a_web_server_is_not_asked() {
    for url in ["ftp://there", "http://there:99999"] {
        let wire = Wire::new(|_| reply(200, FOUND));
        let store = ParameterStore::from(wire.client(url, Credentials::for_tests()));
        let answers = store.fetch(&Request::new(["/a"], LIMIT)).await;
        let (why, passes) = failed(&answers);
        assert!(!passes && why.contains(url), "{why}");
        assert_eq!(wire.sent(), 0);
    }
}

#[tokio::test(start_paused = true)]
async fn an_attempt_that_is_cut_off_hides_not_how_the_one_before_it_failed() {
    let throttling = service("ThrottlingException");
    let wire = Wire::new(move |index| if index == 0 { reply(400, &throttling) } else { never() });
    assert!(failed(&wire.fetch(LIMIT).await).0.contains("throttled the requests (so it says)"));

    let answers = Wire::new(|_| never()).fetch(LIMIT).await;
    assert_eq!(failed(&answers), ("no answer from http://there in time", true));
}

#[tokio::test(start_paused = true)]
async fn what_the_service_says_is_cut_and_escaped() {
    let message = format!("\\u001b[31mno\\n  limit: {}", "x ".repeat(100_000));
    let body = format!(r#"{{"__type": "Some\nthing", "message": "{message}"}}"#);
    let answers = Wire::new(move |_| reply(400, &body)).fetch(LIMIT).await;
    let (why, _) = failed(&answers);
    assert!(why.starts_with("Some thing: \\u{1b}[31mno limit: x x x"), "{why}");
    assert!(why.chars().count() < 400, "{why}");
}

/// What is logged, a line an event.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Subscriber for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("stage_config")
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        struct Line(String);
        impl Visit for Line {
            fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
                if field.name() == "message" {
                    write!(self.0, " {value:?}").unwrap();
                }
            }
        }
        let mut line = Line(event.metadata().level().to_string());
        event.record(&mut line);
        self.0.lock().unwrap().push(line.0);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[test]
fn whoever_waits_hears_that_another_attempt_follows() {
    let logged = |wire: Wire| {
        let log = Log::default();
        tracing::subscriber::with_default(log.clone(), || {
            let runtime = Builder::new_current_thread().enable_time().start_paused(true).build();
            runtime.unwrap().block_on(wire.fetch(LIMIT));
        });
        let lines = log.0.lock().unwrap();
        lines.clone()
    };
    let silence = "parameters cannot be read: no answer from http://there in time; trying again";
    let throttled = service("ThrottlingException");
    let wire = || {
        let throttled = throttled.clone();
        Wire::new(move |index| match index {
            0 => never(),
            1 => reply(400, &throttled),
            _ => reply(200, FOUND),
        })
    };
    // Tests beside this one may be about to note that nobody listens; by the second time they have.
    logged(wire());
    let lines = logged(wire());
    assert_eq!(lines[0], format!("WARN {silence}"));
    assert!(lines[1].starts_with("DEBUG parameters cannot be read: Parameter Store throttled"));
    assert_eq!(lines.len(), 2, "{lines:?}");

    // The error says the rest.
    let none = logged(Wire::new(|_| reply(400, &service("SomethingNew"))));
    assert!(none.is_empty(), "{none:?}");
    let lines = logged(Wire::new(|_| never()));
    assert!(lines.iter().all(|line| line.ends_with(silence)), "{lines:?}");
}
