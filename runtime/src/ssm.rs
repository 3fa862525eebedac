//! Parameter Store as a source, through the AWS SDK.
//!
//! | module | content |
//! |---|---|
//! | `client` | the client of a load without one |
//! | `client/{variables, checked}` | settings and credentials that make the SDK panic |
//! | `client/connections` | the HTTP client of the loader, for the SDK |
//! | `call`, `call/{attempt, limit}` | one call, with retries until the deadline; the time limit of an attempt |
//! | `failure` | from the errors of the SDK to a `Failure` |

mod call;
mod client;
mod failure;

use aws_config::SdkConfig;
use aws_sdk_ssm::Client;
use aws_sdk_ssm::config::SharedHttpClient;

use crate::quote::quote;
use crate::source::{Answer, Answers, Request, Source};
use crate::store;

use self::call::SdkCalls;
use self::client::Http;

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
        match Http::of_this_runtime() {
            Ok(http) => fetch(client, &http.client, true, request).await,
            Err(why) => Answers::for_all(request, &Answer::failed(why)),
        }
    }

    /// The connections of a user's HTTP client are the user's.
    #[cfg(feature = "lambda")]
    async fn before_snapshot(&self) {
        if self.client.config().http_client().is_none() {
            client::forget().await;
        }
    }
}

/// Parameter Store, through a client that is created on demand.
pub(crate) struct FromEnvironment;

impl Source for FromEnvironment {
    async fn fetch(&self, request: &Request) -> Answers {
        match client::from_environment().await {
            Ok((client, http)) => fetch(&client, &http.client, true, request).await,
            Err(why) => Answers::for_all(request, &Answer::failed(why)),
        }
    }

    #[cfg(feature = "lambda")]
    async fn before_snapshot(&self) {
        client::forget().await;
    }
}

/// Through an HTTP client that is the loader's or the user's.
async fn fetch(
    client: &Client,
    http: &SharedHttpClient,
    is_ours: bool,
    request: &Request,
) -> Answers {
    let calls = SdkCalls::new(client, http, is_ours, request);
    let answers = calls.count(store::fetch(&calls, request).await);
    match client.config().region() {
        Some(region) => answers.looked_in(quote(region.as_ref())),
        None => answers,
    }
}

#[cfg(test)]
pub(crate) mod tests;
