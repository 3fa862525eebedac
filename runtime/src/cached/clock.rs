//! Measures the age of a value in a sandbox that may have been frozen meanwhile.

use std::fmt::Debug;
use std::time::{Duration, Instant, SystemTime};

/// A point in time on both clocks.
///
/// While a sandbox is frozen the monotonic clock may stand still, and after a thaw the wall clock
/// may not have been set yet. So an age is the larger of the two.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    /// On the clock that never goes back.
    pub monotonic: Instant,
    /// On the wall clock.
    pub wall: SystemTime,
}

impl Moment {
    pub(crate) fn age_at(self, now: Self) -> Duration {
        let monotonic = now.monotonic.saturating_duration_since(self.monotonic);
        // A wall clock that was set back gives no age.
        let wall = now.wall.duration_since(self.wall).unwrap_or_default();
        monotonic.max(wall)
    }
}

/// Tells the time. Tests replace it by a clock that they can move.
pub trait Clock: Debug + Sync {
    /// Now.
    fn now(&self) -> Moment;
}

/// The clocks of the system.
#[derive(Debug)]
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Moment {
        Moment { monotonic: Instant::now(), wall: SystemTime::now() }
    }
}
