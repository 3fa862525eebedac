//! The attempts of a call: how each one ended, whether another follows, and when.
//!
//! Each attempt is judged once, when it has ended. The retries and the error of the load both go by
//! this verdict, so what an error calls transient is what was tried again.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use aws_sdk_ssm::config::http::HttpResponse;
use aws_sdk_ssm::config::interceptors::{
    BeforeTransmitInterceptorContextRef, FinalizerInterceptorContextRef, InterceptorContext,
};
use aws_sdk_ssm::config::retry::{ClassifyRetry, RetryAction};
use aws_sdk_ssm::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_ssm::error::{BoxError, SdkError};
use aws_sdk_ssm::operation::get_parameter::GetParameterOutput;
use aws_sdk_ssm::operation::get_parameters::GetParametersOutput;
use aws_sdk_ssm::operation::get_parameters_by_path::GetParametersByPathOutput;
use aws_sdk_ssm::types::Parameter;
use aws_smithy_runtime_api::client::interceptors::context::{Error, Output};
use aws_smithy_runtime_api::client::orchestrator::OrchestratorError;
use aws_smithy_runtime_api::client::retries::classifiers::RetryClassifierPriority;
use aws_smithy_types::retry::ErrorKind;
use stage_config_names::SECRETS;
use tokio::time::Instant;

use crate::ssm::endpoint::{self, Endpoint};
use crate::ssm::failure::Failure;

/// The longest pause before the first retry. It doubles each time, and pauses are jittered.
const FIRST_BACKOFF: Duration = Duration::from_millis(100);
const LONGEST_BACKOFF: Duration = Duration::from_secs(2);
/// The pauses get no shorter than this: attempts in the last moment are of no use.
const LAST_MOMENT: Duration = Duration::from_millis(10);

/// The attempts of one call. Remembers where they went and how the last one failed, because an
/// operation that runs out of time reports only that.
#[derive(Debug, Clone)]
pub(super) struct Attempts(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    deadline: Instant,
    by_our_client: bool,
    memory: Mutex<Memory>,
}

#[derive(Debug, Default)]
struct Memory {
    ended: u32,
    url: Option<String>,
    verdict: RetryAction,
    failure: Option<Failure>,
}

impl Attempts {
    pub(super) fn until(deadline: Instant, by_our_client: bool) -> Self {
        Self(Arc::new(Inner { deadline, by_our_client, memory: Mutex::default() }))
    }

    /// Why the call failed.
    pub(super) fn failure<E>(&self, error: &SdkError<E, HttpResponse>) -> Failure
    where
        E: std::error::Error + 'static,
    {
        let failure = self.memory().failure.take();
        failure.unwrap_or_else(|| match error {
            SdkError::TimeoutError(_) => Failure::timed_out(self.endpoint()),
            _ => Failure::from_setup(error),
        })
    }

    /// Whether another attempt follows, and when.
    fn judge(
        &self,
        result: Result<&Output, &OrchestratorError<Error>>,
        response: Option<&HttpResponse>,
    ) -> RetryAction {
        let failure = match result {
            Ok(output) if is_incomplete(output) => Some(Failure::incomplete()),
            Ok(_) => return RetryAction::NoActionIndicated,
            Err(error) => {
                let status = response.map(|response| response.status().as_u16());
                Failure::from_attempt(error, status, self.endpoint())
            }
        };
        // No answer in time says nothing; the failure of the attempt before may.
        let kind = failure.as_ref().map_or(Some(ErrorKind::TransientError), Failure::kind);
        let ended = {
            let mut memory = self.memory();
            memory.ended += 1;
            memory.failure = failure.clone().or(memory.failure.take());
            memory.ended
        };
        let Some(kind) = kind else { return RetryAction::RetryForbidden };
        let left = self.0.deadline.saturating_duration_since(Instant::now());
        if !left.is_zero() {
            let reason = failure.unwrap_or_else(|| Failure::timed_out(self.endpoint()));
            log(ended, &reason);
        }
        let pause = pause(ended, requested(response), left);
        RetryAction::retryable_error_with_explicit_delay(kind, pause)
    }

