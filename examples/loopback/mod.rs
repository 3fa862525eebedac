//! What the examples have in place of AWS: a client that reads from a Parameter Store on loopback.

use aws_sdk_ssm::Client;
use aws_sdk_ssm::config::{BehaviorVersion, Credentials, Region};
use stage_config_local::LocalStore;

/// A client that speaks plain HTTP with the store. In a Lambda function there is no need for one:
/// the load makes its own.
pub(crate) fn client(store: &LocalStore) -> Client {
    let config = aws_sdk_ssm::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("us-east-1"))
        .endpoint_url(store.url())
        .credentials_provider(Credentials::new("any", "any", None, None, "example"))
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .build();
    Client::from_conf(config)
}
