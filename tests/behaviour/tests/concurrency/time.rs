//! One runtime whose time passes while nothing else happens: how long callers wait, to the
//! millisecond, however many others there are.

use std::time::Duration;

use fastrand::Rng;
use stage_config::__private::{Clock, Moment};
use tokio::runtime::Builder;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

use crate::calls::Caller;
use crate::world::{Counts, Pace, Rules, World};

const CALLS: usize = 6_000;
const SECOND: Duration = Duration::from_secs(1);
/// Timers are as fine as this.
const TICK: Duration = Duration::from_millis(1);

/// The time of the runtime.
#[derive(Debug)]
struct RuntimeClock(Instant);

impl Clock for RuntimeClock {
    fn now(&self) -> Moment {
        let now = self.0.elapsed();
        Moment { monotonic: now, wall: now }
    }
}

pub(crate) fn scenario(seed: u64) -> Counts {
    let runtime = Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    runtime.block_on(async {
        let mut rng = Rng::with_seed(seed);
        let clock = Box::leak(Box::new(RuntimeClock(Instant::now())));
        let age = Duration::from_millis(rng.u64(1..20_000));
        let stale = [Duration::ZERO, SECOND * 10, Duration::MAX];
        let rules = Rules {
            seed,
            failures: [0, 10, 50][rng.usize(..3)],
            sets: rng.u8(..4) == 0,
            pace: Pace::Seconds(rng.u64(2..=8)),
            max_age: rng.bool().then_some(age),
            serve_stale: stale[rng.usize(..3)],
            keep_last_good: rng.u8(..4) == 0,
        };
        let caller = Caller::new(World::new(rules, clock));
        let mut actors = JoinSet::new();
        let patient = rng.usize(1..=3);
        let impatient = [0, 10, 100][rng.usize(..3)];
        for _ in 0..patient {
            actors.spawn(patient_actor(caller, rng.fork(), CALLS / (patient + impatient)));
        }
        for _ in 0..impatient {
            actors.spawn(impatient_actor(caller, rng.fork(), CALLS / (patient + impatient)));
        }
        actors.join_all().await;
        caller.world.end(caller.config).await
    })
}

/// Waits as long as it takes, which is one load for a `get` and two for a `refresh`.
async fn patient_actor(caller: Caller, mut rng: Rng, calls: usize) {
    let load = caller.world.rules.pace.timeout();
    for _ in 0..calls {
        rest(caller, &mut rng).await;
        match rng.u8(..8) {
            0 if rng.bool() => caller.peek(),
            0 => caller.changed().await,
            1 if caller.world.rules.sets => caller.set(),
            2..4 => in_time(caller, load * 2, caller.refresh()).await,
            _ => in_time(caller, patience(caller).min(load), caller.get()).await,
        }
    }
}

/// How long a `get` may take: if there is an old value that may be served for good, a second.
fn patience(caller: Caller) -> Duration {
    let serves_stale = caller.world.rules.serve_stale == Duration::MAX;
    if serves_stale && caller.config.peek().is_some() { SECOND } else { Duration::MAX }
}

/// Has a little time only, or is dropped, and calls again at once.
async fn impatient_actor(caller: Caller, mut rng: Rng, calls: usize) {
    for _ in 0..calls {
        let limit = Duration::from_millis(rng.u64(..300));
        match rng.u8(..8) {
            0..4 => in_time(caller, limit, caller.get_within(limit)).await,
            4..6 => drop(tokio::time::timeout(limit, caller.get()).await),
            6 => drop(tokio::time::timeout(limit, caller.refresh()).await),
            _ => rest(caller, &mut rng).await,
        }
    }
}

async fn rest(caller: Caller, rng: &mut Rng) {
    if rng.u8(..4) == 0 {
        caller.world.put();
    }
    sleep(Duration::from_millis(rng.u64(..3_000))).await;
}

/// Checks that the call takes no longer than this.
async fn in_time(caller: Caller, limit: Duration, call: impl Future<Output = ()>) {
    let start = Instant::now();
    call.await;
    let took = start.elapsed();
    if took > limit + TICK {
        caller.world.fault(format!("a call took {took:?}, and not {limit:?} at most"));
    }
}
