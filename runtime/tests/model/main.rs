//! The cache under every scheduler's whim: `shuttle` runs the files of `src/cached` with callers
//! that are dropped at any point, loads that fail and panic, and runtimes that rest or end.
//!
//! In a short form they run with all other tests, in the same order each time. For long, and in
//! another order each time: `SHUTTLE_ITERATIONS=1000000 cargo test -p stage-config --test model`.

// Files of the library are modules here too, and not all of each is used.
#![allow(dead_code, unreachable_pub)]

#[path = "../../src/cached/cache.rs"]
mod cache;
#[path = "../../src/cached/clock.rs"]
mod clock;
#[path = "../../src/cached/entry.rs"]
mod entry;
#[path = "../../src/cached/history.rs"]
mod history;
mod platform;
#[path = "../../src/cached/single_flight.rs"]
mod single_flight;
mod world;

use std::panic::resume_unwind;
use std::sync::Arc;
use std::time::Duration;

use shuttle::current::me;
use shuttle::future::{JoinHandle, block_on, spawn, yield_now};
use shuttle::rand::{Rng, thread_rng};

use self::cache::{CacheError, Unstarted};
use self::clock::Clock;
use self::entry::{Entry, Policy};
use self::history::History;
use self::platform::{Drive, all_tasks, drive};
use self::world::{RestlessClock, World, WorldClock, advance, world};

type SingleFlight = single_flight::SingleFlight<u64, Error>;
type Outcome = single_flight::Outcome<u64, Error>;

const SECOND: Duration = Duration::from_secs(1);
const TIMEOUT: Duration = Duration::from_secs(8);

/// The error of a load.
#[derive(Debug, Clone)]
struct Error {
    /// Which load; none if the load panicked and so could not say.
    load: Option<u64>,
    is_transient: bool,
}

impl CacheError for Error {
    fn is_transient(&self) -> bool {
        self.is_transient
    }

    fn timed_out(_: &Policy, _: Duration) -> Self {
        Self { load: None, is_transient: true }
    }

    fn panicked(_: &Policy) -> Self {
        Self { load: None, is_transient: false }
    }

    fn log_failed(&self, _: &Policy, _: Duration, _: Duration) {}

    fn log_slow(_: &Policy, _: Duration) {}
}

fn policy(max_age: Option<Duration>, clock: &'static dyn Clock) -> Policy {
    Policy { config: "Config", max_age, serve_stale: Duration::ZERO, keep_last_good: false, clock }
}

/// Counts a load as running until it is dropped.
struct Running(u64);

impl Running {
    fn new() -> Self {
        world(|world| {
            world.loads_begun += 1;
            world.loads_running += 1;
            Self(world.loads_begun)
        })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        world(|world| world.loads_running -= 1);
    }
}

async fn dawdle() {
    for _ in 0..thread_rng().gen_range(0..3) {
        yield_now().await;
    }
}

