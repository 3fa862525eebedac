//! The same calls through the SDK, and what only the SDK does.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, future};
use aws_sdk_ssm::Client;
use aws_sdk_ssm::config::http::HttpRequest;
use aws_sdk_ssm::config::timeout::TimeoutConfig;
use aws_sdk_ssm::config::{
    BehaviorVersion, Config, HttpClient, Region, RuntimeComponents, SharedHttpClient,
};
use aws_sdk_ssm::error::ConnectorError;
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_types::body::SdkBody;
use tokio::time::sleep;

use super::ParameterStore;
use crate::source::{Answers, Request, Source};
use crate::store::tests::wire::{self, FOUND, LIMIT, Step, Wire, failed, found, reply};

/// The SDK over such a wire.
pub(crate) struct Sdk;

impl wire::Client for Sdk {
    async fn fetch(wire: &Wire, request: &Request) -> Answers {
        let client = client(wire, "http://there", Credentials::for_tests());
        ParameterStore::from(client).fetch(request).await
    }
}

pub(crate) fn client(
    wire: &Wire,
    url: &str,
    credentials: impl ProvideCredentials + 'static,
) -> Client {
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("us-east-1"))
        .endpoint_url(url)
        .credentials_provider(credentials)
        .http_client(SharedHttpClient::new(wire.clone()))
        .build();
    Client::from_conf(config)
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
        let reply = self.send();
        HttpConnectorFuture::new(async {
            let reply = reply.await.map_err(|error| match error.kind() {
                io::ErrorKind::TimedOut => ConnectorError::timeout(error.into()),
                io::ErrorKind::InvalidInput => ConnectorError::user(error.into()),
                _ => ConnectorError::io(error.into()),
            })?;
            Ok(reply.map(SdkBody::from).try_into().unwrap())
        })
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
    let store = ParameterStore::from(client(&wire, "http://there", slow.clone()));
    assert!(found(&store.fetch(&Request::new(["/a"], LIMIT)).await));
    assert_eq!(slow.asked.load(Ordering::SeqCst), 1);
    assert_eq!(wire.sent(), 1);

    // Also by a client of which the user thought otherwise.
    let hasty = TimeoutConfig::builder().operation_attempt_timeout(Duration::from_secs(1)).build();
    let config = client(&wire, "http://there", provider(Duration::from_secs(3), 0));
    let config = config.config().to_builder().timeout_config(hasty).build();
    let store = ParameterStore::from(Client::from_conf(config));
    assert!(found(&store.fetch(&Request::new(["/a"], LIMIT)).await));

    let too_slow = provider(Duration::from_secs(9), 0);
    let store = ParameterStore::from(client(&wire, "http://there", too_slow.clone()));
    let answers = store.fetch(&Request::new(["/a"], LIMIT)).await;
    assert_eq!(failed(&answers), ("no AWS credentials were found in time", true));
    assert_eq!(too_slow.asked.load(Ordering::SeqCst), 1);
}

#[tokio::test(start_paused = true)]
async fn credentials_whose_endpoint_closes_the_connection_are_asked_for_again() {
    let wire = Wire::new(|_| reply(200, FOUND));
    let torn = provider(Duration::ZERO, 2);
    let store = ParameterStore::from(client(&wire, "http://there", torn.clone()));
    assert!(found(&store.fetch(&Request::new(["/a"], LIMIT)).await));
    assert_eq!(torn.asked.load(Ordering::SeqCst), 3);

    let torn = provider(Duration::ZERO, usize::MAX);
    let store = ParameterStore::from(client(&wire, "http://there", torn));
    let answers = store.fetch(&Request::new(["/a"], LIMIT)).await;
    let (why, passes) = failed(&answers);
    assert!(passes && why.contains("credentials could not be loaded"), "{why}");
    assert!(why.contains("connection closed"), "{why}");
}

#[tokio::test(start_paused = true)]
async fn a_timeout_of_the_users_client_says_nothing_new() {
    let wire = Wire::new(|_| Step::Broken(io::ErrorKind::TimedOut.into()));
    let answers = <Sdk as wire::Client>::fetch(&wire, &Request::new(["/a"], LIMIT)).await;
    assert_eq!(failed(&answers), ("no answer from http://there in time", true));
    assert!(wire.sent() > 1);
}

#[tokio::test(start_paused = true)]
async fn a_request_that_the_users_client_refuses_is_not_sent_again() {
    let wire = Wire::new(|_| Step::Broken(io::ErrorKind::InvalidInput.into()));
    let answers = <Sdk as wire::Client>::fetch(&wire, &Request::new(["/a"], LIMIT)).await;
    let (why, passes) = failed(&answers);
    assert!(why.starts_with("no connection to http://there ("), "{why}");
    assert_eq!((passes, wire.sent()), (false, 1));
}

#[tokio::test(start_paused = true)]
async fn what_is_no_url_of_a_web_server_is_not_asked() {
    for url in ["ftp://there", "http://there:99999"] {
        let wire = Wire::new(|_| reply(200, FOUND));
        let store = ParameterStore::from(client(&wire, url, Credentials::for_tests()));
        let answers = store.fetch(&Request::new(["/a"], LIMIT)).await;
        let (why, passes) = failed(&answers);
        assert!(!passes && why.contains(url), "{why}");
        assert_eq!(wire.sent(), 0);
    }
}
