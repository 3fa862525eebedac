//! Parameter Store as a source, by the AWS SDK.
//!
//! | file | what it knows |
//! |---|---|
//! | `client.rs` | the client of a load that is given none |
//! | `client/variables.rs`, `client/checked.rs` | what the SDK would panic over, in the environment and in credentials |
//! | `http.rs`, `resolve.rs` | its HTTP client, which costs little at a cold start, and how that finds a host |
//! | `batch.rs` | which calls are made for names: tens side by side, the other where one is denied |
//! | `by_path.rs` | which calls are made for a path: page by page |
//! | `call.rs` | one call, decrypting, retried until the load's deadline |
//! | `attempt.rs` | the attempts of a call: whether another follows, what is remembered of them |
//! | `limit.rs` | how long one attempt may take, and a reply may be |
//! | `reply.rs` | which reply belongs to which name |
//! | `secret.rs` | what is particular about secrets of Secrets Manager |
//! | `failure.rs` | the classes of errors |
//! | `failure/reason.rs`, `failure/chain.rs` | what an error says; the causes of one |
//! | `place.rs` | where a call goes |
//! | `quote.rs` | what others say, as it may be shown |

mod attempt;
mod batch;
mod by_path;
mod call;
mod client;
mod failure;
mod http;
mod limit;
mod place;
mod quote;
mod reply;
mod resolve;
mod secret;

use aws_config::SdkConfig;
use aws_sdk_ssm::Client;
use futures_util::future::{join, join_all};
use stage_config_names::ParameterName;

use crate::source::{Answer, Answers, Request, Source};

use self::call::{Calls, Http};
use self::client::NoClient;

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

fn without_a_client(request: &Request, why: &NoClient) -> Answers {
    Answers::alike(request, &Answer::Unreadable(why.to_string()))
}

async fn fetch(client: &Client, http: &Http, request: &Request) -> Answers {
    let names: Vec<_> = request.names().map(ParameterName::parse).collect();
    let (good, bad): (Vec<_>, Vec<_>) =
        names.into_iter().zip(request.names()).partition(|(parsed, _)| parsed.is_ok());
    let good: Vec<_> = good.into_iter().filter_map(|(parsed, _)| parsed.ok()).collect();

    let calls = Calls::new(client, http, request);
    let paths =
        join_all(request.paths().map(async |path| (path, by_path::fetch(&calls, path).await)));
    let (mut answers, paths) = join(batch::fetch(&calls, &good), paths).await;
    for (path, below) in paths {
        match below {
            Ok(entries) => answers.insert_below(path, entries),
            Err(answer) => answers.fail_below(path, answer),
        }
    }
    for (parsed, name) in bad {
        let why = parsed.err().map(|fault| format!("cannot be asked for: its name {fault}"));
        answers.insert(name, Answer::Unreadable(why.unwrap_or_default()));
    }
    let answers = answers.after_requests(calls.made());
    match client.config().region() {
        Some(region) => answers.looked_in(quote::quote(region.as_ref())),
        None => answers,
    }
}

#[cfg(test)]
mod tests;
