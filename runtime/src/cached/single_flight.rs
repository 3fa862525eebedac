//! Runs one load at a time: a leader carries it out, and waiters share its outcome.
//!
//! A load ends when its leader completes it, when its leader is dropped, or when it is overdue
//! because its runtime no longer drives it. Then the next caller leads another one.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock, PoisonError};
use std::time::Duration;

use arc_swap::ArcSwapOption;
use tokio::sync::futures::Notified;
use tokio::sync::{Notify, SetOnce};

use super::entry::Entry;
use super::platform::{Instant, Mutex, MutexGuard, after, before};

/// A load is given this long past its own timeout before it counts as overdue.
const GRACE: Duration = Duration::from_millis(500);
/// A load is overdue after this long until its leader knows the timeout.
const LIMIT_AT_FIRST: Duration = Duration::from_secs(10);

pub(crate) type Outcome<T, E> = Result<Arc<T>, E>;

/// The cached value, and the loads that replace it.
pub(crate) struct SingleFlight<T, E> {
    /// Replaced only under the lock of `state`, by the load in flight or by `set`.
    current: ArcSwapOption<Entry<T>>,
    /// No code of the user runs under this lock, not even `Drop`.
    state: Mutex<State<T, E>>,
    /// Wakes those who wait for another value.
    replaced: Notify,
}

struct State<T, E> {
    in_flight: Option<Arc<Load<T, E>>>,
    /// The load for callers for whom the one in flight began too early.
    next: Option<Arc<Load<T, E>>>,
}

/// One load, as its waiters see it.
pub(crate) struct Load<T, E> {
    began: OnceLock<Instant>,
    limit: OnceLock<Instant>,
    /// `None` if the load ended without an outcome.
    outcome: SetOnce<Option<Outcome<T, E>>>,
    is_slow: AtomicBool,
}

/// The part of a caller in a load.
pub(crate) enum Turn<T, E> {
    /// Carries out a load.
    Lead(Leader<T, E>),
    /// Waits for this load.
    Wait(Arc<Load<T, E>>),
    /// Waits until this load has ended, then asks again.
    Queue(Arc<Load<T, E>>),
}

impl<T, E> SingleFlight<T, E> {
    pub(crate) fn new() -> Self {
        let state = State { in_flight: None, next: None };
        Self {
            current: ArcSwapOption::const_empty(),
            state: Mutex::new(state),
            replaced: Notify::new(),
        }
    }

