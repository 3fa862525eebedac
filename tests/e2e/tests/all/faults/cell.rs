//! One fault, one configuration, one load.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use stage_config::{ColdStart, LoadError, ProblemKind, StageConfig};
use stage_config_behaviour::{TestClock, logged};
use stage_config_local::LocalStore;
use tokio::task::yield_now;
use tokio::time::sleep;

use super::cases::{Case, Expected};
use super::shapes::{self, SALT, Shape, Size, many_names, one_name, path, ten_names};
use crate::default_source;
use crate::stores::remote;

/// The limits of a load. It gets a longer one if it had too little time, on a busy machine.
const LIMITS: [Duration; 3] =
    [Duration::from_millis(400), Duration::from_millis(800), Duration::from_secs(4)];
/// What a load may be late.
const GRACE: Duration = Duration::from_millis(400);
const MAX_AGE: Duration = Duration::from_mins(5);
const STALE: Duration = Duration::from_hours(1);
/// Longer than any pause between two refreshes.
const PAUSE: Duration = Duration::from_secs(61);

/// The load that meets the fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Load {
    First,
    /// With an old value in service.
    Refresh,
    /// Without one, although there was a value.
    BareRefresh,
}

impl Load {
    pub(crate) const ALL: [Self; 3] = [Self::First, Self::Refresh, Self::BareRefresh];
}

/// How a load ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Ended {
    /// With the values of now.
    Loaded,
    /// With the values of before, and a warning.
    Stale,
    Failed(BTreeSet<String>),
    /// It had no time, not even without the fault.
    Starved,
}

impl Ended {
    /// How a load should end.
    pub(crate) fn expected(expected: Expected, load: Load) -> Self {
        let failed = |kind: ProblemKind| Self::Failed([format!("{kind:?}")].into());
        match (expected, load) {
            (Expected::Fine, _) => Self::Loaded,
            (Expected::Passing, Load::Refresh) => Self::Stale,
            (Expected::Passing, _) => failed(ProblemKind::Unavailable),
            (Expected::Lasting(kind), _) => failed(kind),
        }
    }
}

/// How a cell ended, what its error says, and what was logged.
pub(crate) struct Tried {
    pub(crate) ended: Ended,
    pub(crate) said: Option<String>,
    lines: Vec<String>,
}

impl Tried {
    fn new(ended: Ended, said: Option<String>) -> Self {
        Self { ended, said, lines: Vec::new() }
    }

    fn is_warned(&self, why: &str) -> bool {
        let warning = format!("WARN the refresh {why}, so the old value");
        self.lines.iter().any(|line| line.starts_with(&warning))
    }
}

/// Tries a cell. What a load never does is an error at once; one that ends in another way than
/// expected may have had too little time.
pub(crate) fn try_cell(case: &Case, size: Size, load: Load) -> Result<Tried, String> {
    let expected = Ended::expected(case.expected(size), load);
    let mut ended = None;
    for limit in LIMITS {
        let tried = try_once(case, size, load, limit)?;
        // Nobody waits longer than a second if there is an old value. A failure that lasts takes
        // less.
        let is_slow = tried.ended == Ended::Stale
            && tried.is_warned("is slow")
            && !matches!(expected, Ended::Failed(_));
        if tried.ended == expected || is_slow {
            return Ok(tried);
        }
        ended = Some(tried);
    }
    let (ended, said) = ended.map(|it| (it.ended, it.said)).unzip();
    let said = said.flatten().unwrap_or_default();
    Err(format!("expected {expected:?}, not {ended:?} {said}"))
}

fn try_once(case: &Case, size: Size, load: Load, limit: Duration) -> Result<Tried, String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut tried = Err("it panics".to_owned());
    let lines = logged(|| {
        let trial = AssertUnwindSafe(|| {
            runtime.block_on(async {
                match size {
                    Size::OneName => run::<one_name::Config>(case, size, load, limit).await,
                    Size::TenNames => run::<ten_names::Config>(case, size, load, limit).await,
                    Size::ManyNames => run::<many_names::Config>(case, size, load, limit).await,
                    Size::Path => run::<path::Config>(case, size, load, limit).await,
                }
            })
        });
        if let Ok(ended) = catch_unwind(trial) {
            tried = ended;
        }
    });
    let tried = tried.map_err(|why| format!("{why}; logged: {lines:#?}"))?;
    let tried = Tried { lines, ..tried };
    if let Some(leak) = tried.lines.iter().chain(&tried.said).find(|it| it.contains(SALT)) {
        return Err(format!("it shows a value: {leak}"));
    }
    if tried.ended == Ended::Stale && !tried.is_warned("failed") && !tried.is_warned("is slow") {
        return Err(format!("an old value without a warning; logged: {:#?}", tried.lines));
    }
    Ok(tried)
}

