//! Parameter Store as a source, by the AWS SDK.
//!
//! | file | what it knows |
//! |---|---|
//! | `client.rs` | how a client is made that costs little at a cold start |
//! | `batch.rs` | which calls are made for names: tens side by side, the other where one is denied |
//! | `by_path.rs` | which calls are made for a path: page by page |
//! | `call.rs` | one call, decrypting, retried until the load's deadline |
//! | `attempt.rs` | one attempt of a call: whether another follows, what is remembered of it |
//! | `reply.rs` | which reply belongs to which name |
//! | `secret.rs` | what is particular about secrets of Secrets Manager |
//! | `failure.rs` | the SDK's errors in plain words |

mod attempt;
mod batch;
mod by_path;
mod call;
mod client;
mod failure;
mod reply;
mod secret;

use aws_config::SdkConfig;
use aws_sdk_ssm::Client;
use futures_util::future::{join, join_all};
use stage_config_names::ParameterName;

use crate::source::{Answer, Answers, Request, Source};

use self::call::Calls;

/// AWS Systems Manager Parameter Store, through a client of one's own.
///
/// A load without a source makes a client itself, which costs little at a cold start: region and
/// credentials come from the environment where Lambda has put them, TLS is rustls on ring. For
/// anything else, give [`Loader::client`](crate::Loader::client) an `aws_sdk_ssm::Client`, or an
/// `aws_config::SdkConfig` to make one of.
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
        let names: Vec<_> = request.names().map(ParameterName::parse).collect();
        let (good, bad): (Vec<_>, Vec<_>) =
            names.into_iter().zip(request.names()).partition(|(parsed, _)| parsed.is_ok());
        let good: Vec<_> = good.into_iter().filter_map(|(parsed, _)| parsed.ok()).collect();

        let calls = Calls::new(&self.client, request);
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
        match self.client.config().region() {
            Some(region) => answers.looked_in(region.as_ref()),
            None => answers,
        }
    }
}

/// Parameter Store, through a client that is made when it is needed.
pub(crate) struct FromEnvironment;

impl Source for FromEnvironment {
    async fn fetch(&self, request: &Request) -> Answers {
        match client::from_environment().await {
            Ok(client) => ParameterStore::from(client).fetch(request).await,
            Err(why) => Answers::alike(request, &Answer::Unreadable(why.to_string())),
        }
    }
}
