//! One call to Parameter Store: always decrypting, retried by the SDK until the load's deadline.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use aws_sdk_ssm::Client;
use aws_sdk_ssm::config::Builder;
use aws_sdk_ssm::config::retry::{RetryConfig, RetryPartition, TokenBucket};
use aws_sdk_ssm::config::timeout::TimeoutConfig;
use aws_sdk_ssm::types::Parameter;
use stage_config_names::ParameterName;

use crate::source::Request;

use super::attempt::{LastAttempt, RetryWhatPasses};
use super::failure::Failure;
use super::reply::{Page, Replies};

/// The most that a page of GetParametersByPath may have.
const PAGE: i32 = 10;
/// An attempt that is not answered by then will hardly be answered at all.
const ATTEMPT_LIMIT: Duration = Duration::from_secs(2);
/// More than fit into any load. Not all that there are: the SDK counts them through, one by one.
const MOST_ATTEMPTS: u32 = 1_000;
/// Before the first retry at most this, then twice as long each time, always jittered.
const FIRST_BACKOFF: Duration = Duration::from_millis(100);
const LONGEST_BACKOFF: Duration = Duration::from_secs(2);
/// The calls end a little before the load does, so that they can say themselves why.
const HEAD_START: Duration = Duration::from_millis(100);

/// The calls of one load.
pub(super) struct Calls<'a> {
    client: &'a Client,
    request: &'a Request,
    head_start: Duration,
    made: AtomicUsize,
}

impl<'a> Calls<'a> {
    pub(super) fn new(client: &'a Client, request: &'a Request) -> Self {
        // The same for all of them: a call that is made late needs it no less.
        let head_start = HEAD_START.min(request.time_left() / 10);
        Self { client, request, head_start, made: AtomicUsize::new(0) }
    }

    /// How many calls there were; what the SDK sends again counts once.
    pub(super) fn made(&self) -> usize {
        self.made.load(Ordering::Relaxed)
    }

    pub(super) async fn get_parameter(
        &self,
        name: &ParameterName<'_>,
    ) -> Result<Option<Parameter>, Failure> {
        let last = LastAttempt::default();
        let call = self.client.get_parameter().name(name.as_str()).with_decryption(true);
        let reply = call
            .customize()
            .interceptor(last.clone())
            .config_override(self.until_deadline()?)
            .send()
            .await
            .map_err(|error| last.why(&error))?;
        Ok(reply.parameter)
    }

    pub(super) async fn get_parameters(
        &self,
        names: &[ParameterName<'_>],
    ) -> Result<Replies, Failure> {
        let last = LastAttempt::default();
        let names = names.iter().map(|name| name.as_str().to_owned()).collect();
        let call = self.client.get_parameters().set_names(Some(names)).with_decryption(true);
        let reply = call
            .customize()
            .interceptor(last.clone())
            .config_override(self.until_deadline()?)
            .send()
            .await
            .map_err(|error| last.why(&error))?;
        Ok(Replies {
            found: reply.parameters.unwrap_or_default(),
            invalid: reply.invalid_parameters.unwrap_or_default(),
        })
    }

    /// One page of what is below a path, on all levels.
    pub(super) async fn get_parameters_by_path(
        &self,
        path: &str,
        token: Option<String>,
    ) -> Result<Page, Failure> {
        let last = LastAttempt::default();
        let call = self.client.get_parameters_by_path().path(path).set_next_token(token);
        let call = call.recursive(true).with_decryption(true).max_results(PAGE);
        let reply = call
            .customize()
            .interceptor(last.clone())
            .config_override(self.until_deadline()?)
            .send()
            .await
            .map_err(|error| last.why(&error))?;
        Ok(Page {
            found: reply.parameters.unwrap_or_default(),
            next: reply.next_token.filter(|token| !token.is_empty()),
        })
    }

    /// What is particular about the next call.
    fn until_deadline(&self) -> Result<Builder, Failure> {
        let limit = self.request.time_left().saturating_sub(self.head_start);
        if limit.is_zero() {
            let why = "cannot be read: no time is left to ask for it".to_owned();
            return Err(Failure::OutOfTime(why));
        }
        self.made.fetch_add(1, Ordering::Relaxed);
        let config = Builder::new()
            .retry_classifier(RetryWhatPasses)
            .retry_config(
                RetryConfig::standard()
                    .with_max_attempts(MOST_ATTEMPTS)
                    .with_initial_backoff(FIRST_BACKOFF)
                    .with_max_backoff(LONGEST_BACKOFF),
            )
            // The deadline ends the retries, not a quota that other loads have used up.
            .retry_partition(
                RetryPartition::custom("stage-config")
                    .token_bucket(TokenBucket::unlimited())
                    .build(),
            )
            .timeout_config(
                TimeoutConfig::builder()
                    .operation_timeout(limit)
                    .operation_attempt_timeout(ATTEMPT_LIMIT.min(limit))
                    .build(),
            );
        Ok(config)
    }
}