/// A load that reads the version at some point. It does not always succeed.
fn load() -> Unstarted<u64, Error> {
    let load = async {
        let running = Running::new();
        dawdle().await;
        let version = world(|world| world.version);
        dawdle().await;
        match thread_rng().gen_range(0..8) {
            0 | 1 => Err(Error { load: Some(running.0), is_transient: thread_rng().r#gen() }),
            2 => resume_unwind(Box::new("a panic of the model")),
            _ => Ok((version, vec![version])),
        }
    };
    Unstarted { timeout: TIMEOUT, load: Box::pin(load) }
}

fn sound_load() -> Unstarted<u64, Error> {
    let load = async {
        let _running = Running::new();
        dawdle().await;
        let version = world(|world| world.version);
        Ok((version, vec![version]))
    };
    Unstarted { timeout: TIMEOUT, load: Box::pin(load) }
}

/// Notes what a caller was given, who began at the event `start` and may not get less than `floor`.
fn check(outcome: Outcome, start: u64, floor: u64) {
    match outcome {
        Ok(version) => {
            assert!(*version >= floor, "an older value after a newer one");
            world(|world| world.newest_seen = world.newest_seen.max(*version));
        }
        Err(Error { load: Some(load), .. }) => {
            let first_given = world(|world| {
                let now = world.event();
                *world.errors_given.entry(load).or_insert(now)
            });
            assert!(first_given > start, "an error was kept");
        }
        Err(_) => {}
    }
}

async fn get(flight: Arc<SingleFlight>, policy: Policy) {
    let (start, floor) = world(|world| (world.event(), world.newest_seen));
    check(cache::get(&flight, policy, Duration::MAX, load).await, start, floor);
}

async fn refresh(flight: Arc<SingleFlight>, policy: Policy) {
    let (start, floor) = world(|world| (world.event(), world.version.max(world.newest_seen)));
    check(cache::refresh(&flight, policy, SECOND, load).await, start, floor);
}

/// A caller who is dropped at some point, or gets an answer before.
async fn drop_at_some_point(caller: JoinHandle<()>) {
    dawdle().await;
    dawdle().await;
    caller.abort();
    let _ = caller.await;
}

/// Checks the model under two schedulers: one that is random, and one that looks for rare orders.
fn explore(model: impl Fn() + Clone + Send + Sync + 'static) {
    let model = move || {
        world(|world| *world = World::default());
        model();
    };
    match std::env::var("SHUTTLE_ITERATIONS") {
        Ok(iterations) => {
            let iterations = iterations.parse().unwrap();
            shuttle::check_random(model.clone(), iterations);
            shuttle::check_pct(model, iterations, 3);
        }
        Err(_) => shuttle::check_random_with_seed(model, 1, 3_000),
    }
}

/// One load at a time; no older value after a newer one, and none that is older than a refresh; no
/// error is kept. Nobody waits for ever: the checker reports a deadlock.
#[test]
fn callers_come_and_go_and_loads_fail() {
    explore(|| {
        let flight = Arc::new(SingleFlight::new());
        let mut tasks = callers(&flight);
        tasks.push(spawn(async {
            for _ in 0..10 {
                dawdle().await;
                world(|world| world.version += 1);
                assert!(world(|world| world.loads_running) <= 1, "two loads at once");
            }
        }));
        block_on(all_and_loads(tasks));
    });
}

/// The same while values are set, which overrule the load in flight.
#[test]
fn values_are_set_meanwhile() {
    explore(|| {
        let flight = Arc::new(SingleFlight::new());
        let mut tasks = callers(&flight);
        tasks.push(spawn(async move {
            for _ in 0..3 {
                dawdle().await;
                let version = world(|world| {
                    world.version += 1;
                    world.version
                });
                flight.set(Entry::set(
                    Arc::new(version),
                    History::of_set(1),
                    &policy(Some(SECOND), &RestlessClock),
                ));
            }
        }));
        block_on(all_and_loads(tasks));
    });
}

/// Callers who stay and callers who are dropped.
fn callers(flight: &Arc<SingleFlight>) -> Vec<JoinHandle<()>> {
    let mut policy = policy(Some(SECOND), &RestlessClock);
    policy.keep_last_good = thread_rng().r#gen();
    if thread_rng().r#gen() {
        policy.serve_stale = SECOND * 1_000;
    }
    let get = || spawn(get(Arc::clone(flight), policy));
    let refresh = || spawn(refresh(Arc::clone(flight), policy));
    let hurried = |caller| spawn(drop_at_some_point(caller));
    vec![
        get(),
        refresh(),
        hurried(get()),
        hurried(refresh()),
        get(),
        refresh(),
        hurried(get()),
        hurried(refresh()),
    ]
}

/// Waits for these.
async fn all(tasks: impl IntoIterator<Item = JoinHandle<()>>) {
    for task in tasks {
        task.await.unwrap();
    }
}

/// Waits for these, and then for the loads.
async fn all_and_loads(tasks: impl IntoIterator<Item = JoinHandle<()>>) {
    all(tasks).await;
    all_tasks().await;
}

/// However many callers have too little time, a patient one is served by the first load.
#[test]
fn a_patient_caller_is_served_by_one_load() {
    explore(|| {
        let flight = Arc::new(SingleFlight::new());
        let policy = policy(None, &WorldClock);
        let hurried = (0..6).map(|_| {
            let flight = Arc::clone(&flight);
            let hurried =
                async move { drop(cache::get(&flight, policy, Duration::MAX, sound_load).await) };
            spawn(drop_at_some_point(spawn(hurried)))
        });
        let hurried: Vec<_> = hurried.collect();
        block_on(async {
            dawdle().await;
            cache::get(&flight, policy, Duration::MAX, sound_load).await.unwrap();
            all_and_loads(hurried).await;
        });
        assert_eq!(world(|world| world.loads_begun), 1);
    });
}

/// A runtime rests for a while; callers on another are served, and what was resting lands nothing
/// old when it goes on.
#[test]
fn a_runtime_rests() {
    explore(|| {
        let flight = Arc::new(SingleFlight::new());
        let resting = spawn(on_the_other_runtime(Arc::clone(&flight)));
        let rests = spawn(async {
            dawdle().await;
            drive(1, Drive::Rests);
            // Either it goes on meanwhile, or only after the others are served.
            if thread_rng().r#gen() {
                for _ in 0..thread_rng().gen_range(0..60) {
                    yield_now().await;
                }
                drive(1, Drive::Runs);
            }
        });
        let patient = [spawn(patient(Arc::clone(&flight))), spawn(patient(Arc::clone(&flight)))];
        let done = spawn(async {
            all(patient.into_iter().chain([rests])).await;
            drive(1, Drive::Runs);
            all_and_loads([resting]).await;
        });
        block_on(async {
            while !done.is_finished() {
                advance(SECOND / 2);
                yield_now().await;
            }
        });
        let current = flight.current().map_or(0, |entry| *entry.value);
        assert!(current >= world(|world| world.newest_seen), "an old load landed");
    });
}

/// A runtime ends. Callers on another need not even wait until its load is overdue: no time passes.
#[test]
fn a_runtime_ends() {
    explore(|| {
        let flight = Arc::new(SingleFlight::new());
        let ending = spawn(on_the_other_runtime(Arc::clone(&flight)));
        let ends = spawn(async {
            dawdle().await;
            drive(1, Drive::Ended);
        });
        let patient = [spawn(patient(Arc::clone(&flight))), spawn(patient(Arc::clone(&flight)))];
        block_on(all_and_loads(patient.into_iter().chain([ends])));
        ending.abort();
    });
}

async fn on_the_other_runtime(flight: Arc<SingleFlight>) {
    world(|world| world.runtime_of.insert(me(), 1));
    get(flight, policy(Some(SECOND), &WorldClock)).await;
}

async fn patient(flight: Arc<SingleFlight>) {
    for _ in 0..3 {
        get(Arc::clone(&flight), policy(Some(SECOND), &WorldClock)).await;
        world(|world| world.version += 1);
    }
}
