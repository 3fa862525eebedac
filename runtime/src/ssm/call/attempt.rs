//! Lets the SDK retry as the attempts of a call say, and not as it would itself.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use aws_sdk_ssm::config::http::HttpResponse;
use aws_sdk_ssm::config::interceptors::{
    BeforeSerializationInterceptorContextRef, BeforeTransmitInterceptorContextRef,
    FinalizerInterceptorContextRef, InterceptorContext,
};
use aws_sdk_ssm::config::retry::{ClassifyRetry, RetryAction};
use aws_sdk_ssm::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_ssm::error::{BoxError, SdkError};
use aws_sdk_ssm::operation::get_parameter::GetParameterOutput;
use aws_sdk_ssm::operation::get_parameters::GetParametersOutput;
use aws_sdk_ssm::operation::get_parameters_by_path::GetParametersByPathOutput;
use aws_smithy_runtime_api::client::interceptors::context::{Error, Output};
use aws_smithy_runtime_api::client::orchestrator::OrchestratorError;
use aws_smithy_runtime_api::client::retries::classifiers::RetryClassifierPriority;
use aws_smithy_types::retry::ErrorKind;
use aws_types::endpoint_config::EndpointUrl;

use crate::ssm::failure;
use crate::store::calls::{Attempts, RETRY_AFTER};
use crate::store::endpoint::{self, Endpoint};
use crate::store::failure::Failure;
use crate::store::reply::is_complete;

/// The attempts of one call, as an extension of the SDK.
#[derive(Debug, Clone)]
pub(super) struct Judge(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    by_our_client: bool,
    memory: Mutex<Memory>,
}

#[derive(Debug)]
struct Memory {
    attempts: Attempts,
    url: Option<String>,
    verdict: RetryAction,
}

impl Judge {
    pub(super) fn new(attempts: Attempts, by_our_client: bool) -> Self {
        let memory = Memory { attempts, url: None, verdict: RetryAction::NoActionIndicated };
        Self(Arc::new(Inner { by_our_client, memory: Mutex::new(memory) }))
    }

    /// Why the call failed.
    pub(super) fn failure<E>(&self, error: &SdkError<E, HttpResponse>) -> Failure
    where
        E: std::error::Error + 'static,
    {
        let failure = self.memory().attempts.take_failure();
        failure.unwrap_or_else(|| match error {
            SdkError::TimeoutError(_) => Failure::timed_out(self.endpoint().as_ref()),
            _ => failure::from_setup(error),
        })
    }

    /// Whether another attempt follows, and when.
    fn judge(
        &self,
        result: Result<&Output, &OrchestratorError<Error>>,
        response: Option<&HttpResponse>,
    ) -> RetryAction {
        let failure = match result {
            Ok(output) if is_incomplete(output) => Failure::incomplete(),
            Ok(_) => {
                self.memory().attempts.succeeded();
                return RetryAction::NoActionIndicated;
            }
            Err(error) => {
                let status = response.map(|response| response.status().as_u16());
                failure::from_attempt(error, status, self.endpoint().as_ref())
            }
        };
        let pause = self.memory().attempts.failed(failure, requested(response));
        pause.map_or(RetryAction::RetryForbidden, |pause| {
            // The pause is given, so the kind does not matter.
            RetryAction::retryable_error_with_explicit_delay(ErrorKind::TransientError, pause)
        })
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
impl ClassifyRetry for Judge {
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

/// The pause that the service requests.
fn requested(response: Option<&HttpResponse>) -> Option<Duration> {
    let header = response?.headers().get(RETRY_AFTER)?;
    header.parse().ok().map(Duration::from_millis)
}

impl Intercept for Judge {
    fn name(&self) -> &'static str {
        "stage-config"
    }

    /// Before the SDK looks at the URL that the user has set, which it does in other words.
    fn read_before_serialization(
        &self,
        _: &BeforeSerializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        match config.load::<EndpointUrl>() {
            Some(EndpointUrl(url)) if !endpoint::is_possible(url) => {
                Err(Failure::impossible(&Endpoint::new(url, self.0.by_our_client)).into())
            }
            _ => Ok(()),
        }
    }

    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.memory().url = Some(context.request().uri().to_owned());
        Ok(())
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
        return !reply.parameter().is_some_and(|it| is_complete(it.value.is_some(), it.name()));
    }
    if let Some(reply) = output.downcast_ref::<GetParametersOutput>() {
        return reply.parameters.is_none() && reply.invalid_parameters.is_none();
    }
    output
        .downcast_ref::<GetParametersByPathOutput>()
        .is_some_and(|reply| reply.parameters.is_none())
}
