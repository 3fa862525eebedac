//! One call to Parameter Store. The SDK retries it until the deadline of the load.

mod attempt;
mod limit;

use std::error::Error;

use aws_sdk_ssm::Client;
use aws_sdk_ssm::config::http::HttpResponse;
use aws_sdk_ssm::config::retry::{RetryConfig, RetryPartition, TokenBucket};
use aws_sdk_ssm::config::timeout::TimeoutConfig;
use aws_sdk_ssm::config::{Builder, SharedHttpClient};
use aws_sdk_ssm::error::SdkError;
use aws_sdk_ssm::types::{Parameter as Found, ParameterType};
use stage_config_names::ParameterName;

use crate::source::{Answers, Request};
use crate::store::Operations;
use crate::store::calls::{Attempts, Calls, PAGE};
use crate::store::failure::Failure;
use crate::store::reply::{Page, Parameter, Replies};

use self::attempt::Judge;
use self::limit::Limited;

/// More than fit into any load. Not `u32::MAX`, because the SDK counts through them, one by one.
const MOST_ATTEMPTS: u32 = 1_000;

/// The calls of one load through the SDK.
pub(super) struct SdkCalls<'a> {
    client: &'a Client,
    http: &'a SharedHttpClient,
    /// Whether `http` is that of the loader, and not the user's.
    is_ours: bool,
    calls: Calls,
}

impl<'a> SdkCalls<'a> {
    pub(super) fn new(
        client: &'a Client,
        http: &'a SharedHttpClient,
        is_ours: bool,
        request: &Request,
    ) -> Self {
        Self { client, http, is_ours, calls: Calls::new(request) }
    }

    /// Adds to the answers what it took to get them.
    pub(super) fn count(&self, answers: Answers) -> Answers {
        self.calls.count(answers)
    }

    async fn send<T, E, F>(
        &self,
        operation: &'static str,
        names: usize,
        call: impl FnOnce(Builder) -> F,
    ) -> Result<T, Failure>
    where
        F: Future<Output = Result<T, SdkError<E, HttpResponse>>>,
        E: Error + 'static,
    {
        let attempts = self.calls.begin(operation, names)?;
        let config = self.until_deadline(&attempts);
        let judge = Judge::new(attempts, self.is_ours);
        let config = config.interceptor(judge.clone()).retry_classifier(judge.clone());
        call(config).await.map_err(|error| judge.failure(&error))
    }

    /// Overrides the retries and timeouts of the client: attempts until the deadline.
    fn until_deadline(&self, attempts: &Attempts) -> Builder {
        let limit = attempts.time_left();
        Builder::new()
            .http_client(Limited::new(self.http.clone(), attempts))
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
            )
    }
}

impl Operations for SdkCalls<'_> {
    async fn get_parameter(&self, name: &ParameterName<'_>) -> Result<Parameter, Failure> {
        let call = self.client.get_parameter().name(name.as_str()).with_decryption(true);
        let reply = self
            .send("GetParameter", 1, |config| call.customize().config_override(config).send())
            .await?;
        reply.parameter.map(Parameter::from).ok_or_else(Failure::incomplete)
    }

    async fn get_parameters(&self, names: &[ParameterName<'_>]) -> Result<Replies, Failure> {
        let count = names.len();
        let names = names.iter().map(|name| name.as_str().to_owned()).collect();
        let call = self.client.get_parameters().set_names(Some(names)).with_decryption(true);
        let reply = self
            .send("GetParameters", count, |config| call.customize().config_override(config).send())
            .await?;
        Ok(Replies {
            found: all(reply.parameters.unwrap_or_default()),
            invalid: reply.invalid_parameters.unwrap_or_default(),
        })
    }

    async fn get_parameters_by_path(
        &self,
        path: &str,
        token: Option<String>,
    ) -> Result<Page, Failure> {
        let call = self.client.get_parameters_by_path().path(path).set_next_token(token);
        let call = call.recursive(true).with_decryption(true).max_results(PAGE.into());
        let reply = self
            .send("GetParametersByPath", 1, |config| {
                call.customize().config_override(config).send()
            })
            .await?;
        let found = all(reply.parameters.ok_or_else(Failure::incomplete)?);
        Ok(Page { found, next: reply.next_token.filter(|token| !token.is_empty()) })
    }
}

fn all(found: Vec<Found>) -> Vec<Parameter> {
    found.into_iter().map(Parameter::from).collect()
}

impl From<Found> for Parameter {
    fn from(found: Found) -> Self {
        Self {
            is_plain: matches!(
                found.r#type,
                Some(ParameterType::String | ParameterType::StringList)
            ),
            name: found.name,
            arn: found.arn,
            selector: found.selector,
            version: found.version,
            value: found.value.map(Into::into),
            is_from_secrets_manager: found.source_result.is_some(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_to_be_plain_may_be_secret() {
        let is_plain = |r#type: Option<&str>| {
            Parameter::from(Found::builder().set_type(r#type.map(Into::into)).build()).is_plain
        };
        assert!(is_plain(Some("String")) && is_plain(Some("StringList")));
        for other in [Some("SecureString"), Some("securestring"), Some("SealedString"), None] {
            assert!(!is_plain(other), "{other:?}");
        }
    }
}
