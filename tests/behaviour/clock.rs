//! A clock that stands still until a test moves it.

use std::sync::Mutex;
use std::time::Duration;

use stage_config::__private::{Clock, Moment};

/// Both clocks, moved apart or together.
#[derive(Debug)]
pub struct TestClock(Mutex<Moment>);

impl TestClock {
    /// Late enough to be set back.
    pub const fn new() -> Self {
        let start = Duration::from_hours(1000);
        Self(Mutex::new(Moment { monotonic: start, wall: start }))
    }

    /// Moves both clocks on.
    pub fn advance(&self, by: Duration) {
        self.advance_monotonic(by);
        self.advance_wall(by);
    }

    /// Moves the monotonic clock on.
    pub fn advance_monotonic(&self, by: Duration) {
        self.with(|now| now.monotonic += by);
    }

    /// Moves the wall clock on, as a freeze does.
    pub fn advance_wall(&self, by: Duration) {
        self.with(|now| now.wall += by);
    }

    /// Sets the wall clock back.
    pub fn set_back_wall(&self, by: Duration) {
        self.with(|now| now.wall -= by);
    }

    fn with<T>(&self, change: impl FnOnce(&mut Moment) -> T) -> T {
        change(&mut self.0.lock().expect("no test panics in here"))
    }
}

impl Default for TestClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for TestClock {
    fn now(&self) -> Moment {
        self.with(|now| *now)
    }
}
