//! One load at a time: a leader begins it, and all who want its outcome wait for it.
//!
//! A load belongs to none of them. It ends when its leader lands it, when its leader is dropped, or
//! when it is overdue because nothing drives it any more; then the next who asks leads.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock, PoisonError};
use std::time::Duration;

use arc_swap::ArcSwapOption;
use tokio::sync::SetOnce;

use super::entry::Entry;
use super::platform::{Instant, Mutex, MutexGuard, after, before};

/// A load is given this long past its own timeout before it counts as overdue.
const GRACE: Duration = Duration::from_millis(500);
/// A load is overdue after this long until its leader knows the timeout.
const LIMIT_AT_FIRST: Duration = Duration::from_secs(10);

pub(crate) type Outcome<T, E> = Result<Arc<T>, E>;

/// A value, and the loads that replace it.
pub(crate) struct Flight<T, E> {
    /// Replaced only under the lock of `state`, by the load in flight or by `set`.
    current: ArcSwapOption<Entry<T>>,
    /// No code of the user's runs under this lock, not even `Drop`.
    state: Mutex<State<T, E>>,
}

struct State<T, E> {
    in_flight: Option<Arc<Load<T, E>>>,
    /// Wanted by those for whom the load in flight began too early.
    next: Option<Arc<Load<T, E>>>,
}

/// One load, as its waiters see it.
pub(crate) struct Load<T, E> {
    began: OnceLock<Instant>,
    limit: OnceLock<Instant>,
    /// `None` if it ended without an outcome.
    outcome: SetOnce<Option<Outcome<T, E>>>,
    is_slow: AtomicBool,
}

/// What a caller has to do.
pub(crate) enum Turn<T, E> {
    /// Carry out a load.
    Lead(Leader<T, E>),
    /// Wait for this load.
    Wait(Arc<Load<T, E>>),
    /// Wait until this load has ended, then ask again.
    Queue(Arc<Load<T, E>>),
}

impl<T, E> Flight<T, E> {
    pub(crate) fn new() -> Self {
        let state = State { in_flight: None, next: None };
        Self { current: ArcSwapOption::const_empty(), state: Mutex::new(state) }
    }

    /// The value in service.
    pub(crate) fn current(&self) -> Option<Arc<Entry<T>>> {
        self.current.load_full()
    }

    /// The same without a reference of its own, for a quick look.
    pub(crate) fn peek<R>(&self, look: impl FnOnce(&Entry<T>) -> R) -> Option<R> {
        self.current.load().as_deref().map(look)
    }

    /// Joins the load in flight, or leads a new one. Returns `None` if `seen` is no longer the value
    /// in service.
    pub(crate) fn join(self: &Arc<Self>, seen: Option<&Arc<Entry<T>>>) -> Option<Turn<T, E>> {
        let state = self.state();
        // The value cannot be replaced now, so this does not hold the last reference to it.
        let is_current = match (self.current.load().as_ref(), seen) {
            (Some(current), Some(seen)) => Arc::ptr_eq(current, seen),
            (None, None) => true,
            _ => false,
        };
        is_current.then(|| self.turn(state))
    }

    /// A load that begins after the first call with this `mine`, which is `None` then.
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
            None => self.turn(state),
        }
    }

    fn turn(self: &Arc<Self>, mut state: MutexGuard<'_, State<T, E>>) -> Turn<T, E> {
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

    /// Puts a value there, which is also the outcome of the loads that are on their way.
    pub(crate) fn set(&self, entry: Entry<T>) {
        let value = Arc::clone(&entry.value);
        let entry = Some(Arc::new(entry));
        let mut state = self.state();
        let overruled = [state.in_flight.take(), state.next.take()];
        let replaced = self.current.swap(entry);
        drop(state);
        for load in overruled.iter().flatten() {
            load.end(Some(Ok(Arc::clone(&value))));
        }
        drop(replaced);
    }

    fn state(&self) -> MutexGuard<'_, State<T, E>> {
        // The state is valid at each step.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T, E> Load<T, E> {
    /// When it began. Only those ask who joined it after that.
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
            // The leader may have told the timeout meanwhile.
            if self.is_overdue() {
                return None;
            }
        }
    }

    /// Whether this is the first time that somebody finds it slow.
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

/// The one who carries out a load. If it is dropped, the load ends without an outcome.
pub(crate) struct Leader<T, E> {
    pub(crate) flight: Arc<Flight<T, E>>,
    pub(crate) load: Arc<Load<T, E>>,
}

impl<T, E> Leader<T, E> {
    /// Says how long the load may take.
    pub(crate) fn set_timeout(&self, timeout: Duration) {
        self.load.limit.get_or_init(|| after(timeout.saturating_add(GRACE)));
    }

    /// Ends the load, and puts `entry` into service. Both are dropped if the load is not in flight
    /// any more; returns whether it was.
    pub(crate) fn land(self, outcome: Outcome<T, E>, entry: Option<Entry<T>>) -> bool {
        self.end(Some(outcome), entry)
    }

    fn end(&self, outcome: Option<Outcome<T, E>>, entry: Option<Entry<T>>) -> bool {
        let entry = entry.map(Arc::new);
        let mut state = self.flight.state();
        let landed = state.in_flight.take_if(|load| Arc::ptr_eq(load, &self.load));
        let replaced = match (&landed, entry) {
            (Some(_), Some(entry)) => self.flight.current.swap(Some(entry)),
            (_, unused) => unused,
        };
        drop(state);
        if landed.is_some() {
            self.load.end(outcome);
        }
        drop(replaced);
        landed.is_some()
    }
}

impl<T, E> Drop for Leader<T, E> {
    fn drop(&mut self) {
        self.end(None, None);
    }
}
