//! The world of one execution: its time, what a source would answer, and what callers have seen.

use std::cell::RefCell;
use std::collections::HashMap;
use std::task::Waker;
use std::time::Duration;

use shuttle::current::TaskId;
use shuttle::future::JoinHandle;

use super::clock::{Clock, Moment};
use super::platform::Runtime;

thread_local! {
    /// The checker runs all tasks of an execution on one thread.
    static WORLD: RefCell<World> = RefCell::default();
}

/// A look at the world, or a change of it, during which no other task runs.
pub(crate) fn world<R>(change: impl FnOnce(&mut World) -> R) -> R {
    WORLD.with_borrow_mut(change)
}

#[derive(Default)]
pub(crate) struct World {
    pub(crate) now: Duration,
    pub(crate) sleepers: Vec<Waker>,
    pub(crate) runtimes: HashMap<usize, Runtime>,
    pub(crate) runtime_of: HashMap<TaskId, usize>,
    pub(crate) tasks: Vec<JoinHandle<()>>,
    /// What a source answers. It only grows.
    pub(crate) version: u64,
    /// The newest version that a caller was given.
    pub(crate) newest_seen: u64,
    pub(crate) loads_begun: u64,
    pub(crate) loads_running: u64,
    /// Counts what happens, so that it can be told what came first.
    events: u64,
    /// When each load's error was given to a caller for the first time.
    pub(crate) errors_given: HashMap<u64, u64>,
}

impl World {
    /// The number of what happens now.
    pub(crate) fn event(&mut self) -> u64 {
        self.events += 1;
        self.events
    }
}

/// Moves the time on.
pub(crate) fn advance(time: Duration) {
    let woken = world(|world| {
        world.now += time;
        std::mem::take(&mut world.sleepers)
    });
    woken.into_iter().for_each(Waker::wake);
}

/// Both clocks show the time of the world.
#[derive(Debug)]
pub(crate) struct WorldClock;

impl Clock for WorldClock {
    fn now(&self) -> Moment {
        let now = world(|world| world.now);
        Moment { monotonic: now, wall: now }
    }
}

/// A clock that moves on whenever somebody looks, so that a value is always due and never new.
#[derive(Debug)]
pub(crate) struct RestlessClock;

impl Clock for RestlessClock {
    fn now(&self) -> Moment {
        advance(Duration::from_millis(0));
        let looks = world(World::event);
        let mut moment = WorldClock.now();
        moment.monotonic += Duration::from_secs(10 * looks);
        moment
    }
}
