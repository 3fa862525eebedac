//! The future of a caller: ready at once if the value is.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use crate::config::StageConfig;
use crate::error::LoadError;
use crate::source::BoxFuture;

use super::cold_start::ColdStart;

/// Returns the value or waits for the outcome of a load.
///
/// It is not an `async fn`, because the compiler makes a function of the whole state machine of one,
/// which costs a warm call as much as reading the value. This one is inlined into the caller.
pub(super) struct Get<'a, T> {
    cold_start: &'a ColdStart<T>,
    limit: Duration,
    /// Boxed, because the future of a warm call would otherwise be as large.
    waiting: Option<BoxFuture<'a, Result<Arc<T>, LoadError>>>,
}

impl<'a, T: StageConfig + Send + Sync + 'static> Get<'a, T> {
    pub(super) fn new(cold_start: &'a ColdStart<T>, limit: Duration) -> Self {
        Self { cold_start, limit, waiting: None }
    }

    #[cold]
    fn wait(&mut self, context: &mut Context<'_>) -> Poll<Result<Arc<T>, LoadError>> {
        let Self { cold_start, limit, waiting } = self;
        let waiting = waiting.get_or_insert_with(|| Box::pin(cold_start.wait(*limit)));
        waiting.as_mut().poll(context)
    }
}

impl<T: StageConfig + Send + Sync + 'static> Future for Get<'_, T> {
    type Output = Result<Arc<T>, LoadError>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match self.waiting {
            None if let Some(value) = self.cold_start.ready() => Poll::Ready(Ok(value)),
            _ => self.wait(context),
        }
    }
}
