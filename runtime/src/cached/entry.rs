//! A cached value with its age: when it is due, and how long it may be served stale.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::clock::{Clock, Moment};

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
    /// Whether it comes from a load and not from [`set`](super::ColdStart::set).
    is_loaded: bool,
    pause: Option<Pause>,
}

/// A time without refreshes, after one that failed.
#[derive(Clone, Copy)]
struct Pause {
    /// On the monotonic clock alone: a wall clock that ran ahead must not stretch it.
    until: Instant,
    length: Duration,
}

impl<T> Entry<T> {
    pub(crate) fn loaded(value: Arc<T>, began: Moment) -> Self {
        Self { value, began, is_loaded: true, pause: None }
    }

    pub(crate) fn set(value: Arc<T>, now: Moment) -> Self {
        Self { value, began: now, is_loaded: false, pause: None }
    }

    pub(crate) fn age(&self, now: Moment) -> Duration {
        self.began.age_at(now)
    }

    /// Whether callers get it without a refresh. Without a maximum age, it reads no clock.
    #[inline]
    pub(crate) fn is_ready(&self, policy: &Policy) -> bool {
        policy.max_age.is_none_or(|max_age| self.is_fresh(max_age, policy))
    }

    fn is_fresh(&self, max_age: Duration, policy: &Policy) -> bool {
        let now = policy.clock.now();
        self.age(now) < max_age
            || self.pause.is_some_and(|pause| now.monotonic < pause.until)
                && (policy.keep_last_good || self.may_stand_in(policy, now))
    }

    pub(crate) fn is_due(&self, policy: &Policy, now: Moment) -> bool {
        policy.max_age.is_some_and(|max_age| self.age(now) >= max_age)
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
        (Self { value: Arc::clone(&self.value), pause, ..*self }, length)
    }
}
