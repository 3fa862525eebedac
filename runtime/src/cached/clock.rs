//! Measures the age of a value in a sandbox that may have been frozen meanwhile.

use std::fmt::Debug;
use std::sync::LazyLock;
use std::time::{Duration, Instant, SystemTime};

/// A point in time on both clocks, each with a start of its own.
///
/// While a sandbox is frozen the monotonic clock may stand still, and after a thaw the wall clock
/// may not have been set yet. So an age is the larger of the two.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    /// On the clock that never goes back.
    pub monotonic: Duration,
    /// On the wall clock.
    pub wall: Duration,
}

impl Moment {
    /// This much later on both clocks.
    pub(crate) fn after(self, time: Duration) -> Self {
        let after = |clock: Duration| clock.saturating_add(time);
        Self { monotonic: after(self.monotonic), wall: after(self.wall) }
    }

    /// Whether one of the clocks has reached it.
    pub(crate) fn is_reached(self, now: Self) -> bool {
        now.monotonic >= self.monotonic || now.wall >= self.wall
    }

    pub(crate) fn age_at(self, now: Self) -> Duration {
        let monotonic = now.monotonic.saturating_sub(self.monotonic);
        // A wall clock that was set back gives no age.
        let wall = now.wall.saturating_sub(self.wall);
        monotonic.max(wall)
    }
}

/// Tells the time. Tests replace it by a clock that they can move.
pub trait Clock: Debug + Sync {
    /// Now.
    fn now(&self) -> Moment;
}

/// The clocks of the system.
///
/// On Linux they are the coarse ones, which take a third of the time to read and may be late by one
/// tick of the kernel's timer: 1 to 10 ms.
#[derive(Debug)]
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    #[cfg(target_os = "linux")]
    fn now(&self) -> Moment {
        use nix::time::{ClockId, clock_gettime};

        let read = |clock| clock_gettime(clock).map(Duration::from);
        let monotonic = read(ClockId::CLOCK_MONOTONIC_COARSE);
        match (monotonic, read(ClockId::CLOCK_REALTIME_COARSE)) {
            (Ok(monotonic), Ok(wall)) => Moment { monotonic, wall },
            // What only behaves like Linux may not have them.
            _ => precise(),
        }
    }

    #[cfg(not(target_os = "linux"))]
    fn now(&self) -> Moment {
        precise()
    }
}

fn precise() -> Moment {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let wall = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default();
    Moment { monotonic: START.elapsed(), wall }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clocks_of_the_system_move_on_and_agree_with_each_other() {
        let start = SystemClock.now();
        while SystemClock.now().monotonic == start.monotonic {
            std::thread::yield_now();
        }
        let (now, precise) = (SystemClock.now(), precise());
        assert!(!start.age_at(now).is_zero());
        assert!(now.age_at(start).is_zero(), "an age is never negative");
        assert!(precise.wall >= now.wall, "the coarse clock is late, if anything");
    }
}
