//! A configuration that is loaded by whoever asks first and then shared.

use std::fmt;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use arc_swap::ArcSwapOption;
use tokio::time::Instant;

use crate::clock::{Clock, Moment, SystemClock};
use crate::config::StageConfig;
use crate::error::LoadError;
use crate::flight::{Boarding, Flight, Pilot};
use crate::load::before;
use crate::loader::Loader;
use crate::source::after;

/// A refresh takes at most this long while an old value can stand in.
const REFRESH_LIMIT: Duration = Duration::from_secs(1);
/// After a refresh that failed for a passing reason, the next one waits this long, then twice as
/// long each time.
const FIRST_PAUSE: Duration = Duration::from_secs(5);
const LONGEST_PAUSE: Duration = Duration::from_mins(1);

/// A configuration that is loaded once, by the first who asks, and shared by all invocations.
///
/// ```
/// use stage_config::{ColdStart, SecretString, StageConfig};
///
/// #[derive(StageConfig)]
/// struct Config {
///     #[ssm(dev = "/stripeSecretKey/test", prod = "/stripeSecretKey/live")]
///     stripe_secret_key: SecretString,
/// }
///
/// static CONFIG: ColdStart<Config> = ColdStart::new();
///
/// async fn handler() -> Result<(), stage_config::LoadError> {
///     let config = CONFIG.get().await?;
///     // …
///     Ok(())
/// }
/// ```
///
/// There is one load at a time, however many ask. It runs in the task of one of them; if that task
/// is dropped, another takes over. A load that fails is the error of all who waited for it and is
/// not kept: who asks next tries again. Once there is a value, [`get`](Self::get) takes no lock and
/// allocates nothing, but for a few bytes once a thread.
///
/// Nothing runs between invocations: with [`max_age`](Self::max_age), the value is refreshed by the
/// first who asks after it is due. It works in a static across several runtimes.
pub struct ColdStart<T> {
    loader: fn() -> Loader<T>,
    max_age: Option<Duration>,
    serve_stale: Duration,
    clock: &'static dyn Clock,
    current: ArcSwapOption<Entry<T>>,
    flight: Flight<Outcome<T>>,
    announced: LazyLock<Arc<AtomicBool>>,
}

type Outcome<T> = Result<Arc<T>, LoadError>;

struct Entry<T> {
    value: Arc<T>,
    /// When the load began: what it read may be as old as that.
    loaded: Moment,
    /// The age at which the next refresh is due; `None` for never.
    due: Option<Duration>,
    /// How long to wait after the next refresh that fails.
    pause: Duration,
}

impl<T: StageConfig> ColdStart<T> {
    /// Nothing is loaded yet.
    pub const fn new() -> Self {
        Self {
            loader: T::loader,
            max_age: None,
            serve_stale: Duration::ZERO,
            clock: &SystemClock,
            current: ArcSwapOption::const_empty(),
            flight: Flight::new(),
            announced: LazyLock::new(Arc::default),
        }
    }

    /// Refreshes a value that is this old when it is asked for. Without it, a value stays for the
    /// life of the process.
    ///
    /// The age is the larger of what the monotonic and the wall clock say, since either may stand
    /// still while the sandbox is frozen.
    #[must_use]
    pub const fn max_age(mut self, age: Duration) -> Self {
        self.max_age = Some(age);
        self
    }

    /// Where a refresh fails for a passing reason, serves the old value for this long past
    /// [`max_age`](Self::max_age), with a warning in the log.
    ///
    /// Without `max_age` nothing is refreshed, and this has no effect.
    ///
    /// Such a refresh takes at most 1 s. The next one follows after 5 s, and the pause doubles up
    /// to 60 s. What will not pass, such as a parameter that is denied or missing, is an error all
    /// the same.
    #[must_use]
    pub const fn serve_stale(mut self, time: Duration) -> Self {
        self.serve_stale = time;
        self
    }