async fn run<T: Shape>(
    case: &Case,
    size: Size,
    load: Load,
    limit: Duration,
) -> Result<Tried, String> {
    Trial::<T>::new(size, limit).run(case, load).await
}

/// A configuration that is shared, and the store that it reads.
struct Trial<T: StageConfig> {
    size: Size,
    limit: Duration,
    store: LocalStore,
    clock: &'static TestClock,
    cold_start: ColdStart<T>,
}

impl<T: Shape> Trial<T> {
    fn new(size: Size, limit: Duration) -> Self {
        let store = LocalStore::start([]).unwrap();
        shapes::put(&store, size, 1);
        let source = default_source(&remote(&store));
        let clock: &TestClock = Box::leak(Box::default());
        let cold_start = ColdStart::new()
            .max_age(MAX_AGE)
            .loader_with(move || T::loader().stage("prod").source(source.clone()).timeout(limit))
            .__clock(clock);
        Self { size, limit, store, clock, cold_start }
    }

    async fn run(mut self, case: &Case, load: Load) -> Result<Tried, String> {
        let (before, now) = if load == Load::First { (0, 1) } else { (1, 2) };
        if load == Load::Refresh {
            self.cold_start = self.cold_start.serve_stale(STALE);
        }
        if load != Load::First {
            if let Some(why) = self.works(1).await? {
                return Ok(Tried::new(Ended::Starved, Some(why)));
            }
            shapes::put(&self.store, self.size, 2);
            self.clock.advance(MAX_AGE);
        }
        (case.script)(&self.store);
        let tried = match self.get().await? {
            Ok(version) if version == now => Tried::new(Ended::Loaded, None),
            Ok(version) if version == before && load == Load::Refresh => {
                Tried::new(Ended::Stale, None)
            }
            Ok(version) => return Err(format!("it gives version {version}, which is too old")),
            Err(error) => self.failed(&error)?,
        };
        self.store.clear_script();
        self.store.clear_policies();
        // The next load, on the connections that the fault has left.
        self.clock.advance(MAX_AGE);
        let works = self.works(now).await.map_err(|why| format!("afterwards, {why}"))?;
        Ok(works.map_or(tried, |why| Tried::new(Ended::Starved, Some(why))))
    }

    /// The version that it gives, in time.
    async fn get(&self) -> Result<Result<u32, LoadError>, String> {
        let got = tokio::select! {
            biased;
            got = self.cold_start.get() => got,
            () = late(self.limit + GRACE) => return Err("it is late".to_owned()),
        };
        let version = |config: Arc<T>| {
            shapes::version(&*config, self.size)
                .ok_or_else(|| format!("it gives wrong values: {:?}", config.values()))
        };
        match got {
            Ok(config) => Ok(Ok(version(config)?)),
            Err(error) => Ok(Err(error)),
        }
    }

    /// Gives this version when nothing goes wrong; else says why not. A busy machine may need more
    /// than one load, and a load that met the fault may not have ended.
    async fn works(&self, expected: u32) -> Result<Option<String>, String> {
        let mut last = None;
        for _ in 0..5 {
            match self.get().await? {
                Ok(version) if version == expected => return Ok(None),
                Ok(version) => {
                    // It begins after the load in flight.
                    let refreshed = self.cold_start.refresh().await;
                    let said = refreshed.err().map(|error| error.to_string());
                    last = said.or(Some(format!("it gives version {version}")));
                }
                Err(error) if error.is_transient() => last = Some(error.to_string()),
                Err(error) => return Err(format!("it fails: {error}")),
            }
            self.clock.advance(PAUSE);
        }
        Ok(last)
    }

    /// The error is one that a reader can use.
    fn failed(&self, error: &LoadError) -> Result<Tried, String> {
        let problems = error.problems();
        let folder = if self.size == Size::Path { "/flags/prod" } else { "/orders/prod/" };
        let is_named = |it: Option<&str>| it.is_some_and(|it| it.starts_with(folder));
        if problems.is_empty() || !problems.iter().all(|it| is_named(it.parameter())) {
            return Err(format!("the error names not only its parameters: {error}"));
        }
        let kinds = problems.iter().map(|it| format!("{:?}", it.kind())).collect();
        Ok(Tried::new(Ended::Failed(kinds), Some(error.to_string())))
    }
}

/// Ends when this time has passed and everything else that is ready in this runtime has had its turn,
/// so that a machine that is busy makes nothing late.
async fn late(time: Duration) {
    sleep(time).await;
    for _ in 0..1_000 {
        yield_now().await;
    }
}
