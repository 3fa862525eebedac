//! The system, as the cache uses it. The model checker of `tests/model` replaces this file.

use tracing::instrument::WithSubscriber;

pub(crate) use std::sync::{Mutex, MutexGuard};
pub(crate) use tokio::task::yield_now;
pub(crate) use tokio::time::Instant;

pub(crate) use crate::config::load::before;
pub(crate) use crate::source::{BoxFuture, after};

/// Spawns a task on the runtime of the caller. It is of one type, so that users do not compile
/// tokio's tasks for each configuration.
pub(crate) fn spawn(task: BoxFuture<'static, ()>) {
    // Outside the caller's span, which would else stay open until the load has ended.
    tokio::spawn(task.with_current_subscriber());
}
