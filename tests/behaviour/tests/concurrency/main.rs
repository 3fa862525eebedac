//! `ColdStart` under thousands of calls, from several threads and runtimes, while callers are dropped
//! and loads fail, panic and take too long.
//!
//! Everything that a scenario does is chosen by its seed; only the scheduling of threads is not. An
//! ordinary run has a few scenarios. `SEEDS=0..200` runs two million calls, and `SEEDS=17` repeats one
//! scenario.

mod calls;
mod config;
mod threads;
mod time;
mod world;

use std::env;
use std::ops::Range;
use std::panic::resume_unwind;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use self::world::Counts;

/// Nobody waits this long, not even on a machine that does much else.
const FOREVER: Duration = Duration::from_mins(1);

#[test]
fn calls_from_several_threads_and_runtimes() {
    run(threads::scenario);
}

#[test]
fn calls_in_virtual_time() {
    run(time::scenario);
}

/// Runs this scenario with each seed.
fn run(scenario: fn(u64) -> Counts) {
    let seeds = seeds();
    let mut total = Counts::default();
    for seed in seeds.clone() {
        let (done, when_done) = mpsc::channel();
        let running = thread::spawn(move || done.send(scenario(seed)));
        match when_done.recv_timeout(FOREVER) {
            Ok(counts) => total.add(&counts),
            Err(mpsc::RecvTimeoutError::Timeout) => panic!("SEEDS={seed}: somebody waits forever"),
            Err(mpsc::RecvTimeoutError::Disconnected) => {
                resume_unwind(running.join().expect_err("it has not sent its counts"))
            }
        }
    }
    println!("seeds {seeds:?}: {total:?}");
    assert!(!seeds.is_empty(), "`SEEDS` has no seed");
    // One scenario need not have all of them.
    if seeds.end - seeds.start > 1 {
        total.assert_complete();
    }
}

fn seeds() -> Range<u64> {
    let Ok(seeds) = env::var("SEEDS") else { return 0..30 };
    if let Some((from, to)) = seeds.split_once("..") {
        return from.parse().unwrap()..to.parse().unwrap();
    }
    let seed = seeds.parse().unwrap();
    seed..seed + 1
}
