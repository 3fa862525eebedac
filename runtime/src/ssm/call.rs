//! One call to Parameter Store, with decryption. The SDK retries it until the deadline of the load.

mod attempt;
mod limit;

use std::error::Error;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use aws_sdk_ssm::Client;
use aws_sdk_ssm::config::http::HttpResponse;
use aws_sdk_ssm::config::retry::{RetryConfig, RetryPartition, TokenBucket};
use aws_sdk_ssm::config::timeout::TimeoutConfig;
use aws_sdk_ssm::config::{Builder, SharedHttpClient};
use aws_sdk_ssm::error::SdkError;
use aws_sdk_ssm::types::Parameter;
use stage_config_names::ParameterName;
use tokio::time::Instant;

use crate::source::Request;

use self::attempt::Attempts;
use self::limit::Limited;
use super::failure::Failure;
use super::reply::Replies;

/// The most parameters that a page of GetParametersByPath may have.
const PAGE: i32 = 10;
/// More than fit into any load. Not `u32::MAX`, because the SDK counts through them, one by one.
const MOST_ATTEMPTS: u32 = 1_000;
/// The calls end a little before the load does, so that they can report the reason themselves.
const HEAD_START: Duration = Duration::from_millis(100);

/// The calls of one load.
pub(super) struct Calls<'a> {
    client: &'a Client,
    http: &'a SharedHttpClient,
    /// Whether `http` is that of the loader, and not the user's.
    is_ours: bool,
    deadline: Instant,
    made: AtomicUsize,
}

impl<'a> Calls<'a> {
    pub(super) fn new(
        client: &'a Client,
        http: &'a SharedHttpClient,
        is_ours: bool,
        request: &Request,
    ) -> Self {
        let left = request.time_left();
        let deadline = Instant::now() + left.saturating_sub(HEAD_START.min(left / 10));
        Self { client, http, is_ours, deadline, made: AtomicUsize::new(0) }
    }

    /// The number of calls; retries do not count.
    pub(super) fn made(&self) -> usize {
        self.made.load(Ordering::Relaxed)
    }

    pub(super) async fn get_parameter(
        &self,
        name: &ParameterName<'_>,
    ) -> Result<Parameter, Failure> {
        let call = self.client.get_parameter().name(name.as_str()).with_decryption(true);
        let reply = self.send(|config| call.customize().config_override(config).send()).await?;
        reply.parameter.ok_or_else(Failure::incomplete)
    }

    pub(super) async fn get_parameters(
        &self,
        names: &[ParameterName<'_>],
    ) -> Result<Replies, Failure> {
        let names = names.iter().map(|name| name.as_str().to_owned()).collect();
        let call = self.client.get_parameters().set_names(Some(names)).with_decryption(true);
        let reply = self.send(|config| call.customize().config_override(config).send()).await?;
        Ok(Replies {
            found: reply.parameters.unwrap_or_default(),
            invalid: reply.invalid_parameters.unwrap_or_default(),
        })
    }

    /// One page of what is under a path, on all levels, and the token of the next.
    pub(super) async fn get_parameters_by_path(
        &self,
        path: &str,
        token: Option<String>,
    ) -> Result<(Vec<Parameter>, Option<String>), Failure> {
        let call = self.client.get_parameters_by_path().path(path).set_next_token(token);
        let call = call.recursive(true).with_decryption(true).max_results(PAGE);
        let reply = self.send(|config| call.customize().config_override(config).send()).await?;
        let found = reply.parameters.ok_or_else(Failure::incomplete)?;
        Ok((found, reply.next_token.filter(|token| !token.is_empty())))
    }

    async fn send<T, E, F>(&self, call: impl FnOnce(Builder) -> F) -> Result<T, Failure>
    where
        F: Future<Output = Result<T, SdkError<E, HttpResponse>>>,
        E: Error + 'static,
    {
        let attempts = Attempts::until(self.deadline, self.is_ours);
        let config = self.until_deadline(&attempts)?;
        self.made.fetch_add(1, Ordering::Relaxed);
        call(config).await.map_err(|error| attempts.failure(&error))
    }

    /// Overrides the retries and timeouts of the client: attempts until the deadline.
    fn until_deadline(&self, attempts: &Attempts) -> Result<Builder, Failure> {
        let limit = self.deadline.saturating_duration_since(Instant::now());
        if limit.is_zero() {
            return Err(Failure::no_time());
        }
        let config = Builder::new()
            .http_client(Limited::new(self.http.clone(), self.deadline))
            .interceptor(attempts.clone())
            .retry_classifier(attempts.clone())
            // `Attempts` decides the pauses; this only must not cut them.
            .retry_config(
                RetryConfig::standard().with_max_attempts(MOST_ATTEMPTS).with_max_backoff(limit),
            )
            // The deadline ends the retries, not a quota that other loads may have used up.
            .retry_partition(
                RetryPartition::custom("stage-config")
                    .token_bucket(TokenBucket::unlimited())
                    .build(),
            )
            // The SDK's limit of an attempt would also limit the wait for credentials.
            .timeout_config(
                TimeoutConfig::builder()
                    .operation_timeout(limit)
                    .disable_operation_attempt_timeout()
                    .build(),
            );
        Ok(config)
    }
}
