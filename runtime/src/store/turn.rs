//! The order of the calls of a load, once the service throttles it.
//!
//! A load is of no use before all of its calls have a reply. If many functions start at once, calls
//! that go on side by side use up the requests with which another load could have ended. So after
//! the first throttled request, one call of the load at a time is tried until it has its reply. A load
//! that has a reply goes on with shorter pauses than one that has none, so that fewer replies are of no
//! use in the end.

use std::future::pending;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use tokio::sync::{self, OnceCell, OwnedMutexGuard};
use tokio::time::Instant;

use super::failure::Failure;

/// The calls of one load.
#[derive(Debug, Default)]
pub(crate) struct Queue {
    throttled: OnceLock<Failure>,
    /// Whether a call had a reply.
    has_reply: AtomicBool,
    first: Arc<sync::Mutex<()>>,
    /// The number of requests.
    sent: AtomicUsize,
}

impl Queue {
    /// How many requests were sent, retries included.
    pub(super) fn sent(&self) -> usize {
        self.sent.load(Ordering::Relaxed)
    }
}

/// The turn of one call, until it is dropped.
#[derive(Debug)]
pub(crate) struct Turn {
    queue: Arc<Queue>,
    taken: OnceCell<OwnedMutexGuard<()>>,
    deadline: Instant,
    /// Whether an attempt had its turn.
    came: AtomicBool,
    /// When the request of this attempt was sent.
    sent: Mutex<Option<Instant>>,
}

impl Turn {
    pub(super) fn new(queue: Arc<Queue>, deadline: Instant) -> Self {
        Self {
            queue,
            taken: OnceCell::new(),
            deadline,
            came: AtomicBool::new(false),
            sent: Mutex::new(None),
        }
    }

    /// The service has throttled a request of this call.
    pub(super) fn throttled(&self, failure: &Failure) {
        self.queue.throttled.get_or_init(|| failure.clone());
    }

    /// This call had a reply.
    pub(super) fn replied(&self) {
        self.queue.has_reply.store(true, Ordering::Relaxed);
    }

    /// Whether a call of this load had a reply.
    pub(super) fn has_reply(&self) -> bool {
        self.queue.has_reply.load(Ordering::Relaxed)
    }

    /// Why no attempt had its turn yet, if none had.
    pub(super) fn waits_because(&self) -> Option<&Failure> {
        self.queue.throttled.get().filter(|_| !self.came.load(Ordering::Relaxed))
    }

    /// Whether an attempt had its turn.
    #[cfg(feature = "lean")]
    pub(crate) fn came(&self) -> bool {
        self.came.load(Ordering::Relaxed)
    }

    /// How long the request of the attempt that ends now took, if it was sent.
    pub(super) fn took(&self) -> Option<Duration> {
        self.sent_at().take().map(|at| at.elapsed())
    }

    fn sent_at(&self) -> MutexGuard<'_, Option<Instant>> {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until the calls before this one have their replies.
    pub(crate) async fn wait(&self) {
        if self.queue.throttled.get().is_some() {
            self.taken.get_or_init(|| Arc::clone(&self.queue.first).lock_owned()).await;
            // The call before this one gave up, at the same deadline.
            if self.deadline <= Instant::now() {
                pending::<()>().await;
            }
        }
        self.came.store(true, Ordering::Relaxed);
    }

    /// The request of an attempt is sent now.
    pub(crate) fn sends(&self) {
        *self.sent_at() = Some(Instant::now());
        self.queue.sent.fetch_add(1, Ordering::Relaxed);
    }
}
