//! One call to Parameter Store, with decryption. The SDK retries it until the deadline of the load.

mod attempt;
mod limit;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use aws_sdk_ssm::Client;
use aws_sdk_ssm::config::retry::{RetryConfig, RetryPartition, TokenBucket};
use aws_sdk_ssm::config::timeout::TimeoutConfig;
use aws_sdk_ssm::config::{Builder, SharedHttpClient};
use aws_sdk_ssm::types::Parameter;
use stage_config_names::ParameterName;
use tokio::time::Instant;

use crate::source::Request;

use self::attempt::Attempts;
use self::limit::Limited;
use super::failure::Failure;
use super::reply::{Page, Replies};

/// The maximum page size of GetParametersByPath.
const PAGE: i32 = 10;
/// More than fit into a load. Not `u32::MAX`, because the SDK iterates over all of them.
const MOST_ATTEMPTS: u32 = 1_000;
/// The calls end shortly before the load, so that its error contains their reason.
const HEAD_START: Duration = Duration::from_millis(100);

/// The calls of one load.
pub(super) struct Calls<'a> {
    client: &'a Client,
    http: &'a Http,
    deadline: Instant,
    made: AtomicUsize,
}

/// The HTTP client.
pub(super) enum Http {
    /// The one of the user's client.
    Theirs(SharedHttpClient),
    /// Ours, if the client has none.
    Ours(SharedHttpClient),
}

impl<'a> Calls<'a> {
    pub(super) fn new(client: &'a Client, http: &'a Http, request: &Request) -> Self {
        let left = request.time_left();
        let deadline = Instant::now() + left.saturating_sub(HEAD_START.min(left / 10));
        Self { client, http, deadline, made: AtomicUsize::new(0) }
    }

    /// The number of calls. Retries of the SDK do not count.
    pub(super) fn made(&self) -> usize {
        self.made.load(Ordering::Relaxed)
    }

    pub(super) async fn get_parameter(
        &self,
        name: &ParameterName<'_>,
    ) -> Result<Option<Parameter>, Failure> {
        let attempts = self.attempts();
        let call = self.client.get_parameter().name(name.as_str()).with_decryption(true);
        let call = call.customize().config_override(self.until_deadline(&attempts)?);
        let reply = call.send().await.map_err(|error| attempts.why(&error))?;
        Ok(reply.parameter)
    }

    pub(super) async fn get_parameters(
        &self,
        names: &[ParameterName<'_>],
    ) -> Result<Replies, Failure> {
        let attempts = self.attempts();
        let names = names.iter().map(|name| name.as_str().to_owned()).collect();
        let call = self.client.get_parameters().set_names(Some(names)).with_decryption(true);
        let call = call.customize().config_override(self.until_deadline(&attempts)?);
        let reply = call.send().await.map_err(|error| attempts.why(&error))?;
        Ok(Replies {
            found: reply.parameters.unwrap_or_default(),
            invalid: reply.invalid_parameters.unwrap_or_default(),
        })
    }

    /// One page of the parameters under a path, at all levels.
    pub(super) async fn get_parameters_by_path(
        &self,
        path: &str,
        token: Option<String>,
    ) -> Result<Page, Failure> {
        let attempts = self.attempts();
        let call = self.client.get_parameters_by_path().path(path).set_next_token(token);
        let call = call.recursive(true).with_decryption(true).max_results(PAGE);
        let call = call.customize().config_override(self.until_deadline(&attempts)?);
        let reply = call.send().await.map_err(|error| attempts.why(&error))?;
        Ok(Page {
            found: reply.parameters,
            next: reply.next_token.filter(|token| !token.is_empty()),
        })
    }

    fn attempts(&self) -> Attempts {
        Attempts::until(self.deadline, matches!(self.http, Http::Ours(_)))
    }

    /// Overrides the retries and timeouts of the client: attempts until the deadline.
    fn until_deadline(&self, attempts: &Attempts) -> Result<Builder, Failure> {
        let limit = self.deadline.saturating_duration_since(Instant::now());
        if limit.is_zero() {
            return Err(Failure::no_time());
        }
        self.made.fetch_add(1, Ordering::Relaxed);
        let (Http::Theirs(http) | Http::Ours(http)) = self.http;
        let config = Builder::new()
            .http_client(Limited::new(http.clone(), self.deadline))
            .interceptor(attempts.clone())
            .retry_classifier(attempts.clone())
            // `Attempts` decides the pauses; this must not shorten them.
            .retry_config(
                RetryConfig::standard().with_max_attempts(MOST_ATTEMPTS).with_max_backoff(limit),
            )
            // The deadline ends the retries, and not a quota that other loads share.
            .retry_partition(
                RetryPartition::custom("stage-config")
                    .token_bucket(TokenBucket::unlimited())
                    .build(),
            )
            // The attempt timeout of the SDK would include loading credentials.
            .timeout_config(
                TimeoutConfig::builder()
                    .operation_timeout(limit)
                    .disable_operation_attempt_timeout()
                    .build(),
            );
        Ok(config)
    }
}