    /// Waits until the value is replaced.
    pub(crate) fn replaced(&self) -> Notified<'_> {
        self.replaced.notified()
    }

    /// Returns the cached value.
    pub(crate) fn current(&self) -> Option<Arc<Entry<T>>> {
        self.current.load_full()
    }

    /// Looks at the cached value without taking a reference.
    pub(crate) fn peek<R>(&self, look: impl FnOnce(&Entry<T>) -> R) -> Option<R> {
        self.current.load().as_deref().map(look)
    }

    /// Joins the load in flight or leads a new one. Returns `None` if `seen` is no longer the cached
    /// value.
    pub(crate) fn join(self: &Arc<Self>, seen: Option<&Arc<Entry<T>>>) -> Option<Turn<T, E>> {
        let state = self.state();
        // Under the lock nobody replaces the value, so this is never its last reference.
        let is_current = match (self.current.load().as_ref(), seen) {
            (Some(current), Some(seen)) => Arc::ptr_eq(current, seen),
            (None, None) => true,
            _ => false,
        };
        is_current.then(|| self.join_or_lead(state))
    }

    /// Joins or leads a load that begins after the first call. `mine` is `None` in the first call, and
    /// is passed on to the next.
    pub(crate) fn join_next(self: &Arc<Self>, mine: &mut Option<Arc<Load<T, E>>>) -> Turn<T, E> {
        let mut state = self.state();
        if let Some(load) = mine.take_if(|load| !load.is_queued()) {
            return Turn::Wait(load);
        }
        match state.in_flight.as_ref().filter(|load| !load.is_overdue()).cloned() {
            Some(in_flight) => {
                *mine = Some(Arc::clone(state.next.get_or_insert_default()));
                Turn::Queue(in_flight)
            }
            None => self.join_or_lead(state),
        }
    }

    /// Waits until no load is in flight.
    #[cfg(feature = "lambda")]
    pub(crate) async fn rest(&self)
    where
        E: Clone,
    {
        let in_flight = || self.state().in_flight.clone();
        while let Some(load) = in_flight().filter(|load| !load.is_overdue()) {
            load.outcome().await;
        }
    }

    fn join_or_lead(self: &Arc<Self>, mut state: MutexGuard<'_, State<T, E>>) -> Turn<T, E> {
        if let Some(load) = state.in_flight.as_ref().filter(|load| !load.is_overdue()) {
            return Turn::Wait(Arc::clone(load));
        }
        let load = state.next.take().unwrap_or_default();
        load.began.get_or_init(Instant::now);
        let overdue = state.in_flight.replace(Arc::clone(&load));
        drop(state);
        if let Some(overdue) = overdue {
            overdue.end(None);
        }
        Turn::Lead(Leader { flight: Arc::clone(self), load })
    }

    /// Replaces the value. It is also the outcome of the load in flight and of the next one.
    pub(crate) fn set(&self, entry: Entry<T>) {
        let value = Arc::clone(&entry.value);
        let mut state = self.state();
        let overruled = [state.in_flight.take(), state.next.take()];
        let replaced = self.replace(entry);
        drop(state);
        self.replaced.notify_waiters();
        for load in overruled.iter().flatten() {
            load.end(Some(Ok(Arc::clone(&value))));
        }
        drop(replaced);
    }

    /// Replaces the value and returns the old one. The caller holds the lock of `state`.
    fn replace(&self, mut entry: Entry<T>) -> Option<Arc<Entry<T>>> {
        entry.follow(self.current.load().as_deref());
        self.current.swap(Some(Arc::new(entry)))
    }

    fn state(&self) -> MutexGuard<'_, State<T, E>> {
        // The state is valid at each step.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T, E> Load<T, E> {
    /// When the load began. Only callers who joined it after that ask.
    pub(crate) fn began(&self) -> Instant {
        *self.began.get_or_init(Instant::now)
    }

    /// Waits for the outcome. Returns `None` if the load ends without one or is overdue.
    pub(crate) async fn outcome(&self) -> Option<Outcome<T, E>>
    where
        E: Clone,
    {
        loop {
            if let Some(outcome) = before(self.limit(), self.outcome.wait()).await {
                return outcome.clone();
            }
            // The leader may have set the timeout meanwhile.
            if self.is_overdue() {
                return None;
            }
        }
    }

    /// Returns whether the load is found slow for the first time.
    pub(crate) fn is_found_slow(&self) -> bool {
        !self.is_slow.swap(true, Ordering::Relaxed)
    }

    fn is_queued(&self) -> bool {
        self.began.get().is_none() && !self.outcome.initialized()
    }

    fn limit(&self) -> Instant {
        self.limit.get().copied().unwrap_or_else(|| self.began() + LIMIT_AT_FIRST)
    }

    fn is_overdue(&self) -> bool {
        Instant::now() >= self.limit()
    }

    /// The first end counts.
    fn end(&self, outcome: Option<Outcome<T, E>>) {
        let _ = self.outcome.set(outcome);
    }
}

impl<T, E> Default for Load<T, E> {
    fn default() -> Self {
        Self {
            began: OnceLock::new(),
            limit: OnceLock::new(),
            outcome: SetOnce::new(),
            is_slow: AtomicBool::new(false),
        }
    }
}

/// Leader guard: its owner carries out a load. Dropping it ends the load without an outcome, so that a
/// waiter can lead.
pub(crate) struct Leader<T, E> {
    pub(crate) flight: Arc<SingleFlight<T, E>>,
    pub(crate) load: Arc<Load<T, E>>,
}

impl<T, E> Leader<T, E> {
    /// Sets how long the load may take.
    pub(crate) fn set_timeout(&self, timeout: Duration) {
        self.load.limit.get_or_init(|| after(timeout.saturating_add(GRACE)));
    }

    /// Ends the load and replaces the cached value by `entry`. If the load is no longer in flight, both
    /// are dropped, and it returns `false`.
    pub(crate) fn complete(self, outcome: Outcome<T, E>, entry: Option<Entry<T>>) -> bool {
        self.end(Some(outcome), entry)
    }

    fn end(&self, outcome: Option<Outcome<T, E>>, entry: Option<Entry<T>>) -> bool {
        let mut state = self.flight.state();
        let completed = state.in_flight.take_if(|load| Arc::ptr_eq(load, &self.load));
        let (replaced, unused) = match (&completed, entry) {
            (Some(_), Some(entry)) => (self.flight.replace(entry), None),
            (_, unused) => (None, unused),
        };
        drop(state);
        if completed.is_some() {
            self.flight.replaced.notify_waiters();
            self.load.end(outcome);
        }
        drop((replaced, unused));
        completed.is_some()
    }
}

impl<T, E> Drop for Leader<T, E> {
    fn drop(&mut self) {
        self.end(None, None);
    }
}
