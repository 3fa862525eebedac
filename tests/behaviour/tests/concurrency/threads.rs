//! Several threads, each with runtimes of its own, that rest between the calls of the thread and end
//! with loads in flight.

use std::thread;
use std::time::Duration;

use fastrand::Rng;
use stage_config_behaviour::TestClock;
use tokio::runtime::{Builder, Runtime};
use tokio::task::yield_now;

use crate::calls::{Call, Caller, poll_once};
use crate::world::{Counts, Pace, Rules, World};

const CALLS: usize = 6_000;

pub(crate) fn scenario(seed: u64) -> Counts {
    let mut rng = Rng::with_seed(seed);
    let clock: &TestClock = Box::leak(Box::new(TestClock::new()));
    let age = Duration::from_millis(rng.u64(1..2_000));
    let rules = Rules {
        seed,
        failures: [0, 10, 50][rng.usize(..3)],
        sets: rng.bool(),
        pace: Pace::Yields(rng.u32(1..40)),
        max_age: rng.bool().then_some(age),
        serve_stale: age * rng.u32(..3),
        keep_last_good: rng.u8(..4) == 0,
    };
    let caller = Caller::new(World::new(rules, clock));
    let threads = rng.usize(2..=4);
    thread::scope(|scope| {
        for _ in 0..threads {
            let mut rng = rng.fork();
            scope.spawn(move || thread(caller, clock, &mut rng, CALLS / threads));
        }
    });
    current_thread().block_on(caller.world.end(caller.config))
}

/// Makes so many calls, in one runtime after another, or in one that rests in between.
fn thread(caller: Caller, clock: &'static TestClock, rng: &mut Rng, calls: usize) {
    let (is_multi, ends) = (rng.bool(), rng.bool());
    let new = || if is_multi { multi_thread() } else { current_thread() };
    let mut runtime = new();
    let parts = rng.usize(1..20);
    for _ in 0..parts {
        if is_multi {
            for _ in 0..2 {
                runtime.spawn(actor(caller, clock, rng.fork(), calls / parts / 3));
            }
            runtime.block_on(actor(caller, clock, rng.fork(), calls / parts / 3));
        } else {
            runtime.block_on(actor(caller, clock, rng.fork(), calls / parts));
        }
        if ends {
            let ended = std::mem::replace(&mut runtime, new());
            if rng.bool() { ended.shutdown_background() } else { drop(ended) }
        }
    }
}

fn current_thread() -> Runtime {
    Builder::new_current_thread().enable_time().build().unwrap()
}

fn multi_thread() -> Runtime {
    Builder::new_multi_thread().worker_threads(2).enable_time().build().unwrap()
}

/// Makes calls, and does with them what programs do.
async fn actor(caller: Caller, clock: &TestClock, mut rng: Rng, calls: usize) {
    // Begun, and not polled for a while.
    let mut held: Vec<Call> = Vec::new();
    for _ in 0..calls {
        match rng.u8(..64) {
            0..6 => clock.advance(Duration::from_millis(rng.u64(..1_500))),
            6..10 => caller.world.put(),
            _ => {}
        }
        let mut call = caller.any(&mut rng);
        match rng.u8(..16) {
            0..8 => call.await,
            8 => drop(poll_once(&mut call)),
            9..11 => {
                let task = tokio::spawn(call);
                for _ in 0..rng.u8(..8) {
                    yield_now().await;
                }
                task.abort();
            }
            11..14 => drop(tokio::spawn(call)),
            _ => {
                if poll_once(&mut call).is_pending() {
                    held.push(call);
                }
            }
        }
        if held.len() > 3 {
            let call = held.swap_remove(rng.usize(..held.len()));
            if rng.bool() {
                call.await;
            }
        }
    }
}
