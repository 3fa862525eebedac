//! One load at a time, however many want one.
//!
//! Nobody is ever handed the right to load: whoever looks first while nobody loads takes it. So a
//! future that waits but is not polled any more keeps nobody from loading, and neither does one
//! that is dropped.

use std::pin::pin;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

/// The loads of one value, numbered in the order in which they begin.
pub(crate) struct Flight<V> {
    state: Mutex<State<V>>,
    /// Told whenever somebody stops loading, whatever came of it.
    landed: Notify,
}

struct State<V> {
    /// The number of the last load that was begun.
    begun: u64,
    is_loading: bool,
    /// The newest load that ended, and what came of it.
    last: Option<(u64, V)>,
}

/// What one who wants a load comes to.
pub(crate) enum Boarding<'a, V> {
    /// Somebody else's load ended.
    Landed(V),
    /// It is for oneself to load.
    Pilot(Pilot<'a, V>),
}

impl<V: Clone> Flight<V> {
    pub(crate) const fn new() -> Self {
        let state = State { begun: 0, is_loading: false, last: None };
        Self { state: Mutex::new(state), landed: Notify::const_new() }
    }

    fn state(&self) -> MutexGuard<'_, State<V>> {
        // What it guards is valid at each step.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The number of the newest load that ended.
    pub(crate) fn ended(&self) -> u64 {
        self.state().last.as_ref().map_or(0, |(number, _)| *number)
    }

    /// The number of the newest load that was begun.
    pub(crate) fn begun(&self) -> u64 {
        self.state().begun
    }

    /// Waits for a load with a higher number than `after` to end, for `already` to say that none is
    /// wanted any more, or for nobody to be loading.
    pub(crate) async fn board(
        &self,
        after: u64,
        already: impl Fn() -> Option<V>,
    ) -> Boarding<'_, V> {
        let mut waited = false;
        loop {
            let mut landed = pin!(self.landed.notified());
            // From here on no landing is missed.
            landed.as_mut().enable();
            if let Some(value) = already() {
                return Boarding::Landed(value);
            }
            {
                let mut state = self.state();
                if let Some((_, value)) = state.last.as_ref().filter(|(ended, _)| *ended > after) {
                    return Boarding::Landed(value.clone());
                }
                if !state.is_loading {
                    state.is_loading = true;
                    state.begun += 1;
                    return Boarding::Pilot(Pilot { flight: self, number: state.begun, waited });
                }
            }
            landed.await;
            waited = true;
        }
    }

    /// Ends all loads that were begun, with a value from elsewhere.
    pub(crate) fn overrule(&self, value: V, publish: impl FnOnce()) {
        let mut state = self.state();
        state.begun += 1;
        state.last = Some((state.begun, value));
        publish();
        drop(state);
        self.landed.notify_waiters();
    }
}

/// The one who loads. Dropped before it has landed, it leaves the load to the next.
pub(crate) struct Pilot<'a, V> {
    flight: &'a Flight<V>,
    number: u64,
    /// Whether time went by until it was for this one to load.
    pub(crate) waited: bool,
}

impl<V: Clone> Pilot<'_, V> {
    /// Hands on what came of the load, and publishes it; or gives back what is newer.
    pub(crate) fn land(self, value: V, publish: impl FnOnce()) -> V {
        let mut state = self.flight.state();
        if let Some((_, newer)) = state.last.as_ref().filter(|(ended, _)| *ended > self.number) {
            return newer.clone();
        }
        state.last = Some((self.number, value.clone()));
        publish();
        value
    }
}

impl<V> Drop for Pilot<'_, V> {
    fn drop(&mut self) {
        self.flight.state.lock().unwrap_or_else(PoisonError::into_inner).is_loading = false;
        self.flight.landed.notify_waiters();
    }
}
