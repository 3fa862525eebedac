//! A cached value with its age: when it is due, and how long it may be served stale.

use std::sync::Arc;
use std::time::Duration;

use super::clock::{Clock, Moment};
use super::history::History;

/// After a failed refresh, the next one waits this long, then twice as long each time.
const FIRST_PAUSE: Duration = Duration::from_secs(5);
const LONGEST_PAUSE: Duration = Duration::from_mins(1);

/// How long a value may be served.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Policy {
    /// The configuration, for log lines.
    pub(crate) config: &'static str,
    pub(crate) max_age: Option<Duration>,
    pub(crate) serve_stale: Duration,
    pub(crate) keep_last_good: bool,
    pub(crate) clock: &'static dyn Clock,
}

/// The cached value.
pub(crate) struct Entry<T> {
    pub(crate) value: Arc<T>,
    /// When its load began: the value may be as old as that.
    began: Moment,
    /// When the first caller refreshes it. Kept, because each `get` compares it with the clock.
    due: Option<Moment>,
    /// Whether it comes from a load and not from [`set`](super::ColdStart::set).
    is_loaded: bool,
    pause: Option<Pause>,
    /// Shared with the same value after a refresh that failed.
    history: Arc<History>,
}

/// A time without refreshes, after one that failed.
#[derive(Clone, Copy)]
struct Pause {
    /// On the monotonic clock alone: a wall clock that ran ahead must not stretch it.
    until: Duration,
    length: Duration,
}

impl<T> Entry<T> {
    pub(crate) fn loaded(value: Arc<T>, history: History, began: Moment, policy: &Policy) -> Self {
        let due = policy.max_age.map(|max_age| began.after(max_age));
        let history = Arc::new(history);
        Self { value, began, due, is_loaded: true, pause: None, history }
    }

    pub(crate) fn set(value: Arc<T>, history: History, policy: &Policy) -> Self {
        Self { is_loaded: false, ..Self::loaded(value, history, policy.clock.now(), policy) }
    }

    pub(crate) fn history(&self) -> &History {
        &self.history
    }

    /// Notes which fields it changes, if it is to replace another value.
    pub(crate) fn follow(&mut self, previous: Option<&Self>) {
        // One that is not counted yet has no other owner.
        if let Some(history) = Arc::get_mut(&mut self.history) {
            history.follow(previous.map(Self::history));
        }
    }

    pub(crate) fn age(&self, now: Moment) -> Duration {
        self.began.age_at(now)
    }

    /// Whether callers get it without a refresh. Without a maximum age, it reads no clock.
    #[inline]
    pub(crate) fn is_ready(&self, policy: &Policy) -> bool {
        self.due.is_none_or(|due| {
            let now = policy.clock.now();
            !due.is_reached(now) || self.is_paused(policy, now)
        })
    }

    /// Whether the next refresh has to wait, because one has failed.
    #[cold]
    fn is_paused(&self, policy: &Policy, now: Moment) -> bool {
        self.pause.is_some_and(|pause| now.monotonic < pause.until)
            && (policy.keep_last_good || self.may_stand_in(policy, now))
    }

    pub(crate) fn is_due(&self, now: Moment) -> bool {
        self.due.is_some_and(|due| due.is_reached(now))
    }

    /// Whether it may be served stale, until a newer value is there.
    pub(crate) fn may_stand_in(&self, policy: &Policy, now: Moment) -> bool {
        let limit = policy.max_age.map(|max_age| max_age.saturating_add(policy.serve_stale));
        !policy.serve_stale.is_zero() && limit.is_some_and(|limit| self.age(now) <= limit)
    }

    /// Whether it may be served after a refresh has failed.
    pub(crate) fn outlives(&self, is_transient: bool, policy: &Policy, now: Moment) -> bool {
        policy.keep_last_good || is_transient && self.may_stand_in(policy, now)
    }

    /// Whether it comes from a load that began less than `time` ago.
    pub(crate) fn was_loaded_within(&self, time: Duration, now: Moment) -> bool {
        self.is_loaded && self.age(now) < time
    }

    /// The same value after a refresh that failed, and the pause until the next one.
    pub(crate) fn postponed(&self, now: Moment) -> (Self, Duration) {
        let length = match self.pause {
            None => FIRST_PAUSE,
            Some(last) => last.length.saturating_mul(2).min(LONGEST_PAUSE),
        };
        let pause = Some(Pause { until: now.monotonic + length, length });
        let (value, history) = (Arc::clone(&self.value), Arc::clone(&self.history));
        (Self { value, pause, history, ..*self }, length)
    }
}