    fn endpoint(&self) -> Option<Endpoint> {
        let url = self.memory().url.clone()?;
        Some(Endpoint::new(&url, self.0.by_our_client))
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.0.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The SDK may ask more than once for an attempt.
impl ClassifyRetry for Attempts {
    fn classify_retry(&self, _: &InterceptorContext) -> RetryAction {
        self.memory().verdict.clone()
    }

    fn name(&self) -> &'static str {
        "stage-config"
    }

    /// After all of the SDK's own, so that this verdict counts.
    fn priority(&self) -> RetryClassifierPriority {
        RetryClassifierPriority::run_after(RetryClassifierPriority::transient_error_classifier())
    }
}

/// Logs that another attempt follows: the first time as a warning.
fn log(attempt: u32, reason: &Failure) {
    if attempt == 1 {
        tracing::warn!("parameters cannot be read: {reason}; trying again");
    } else {
        tracing::debug!(attempt, "parameters cannot be read: {reason}; trying again");
    }
}

/// The pause that the service requests.
fn requested(response: Option<&HttpResponse>) -> Option<Duration> {
    let header = response?.headers().get("x-amz-retry-after")?;
    header.parse().ok().map(Duration::from_millis)
}

/// The pause after so many attempts: at least our own, and never so long that no time is left for
/// another attempt, unless that would come in the last moment anyway.
fn pause(attempts: u32, requested: Option<Duration>, left: Duration) -> Duration {
    let doubled = 2_u32.saturating_pow(attempts.saturating_sub(1));
    let most = FIRST_BACKOFF.saturating_mul(doubled).min(LONGEST_BACKOFF);
    let own = most.min((left / 2).max(LAST_MOMENT)).mul_f64(fastrand::f64());
    requested.unwrap_or_default().min(left / 2).max(own)
}

impl Intercept for Attempts {
    fn name(&self) -> &'static str {
        "stage-config"
    }

    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let url = context.request().uri();
        self.memory().url = Some(url.to_owned());
        if endpoint::is_possible(url) {
            return Ok(());
        }
        Err(Failure::impossible(&Endpoint::new(url, self.0.by_our_client)).into())
    }

    fn read_after_attempt(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(result) = context.output_or_error() {
            let verdict = self.judge(result, context.response());
            self.memory().verdict = verdict;
        }
        Ok(())
    }
}

/// Whether a reply has the form of the service, but not what the call requested.
fn is_incomplete(output: &Output) -> bool {
    if let Some(reply) = output.downcast_ref::<GetParameterOutput>() {
        return reply.parameter.as_ref().is_none_or(has_no_value);
    }
    if let Some(reply) = output.downcast_ref::<GetParametersOutput>() {
        return reply.parameters.is_none() && reply.invalid_parameters.is_none();
    }
    output
        .downcast_ref::<GetParametersByPathOutput>()
        .is_some_and(|reply| reply.parameters.is_none())
}

/// A binary secret has no value, which is not transient.
fn has_no_value(parameter: &Parameter) -> bool {
    parameter.value.is_none() && !parameter.name().is_some_and(|name| name.starts_with(SECRETS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_is_ours_at_least_and_leaves_time_for_another_attempt() {
        let [short, long, left] = [1, 3_000, 8_000].map(Duration::from_millis);
        for attempts in 1..40 {
            let own = pause(attempts, None, left);
            assert!(
                own <= FIRST_BACKOFF.saturating_mul(1 << attempts.min(10)),
                "{attempts}: {own:?}"
            );
            assert!(own <= LONGEST_BACKOFF, "{attempts}: {own:?}");
            assert!(pause(attempts, Some(Duration::ZERO), left) <= LONGEST_BACKOFF);
            assert_eq!(pause(attempts, Some(long), left), long);
            assert_eq!(pause(attempts, Some(Duration::MAX), left), left / 2);
            assert!(pause(attempts, None, FIRST_BACKOFF) <= FIRST_BACKOFF / 2);
            assert!(pause(attempts, Some(long), short) <= LAST_MOMENT);
        }
        // Jittered, and increasing.
        let most = |attempts| (0..1_000).map(|_| pause(attempts, None, left)).max().unwrap();
        assert!(most(1) < most(3) && most(3) < most(6), "{:?}", [1, 3, 6].map(most));
        assert!(most(1) > FIRST_BACKOFF / 2);
        assert!((0..1_000).any(|_| pause(6, None, short) > short));
        assert!((0..1_000).any(|_| pause(6, Some(Duration::ZERO), left) > FIRST_BACKOFF));
    }
}
