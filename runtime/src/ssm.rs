//! Parameter Store as a source, by the AWS SDK.
//!
//! | module | what it knows |
//! |---|---|
//! | `client` | the client of a load that is given none |
//! | `client/{variables, checked, setup}` | what the SDK would panic over, and why there is no client |
//! | `client/{http, resolve}` | an HTTP client that costs little at a cold start, and how it finds a host |
//! | `fetch/{batch, by_path}` | which calls a load makes, for names and for paths |
//! | `call`, `call/{attempt, limit}` | one call: decrypting, retried until the load's deadline; how long an attempt may take |
//! | `reply` | which reply belongs to which name |
//! | `failure`, `failure/{reason, refused, secret, chain}` | the classes of errors, and what an error says |
//! | `place`, `quote` | where a call goes; texts of others, as errors may show them |

mod call;
mod client;
mod failure;
mod fetch;
mod place;
mod quote;
mod reply;

use aws_config::SdkConfig;
use aws_sdk_ssm::Client;

use crate::source::{Answer, Answers, Request, Source};

use self::call::Http;
use self::client::SetupError;
use self::fetch::fetch;

/// AWS Systems Manager Parameter Store, through a client of one's own.
///
/// A load without a source makes a client itself, which costs little at a cold start: region and
/// credentials come from the environment where Lambda has put them, TLS is rustls on ring. For
/// anything else, give [`Loader::client`](crate::Loader::client) an `aws_sdk_ssm::Client`, or an
/// `aws_config::SdkConfig` to make one of. One that is configured without an HTTP client has the one
/// of such a load.
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
        let http = match self.client.config().http_client() {
            Some(http) => Ok(Http::Theirs(http)),
            None => client::http_client().map(Http::Ours),
        };
        match http {
            Ok(http) => fetch(&self.client, &http, request).await,
            Err(why) => without_a_client(request, &why),
        }
    }
}

/// Parameter Store, through a client that is made when it is needed.
pub(crate) struct FromEnvironment;

impl Source for FromEnvironment {
    async fn fetch(&self, request: &Request) -> Answers {
        match client::from_environment().await {
            Ok((client, http)) => fetch(&client, &Http::Ours(http), request).await,
            Err(why) => without_a_client(request, &why),
        }
    }
}

fn without_a_client(request: &Request, why: &SetupError) -> Answers {
    Answers::alike(request, &Answer::Unreadable(why.to_string()))
}

#[cfg(test)]
mod tests;
