//! What the cache takes from the system. The model checker of `tests/model` brings its own.

use std::pin::Pin;

use tokio::runtime::Handle;
use tracing::instrument::WithSubscriber;

pub(crate) use std::sync::{Mutex, MutexGuard};
pub(crate) use tokio::time::Instant;

pub(crate) use crate::load::before;
pub(crate) use crate::source::after;

/// Spawns a task on the runtime of the caller. Returns the task if there is no runtime.
pub(crate) fn spawn<F>(task: Pin<Box<F>>) -> Result<(), Pin<Box<F>>>
where
    F: Future<Output = ()> + Send + 'static,
{
    match Handle::try_current() {
        // Not in the caller's span, which would then stay open until the load has ended.
        Ok(runtime) => {
            runtime.spawn(task.with_current_subscriber());
            Ok(())
        }
        Err(_) => Err(task),
    }
}
