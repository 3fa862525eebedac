//! A client of the real SDK that ignores the environment.

use aws_sdk_ssm::Client;
use aws_sdk_ssm::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_ssm::types::ParameterType;

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

/// A client that speaks plain HTTP to `url`.
pub fn client(url: &str, key: &Key) -> Client {
    let config = aws_sdk_ssm::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("us-east-1"))
        .endpoint_url(url)
        .credentials_provider(Credentials::new(&key.id, &key.secret, None, None, "test"))
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .build();
    Client::from_conf(config)
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
