//! A client of the real SDK that ignores the environment.

use std::ops::Deref;

use aws_sdk_ssm::Client;
use aws_sdk_ssm::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_ssm::types::ParameterType;
use stage_config::__private::Lean;
use stage_config::{ParameterStore, Source};

/// An access key.
#[derive(Debug, Clone)]
pub struct Key {
    id: String,
    secret: String,
}

impl Key {
    /// The key that is allowed everything: moto accepts any key, and in ministack this one is root.
    pub fn root() -> Self {
        Self { id: "test".into(), secret: "test".into() }
    }

    /// The key that `peers/iam.py` printed.
    ///
    /// # Panics
    /// If it is not a key.
    pub fn from_json(key: &serde_json::Value) -> Self {
        let text = |name: &str| key[name].as_str().expect("a key has an id and a secret").into();
        Self { id: text("id"), secret: text("secret") }
    }
}

/// A store as its clients see it, over plain HTTP. It is a client of the SDK, for what a test does
/// besides loading.
#[derive(Debug, Clone)]
pub struct Remote {
    client: Client,
    url: String,
    key: Key,
}

impl Remote {
    /// The store at `url`.
    pub fn new(url: &str, key: &Key) -> Self {
        let http = aws_smithy_http_client::Builder::new().build_http();
        let client = Client::from_conf(settings(url, key).http_client(http).build());
        Self { client, url: url.to_owned(), key: key.clone() }
    }

    /// A source that reads from it through the SDK.
    pub fn through_the_sdk(&self) -> impl Source + Clone + use<> {
        ParameterStore::from(self.client.clone())
    }

    /// The same with the HTTP client of the loader.
    pub fn through_the_sdk_and_our_connections(&self) -> impl Source + Clone + use<> {
        ParameterStore::from(Client::from_conf(settings(&self.url, &self.key).build()))
    }

    /// A source that reads from it without the SDK.
    ///
    /// # Panics
    /// If its URL is wrong.
    pub fn without_the_sdk(&self) -> impl Source + Clone + use<> {
        let Self { url, key, .. } = self;
        Lean::at(url, &key.id, &key.secret).expect("a store has a URL")
    }
}

fn settings(url: &str, key: &Key) -> aws_sdk_ssm::config::Builder {
    aws_sdk_ssm::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("us-east-1"))
        .endpoint_url(url)
        .credentials_provider(Credentials::new(&key.id, &key.secret, None, None, "test"))
}

impl Deref for Remote {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

/// Stores a new parameter, or a new version of one.
///
/// # Panics
/// If the store refuses it.
pub async fn put(client: &Client, kind: ParameterType, name: &str, value: &str) {
    let sent = client.put_parameter().name(name).value(value).r#type(kind).overwrite(true).send();
    if let Err(error) = sent.await {
        panic!("{name}: {}", aws_sdk_ssm::error::DisplayErrorContext(error));
    }
}
