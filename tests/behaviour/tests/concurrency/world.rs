//! What the loads of a scenario read and how they end, what its callers were given, and what none of
//! them may be given.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::SeqCst};
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use fastrand::Rng;
use stage_config::__private::Clock;
use stage_config::source::{Answer, Answers, Request};
use stage_config::{ColdStart, Loader, Source, StageConfig};
use tokio::task::yield_now;
use tokio::time::sleep;

use crate::config::{Config, FAILURES, Fate, From, Stamp, load_error, panics};

/// What a scenario permits.
pub(crate) struct Rules {
    pub(crate) seed: u64,
    /// How many loads of a hundred fail.
    pub(crate) failures: u8,
    /// Whether callers set values. A load that is overruled may still run when the next one begins.
    pub(crate) sets: bool,
    pub(crate) pace: Pace,
    pub(crate) max_age: Option<Duration>,
    pub(crate) serve_stale: Duration,
    pub(crate) keep_last_good: bool,
}

/// How fast sources are.
#[derive(Clone, Copy)]
pub(crate) enum Pace {
    /// They yield up to so many times.
    Yields(u32),
    /// They take up to so many seconds, and loads no longer either.
    Seconds(u64),
}

impl Pace {
    /// The timeout of each load.
    pub(crate) fn timeout(self) -> Duration {
        match self {
            Self::Yields(_) => Duration::from_mins(5),
            Self::Seconds(seconds) => Duration::from_secs(seconds),
        }
    }
}

/// A world lives as long as the process, as a `ColdStart` in a static does.
pub(crate) struct World {
    pub(crate) rules: Rules,
    pub(crate) clock: &'static dyn Clock,
    /// Of the parameter. It changes only under the lock.
    version: AtomicU64,
    changes: Mutex<()>,
    /// The order of what happens.
    events: AtomicU64,
    newest_seen: AtomicU64,
    running: AtomicUsize,
    /// From now on each load succeeds.
    is_over: AtomicBool,
    loads: Mutex<Vec<Load>>,
    /// When each of the values had been set.
    sets: Mutex<Vec<Option<u64>>>,
    counts: Mutex<Counts>,
    faults: Mutex<Vec<String>>,
}

/// A load, as its source knows it.
struct Load {
    fate: Fate,
    /// The event at which it began, and the time.
    began: Option<(u64, Duration)>,
    /// The event at which its error was first given to a caller.
    given: Option<u64>,
}

/// What is known when a call begins.
#[derive(Clone, Copy)]
pub(crate) struct Before {
    pub(crate) event: u64,
    pub(crate) newest_seen: u64,
    pub(crate) now: Duration,
}

