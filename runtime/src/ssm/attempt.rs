//! What becomes of each attempt of a call: whether another one follows, and what is remembered of
//! it. One judgement serves both, so that what is retried is what is said to pass.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aws_sdk_ssm::config::http::HttpResponse;
use aws_sdk_ssm::config::interceptors::{
    BeforeTransmitInterceptorContextRef, FinalizerInterceptorContextRef, InterceptorContext,
};
use aws_sdk_ssm::config::retry::{ClassifyRetry, RetryAction};
use aws_sdk_ssm::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_ssm::error::{BoxError, ProvideErrorMetadata, SdkError};

use super::failure::Failure;

/// Judges which attempts are worth another one.
#[derive(Debug)]
pub(super) struct RetryWhatPasses;

impl ClassifyRetry for RetryWhatPasses {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        let Some(Err(error)) = context.output_or_error() else {
            return RetryAction::NoActionIndicated;
        };
        let status = context.response().map(HttpResponse::status);
        match Failure::of_attempt(error, status, "") {
            Some(Failure::Throttled(_)) => RetryAction::throttling_error(),
            Some(Failure::Unavailable(_)) => RetryAction::transient_error(),
            Some(_) => RetryAction::RetryForbidden,
            // Timeouts are the SDK's to judge.
            None => RetryAction::NoActionIndicated,
        }
    }

    fn name(&self) -> &'static str {
        "RetryWhatPasses"
    }
}

/// Remembers where a call went and how its last attempt failed: an operation that runs out of time
/// says only that.
#[derive(Debug, Clone, Default)]
pub(super) struct LastAttempt(Arc<Mutex<Memory>>);

#[derive(Debug, Default)]
struct Memory {
    endpoint: Option<String>,
    failure: Option<Failure>,
}

impl LastAttempt {
    /// Why the call failed.
    pub(super) fn why<E>(&self, error: &SdkError<E, HttpResponse>) -> Failure
    where
        E: ProvideErrorMetadata + std::error::Error + 'static,
    {
        let Memory { endpoint, failure } = std::mem::take(&mut *self.memory());
        Failure::of_call(error, endpoint.as_deref(), failure)
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Intercept for LastAttempt {
    fn name(&self) -> &'static str {
        "LastAttempt"
    }

    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.memory().endpoint = Some(context.request().uri().trim_end_matches('/').to_owned());
        Ok(())
    }

    fn read_after_attempt(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(Err(error)) = context.output_or_error() {
            let status = context.response().map(HttpResponse::status);
            let mut memory = self.memory();
            let endpoint = memory.endpoint.as_deref().unwrap_or_default();
            let failure = Failure::of_attempt(error, status, endpoint);
            // An attempt that the deadline cut off says nothing; the one before it may.
            if failure.is_some() {
                memory.failure = failure;
            }
        }
        Ok(())
    }
}
