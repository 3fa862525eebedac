//! Parameter Store as a source, through the AWS SDK.
//!
//! | module | content |
//! |---|---|
//! | `client` | the client of a load without one |
//! | `client/{variables, checked}` | settings and credentials that make the SDK panic |
//! | `client/{http, resolve}` | an HTTP client that starts fast, and its DNS resolver |
//! | `fetch/{batch, by_path}` | which calls a load makes, for names and for paths |
//! | `call`, `call/{attempt, limit}` | one call, with decryption and retries until the deadline; the time limit of an attempt |
//! | `reply` | which reply belongs to which name |
//! | `failure`, `failure/{service, chain}` | the classes of failures, and their texts |
//! | `endpoint`, `quote` | the endpoint and proxy of a call; how errors quote foreign texts |

mod call;
mod client;
mod endpoint;
mod failure;
mod fetch;
mod quote;
mod reply;

use aws_config::SdkConfig;
use aws_sdk_ssm::Client;

use crate::source::{Answer, Answers, Request, Source};

use self::fetch::fetch;

/// AWS Systems Manager Parameter Store, through a client of the user.
///
/// A load without a source creates a client that starts fast: it takes region and credentials from
/// the environment variables of Lambda, and uses rustls on ring. To use another client, pass an
/// `aws_sdk_ssm::Client` or an `aws_config::SdkConfig` to
/// [`Loader::client`](crate::Loader::client). If it has no HTTP client, it uses that of the loader.
#[derive(Debug, Clone)]
pub struct ParameterStore {
    client: Client,
}

impl From<Client> for ParameterStore {
    fn from(client: Client) -> Self {
        Self { client }
    }
}

impl From<&SdkConfig> for ParameterStore {
    fn from(config: &SdkConfig) -> Self {
        Self { client: Client::new(config) }
    }
}

impl From<SdkConfig> for ParameterStore {
    fn from(config: SdkConfig) -> Self {
        Self::from(&config)
    }
}

impl Source for ParameterStore {
    async fn fetch(&self, request: &Request) -> Answers {
        let Self { client } = self;
        if let Some(http) = client.config().http_client() {
            return fetch(client, &http, false, request).await;
        }
        match client::http_client() {
            Ok(http) => fetch(client, &http, true, request).await,
            Err(why) => Answers::for_all(request, &Answer::failed(why)),
        }
    }
}

/// Parameter Store, through a client that is created on demand.
pub(crate) struct FromEnvironment;

impl Source for FromEnvironment {
    async fn fetch(&self, request: &Request) -> Answers {
        match client::from_environment().await {
            Ok((client, http)) => fetch(&client, &http, true, request).await,
            Err(why) => Answers::for_all(request, &Answer::failed(why)),
        }
    }
}

#[cfg(test)]
mod tests;