impl World {
    pub(crate) fn new(rules: Rules, clock: &'static dyn Clock) -> &'static Self {
        Box::leak(Box::new(Self {
            rules,
            clock,
            version: AtomicU64::new(1),
            changes: Mutex::default(),
            events: AtomicU64::new(1),
            newest_seen: AtomicU64::new(0),
            running: AtomicUsize::new(0),
            is_over: AtomicBool::new(false),
            loads: Mutex::default(),
            sets: Mutex::default(),
            counts: Mutex::default(),
            faults: Mutex::default(),
        }))
    }

    /// The `ColdStart` of this world.
    pub(crate) fn cold_start(&'static self) -> &'static ColdStart<Config> {
        let Rules { max_age, serve_stale, keep_last_good, .. } = self.rules;
        let mut cold_start = ColdStart::new().loader_with(|| self.loader()).__clock(self.clock);
        if let Some(age) = max_age {
            cold_start = cold_start.max_age(age).serve_stale(serve_stale);
        }
        if keep_last_good {
            cold_start = cold_start.keep_last_good();
        }
        Box::leak(Box::new(cold_start))
    }

    /// Notes what is known before a call.
    pub(crate) fn before(&self) -> Before {
        let newest_seen = self.newest_seen.load(SeqCst);
        Before { event: self.event(), newest_seen, now: self.clock.now().monotonic }
    }

    pub(crate) fn version(&self) -> u64 {
        self.version.load(SeqCst)
    }

    /// Changes the parameter.
    pub(crate) fn put(&self) {
        let _changes = lock(&self.changes);
        self.version.fetch_add(1, SeqCst);
    }

    /// Changes the parameter, and sets what it is now.
    pub(crate) fn set(&self, config: &ColdStart<Config>) {
        let _changes = lock(&self.changes);
        let version = self.version.fetch_add(1, SeqCst) + 1;
        let set = {
            let mut sets = lock(&self.sets);
            sets.push(None);
            sets.len() - 1
        };
        config.set(Config { stamp: Stamp { from: From::Set(set), version } });
        lock(&self.sets)[set] = Some(self.event());
        self.newest_seen.fetch_max(version, SeqCst);
    }

    /// A value was given to a caller.
    pub(crate) fn given(&self, before: Before, stamp: Stamp) {
        self.newest_seen.fetch_max(stamp.version, SeqCst);
        if stamp.version < before.newest_seen {
            self.fault(format!("{stamp:?} after version {} was seen", before.newest_seen));
        }
        if let From::Load(load, _) = stamp.from
            && lock(&self.loads)[load].fate != Fate::Good
        {
            self.fault(format!("{stamp:?} of a load that failed"));
        }
    }

    /// A value was given to a caller of `refresh`.
    pub(crate) fn refreshed(&self, before: Before, stamp: Stamp) {
        let (event, what) = match stamp.from {
            From::Load(load, _) => match lock(&self.loads)[load].began {
                // What began less than a second before the call will do.
                Some((_, at)) if before.now.saturating_sub(at) < Duration::from_secs(1) => return,
                began => (began.map(|(event, _)| event), "began"),
            },
            // Perhaps it is not noted yet that it has been set.
            From::Set(set) => match lock(&self.sets)[set] {
                None => return,
                done => (done, "was set"),
            },
        };
        if event.is_none_or(|event| event < before.event) {
            self.fault(format!("a refresh was given {stamp:?}, which {what} before it"));
        }
    }

    /// The error with this text was given to a caller.
    pub(crate) fn failed(&self, before: Before, text: &str) {
        let number = text.split_once('#').and_then(|(_, rest)| rest.split_once('.'));
        // The others say nothing of what a source or a field has told.
        let Some((load, _)) = number else { return };
        self.count("an error of a known load");
        let load: usize = load.parse().unwrap();
        let now = self.event();
        let given = *lock(&self.loads)[load].given.get_or_insert(now);
        if given < before.event {
            self.fault(format!("the error of load {load} was kept"));
        }
    }

    pub(crate) fn fault(&self, what: String) {
        lock(&self.faults).push(what);
    }

    pub(crate) fn count(&self, what: &str) {
        lock(&self.counts).count(what, 1);
    }

    /// All callers have come and gone: the next is served, by a load that reads what is there now.
    pub(crate) async fn end(&self, config: &ColdStart<Config>) -> Counts {
        self.is_over.store(true, SeqCst);
        // A load that fails may be in flight still.
        let _ = config.get().await;
        if let Err(error) = config.get().await {
            self.fault(format!("after all, a get failed: {error}"));
        }
        let faults = lock(&self.faults);
        assert!(faults.is_empty(), "SEEDS={}: {faults:#?}", self.rules.seed);
        std::mem::take(&mut *lock(&self.counts))
    }

    fn event(&self) -> u64 {
        self.events.fetch_add(1, SeqCst)
    }

    /// The loader of the next load.
    fn loader(&'static self) -> Loader<Config> {
        let mut loads = lock(&self.loads);
        let number = loads.len();
        let mut rng = Rng::with_seed(self.rules.seed << 32 | number as u64);
        let fate = match self.rules.pace {
            _ if self.is_over.load(SeqCst) || rng.u8(..100) >= self.rules.failures => Fate::Good,
            Pace::Seconds(_) => FAILURES[rng.usize(..FAILURES.len())],
            // In the time of the machine, the last one would take too long.
            Pace::Yields(_) => FAILURES[rng.usize(..FAILURES.len() - 1)],
        };
        loads.push(Load { fate, began: None, given: None });
        drop(loads);
        self.count(&format!("{fate:?}"));
        if fate == Fate::LoaderPanics {
            panics();
        }
        let seed = rng.u64(..);
        Config::loader()
            .source(Read { world: self, number, fate, seed })
            .timeout(self.rules.pace.timeout())
    }
}

/// Reads the version at some point of the load.
struct Read {
    world: &'static World,
    number: usize,
    fate: Fate,
    seed: u64,
}

impl Read {
    async fn dawdle(&self, rng: &mut Rng) {
        match self.world.rules.pace {
            Pace::Yields(most) => {
                for _ in 0..rng.u32(..most) {
                    yield_now().await;
                }
            }
            Pace::Seconds(most) => sleep(Duration::from_millis(rng.u64(..most * 500))).await,
        }
    }
}

impl Source for Read {
    async fn fetch(&self, request: &Request) -> Answers {
        let Self { world, number, fate, seed } = *self;
        let mut rng = Rng::with_seed(seed);
        let _running = Running::new(world);
        let began = (world.event(), world.clock.now().monotonic);
        lock(&world.loads)[number].began = Some(began);
        self.dawdle(&mut rng).await;
        let version = world.version();
        self.dawdle(&mut rng).await;
        let answer = match fate {
            Fate::Missing => Answer::Missing,
            Fate::Denied => Answer::denied("ssm:GetParameter", load_error(number)),
            Fate::Transient => Answer::transient(load_error(number)),
            Fate::SourcePanics => panics(),
            Fate::Overtime => std::future::pending().await,
            _ => {
                let fate = FAILURES.iter().position(|it| *it == fate).unwrap_or(FAILURES.len());
                Answer::found(format!("{number} {fate} {version}"))
            }
        };
        request.names().map(|name| (name, answer.clone())).collect()
    }
}

/// A source that is being read, until it is dropped.
struct Running(&'static World);

impl Running {
    fn new(world: &'static World) -> Self {
        if world.running.fetch_add(1, SeqCst) > 0 && !world.rules.sets {
            world.fault("two loads at once".to_owned());
        }
        Self(world)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.running.fetch_sub(1, SeqCst);
    }
}

/// How often each thing happened.
#[derive(Debug, Default)]
pub(crate) struct Counts(BTreeMap<String, u64>);

impl Counts {
    fn count(&mut self, what: &str, times: u64) {
        match self.0.get_mut(what) {
            Some(count) => *count += times,
            None => drop(self.0.insert(what.to_owned(), times)),
        }
    }

    pub(crate) fn add(&mut self, others: &Self) {
        for (what, count) in &others.0 {
            self.count(what, *count);
        }
    }

    /// Whatever can happen in both kinds of scenario has happened.
    pub(crate) fn assert_complete(&self) {
        let calls = ["get", "get_within", "refresh", "changed", "peek", "set"];
        let ends = ["a value", "an error", "an error of a known load", "dropped"];
        let fates = FAILURES[..FAILURES.len() - 1].iter().map(|fate| format!("{fate:?}"));
        for what in calls.into_iter().chain(ends).map(str::to_owned).chain(fates) {
            assert!(self.0.contains_key(&what), "never: {what}");
        }
    }
}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().expect("nothing panics in here")
}