    /// Loads by this loader instead of [`StageConfig::loader`].
    ///
    /// ```
    /// use std::time::Duration;
    /// use stage_config::{ColdStart, StageConfig};
    ///
    /// #[derive(StageConfig)]
    /// struct Config {
    ///     #[ssm("/limit")]
    ///     limit: u32,
    /// }
    ///
    /// static CONFIG: ColdStart<Config> =
    ///     ColdStart::new().loader(|| Config::loader().timeout(Duration::from_secs(3)));
    /// ```
    #[must_use]
    pub const fn loader(mut self, loader: fn() -> Loader<T>) -> Self {
        self.loader = loader;
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn __clock(mut self, clock: &'static dyn Clock) -> Self {
        self.clock = clock;
        self
    }

    /// The configuration; loads it where that has not been done yet or is due again.
    ///
    /// It takes no longer than the loader's [`timeout`](Loader::timeout), the wait for somebody
    /// else's load included.
    ///
    /// # Errors
    /// The [`LoadError`] of the load that was waited for. The next `get` tries again.
    ///
    /// # Panics
    /// Outside a tokio runtime with time enabled, where it has to wait.
    pub async fn get(&self) -> Result<Arc<T>, LoadError> {
        self.get_within(Duration::MAX).await
    }

    /// The same for a handler with little time left: takes this long at most.
    ///
    /// # Errors
    /// The [`LoadError`] of the load, or one that says that the time was up.
    ///
    /// # Panics
    /// Outside a tokio runtime with time enabled, where it has to wait.
    pub async fn get_within(&self, limit: Duration) -> Result<Arc<T>, LoadError> {
        if let Some(value) = self.fresh() {
            return Ok(value);
        }
        let loader = (self.loader)();
        let allowed = if self.can_serve_stale() { limit.min(REFRESH_LIMIT) } else { limit };
        let is_cut_short = allowed < loader.time_limit();
        let limit = allowed.min(loader.time_limit());
        let deadline = after(limit);

        let ended = self.flight.ended();
        let boarding = self.flight.board(ended, || self.fresh().map(Ok));
        let outcome = match before(deadline, boarding).await {
            None => Err(LoadError::out_of_time(T::PARAMETERS.config, limit)),
            Some(Boarding::Landed(outcome)) => outcome,
            Some(Boarding::Pilot(pilot)) => {
                let is_cut_short = is_cut_short || pilot.waited;
                self.load(pilot, loader, deadline, is_cut_short).await
            }
        };
        outcome.or_else(|error| self.stale_or(error))
    }

    /// Loads again, whatever the age: after the service that a secret is for refused it, or after a
    /// snapshot of the sandbox was restored. Joins no load that began before the call, but waits
    /// for it, so it may take up to twice the loader's [`timeout`](Loader::timeout).
    ///
    /// # Errors
    /// The [`LoadError`] of the load. The value there was before stays.
    ///
    /// # Panics
    /// Outside a tokio runtime with time enabled, where it has to wait.
    pub async fn refresh(&self) -> Result<Arc<T>, LoadError> {
        let loader = (self.loader)();
        let limit = loader.time_limit();
        let begun = self.flight.begun();
        match before(after(limit), self.flight.board(begun, || None)).await {
            None => Err(LoadError::out_of_time(T::PARAMETERS.config, limit)),
            Some(Boarding::Landed(outcome)) => outcome,
            Some(Boarding::Pilot(pilot)) => self.load(pilot, loader, after(limit), false).await,
        }
    }

    /// The configuration, if it is there; does not load it and does not look at its age.
    pub fn peek(&self) -> Option<Arc<T>> {
        self.current.load().as_ref().map(|entry| Arc::clone(&entry.value))
    }

    /// Puts a configuration there as though it had just been loaded, for tests of handlers. A load
    /// that is on its way does not replace it.
    pub fn set(&self, value: T) {
        let entry = self.entry(Arc::new(value), self.clock.now());
        let value = Arc::clone(&entry.value);
        self.flight.overrule(Ok(value), || self.current.store(Some(Arc::new(entry))));
    }

    /// The value, where it is not due for a refresh.
    fn fresh(&self) -> Option<Arc<T>> {
        let current = self.current.load();
        let entry = current.as_ref()?;
        // Without a maximum, the clocks need not be looked at.
        let fresh = entry.due.is_none_or(|due| entry.loaded.age_at(self.clock.now()) < due);
        fresh.then(|| Arc::clone(&entry.value))
    }

    /// One load, in the task of the caller.
    async fn load(
        &self,
        pilot: Pilot<'_, Outcome<T>>,
        loader: Loader<T>,
        deadline: Instant,
        is_cut_short: bool,
    ) -> Outcome<T> {
        let began = self.clock.now();
        let announced = Arc::clone(&self.announced);
        let left = deadline.saturating_duration_since(Instant::now());
        match loader.announce_once(announced).at_most(left).load().await {
            Ok(value) => {
                let entry = self.entry(Arc::new(value), began);
                let value = Arc::clone(&entry.value);
                pilot.land(Ok(value), || self.current.store(Some(Arc::new(entry))))
            }
            Err(error) => {
                if error.is_passing() {
                    self.postpone(&error);
                    // Those who have more time than this load had try for themselves.
                    if is_cut_short {
                        return Err(error);
                    }
                }
                pilot.land(Err(error), || ())
            }
        }
    }

    fn entry(&self, value: Arc<T>, loaded: Moment) -> Entry<T> {
        Entry { value, loaded, due: self.max_age, pause: FIRST_PAUSE }
    }

    /// A value older than this is not served.
    fn limit(&self) -> Option<Duration> {
        Some(self.max_age?.saturating_add(self.serve_stale))
    }

    fn can_serve_stale(&self) -> bool {
        let current = self.current.load();
        let (Some(entry), Some(limit)) = (current.as_ref(), self.limit()) else { return false };
        !self.serve_stale.is_zero() && entry.loaded.age_at(self.clock.now()) <= limit
    }

    /// The old value instead of an error that will pass, where it may still be served.
    fn stale_or(&self, error: LoadError) -> Result<Arc<T>, LoadError> {
        match self.peek() {
            Some(value) if error.is_passing() && self.can_serve_stale() => Ok(value),
            _ => Err(error),
        }
    }

    /// Puts off the next refresh of a value that is due, but never past the age up to which the
    /// value may be served.
    fn postpone(&self, error: &LoadError) {
        let current = self.current.load();
        let (Some(entry), Some(limit)) = (current.as_ref(), self.limit()) else { return };
        if !self.can_serve_stale() || self.fresh().is_some() {
            return;
        }
        let age = entry.loaded.age_at(self.clock.now());
        tracing::warn!(
            config = T::PARAMETERS.config,
            age_seconds = age.as_secs(),
            next_attempt_in_seconds = entry.pause.as_secs(),
            "the refresh failed, so the old value is served: {error}"
        );
        let postponed = Entry {
            value: Arc::clone(&entry.value),
            loaded: entry.loaded,
            due: Some(age.saturating_add(entry.pause).min(limit)),
            pause: entry.pause.saturating_mul(2).min(LONGEST_PAUSE),
        };
        // Unless somebody has put another one there meanwhile.
        self.current.compare_and_swap(&*current, Some(Arc::new(postponed)));
    }
}

impl<T: StageConfig> Default for ColdStart<T> {
    fn default() -> Self {
        Self::new()
    }
}

/// Without the configuration.
impl<T> fmt::Debug for ColdStart<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ColdStart")
            .field("loaded", &self.current.load().is_some())
            .field("max_age", &self.max_age)
            .field("serve_stale", &self.serve_stale)
            .finish_non_exhaustive()
    }
}
