//! A configuration that is loaded by whoever asks first and then shared.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use arc_swap::ArcSwapOption;
use tokio::sync::Mutex;

use crate::clock::{Clock, Moment, SystemClock};
use crate::config::StageConfig;
use crate::error::LoadError;
use crate::load::{Loader, before};
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
/// allocates nothing.
///
/// Nothing runs between invocations: with [`max_age`](Self::max_age), the value is refreshed by the
/// first who asks after it is due. It works in a static across several runtimes.
pub struct ColdStart<T> {
    loader: fn() -> Loader<T>,
    max_age: Option<Duration>,
    serve_stale: Duration,
    clock: &'static dyn Clock,
    current: ArcSwapOption<Entry<T>>,
    /// The number of the last load that was begun.
    begun: AtomicU64,
    /// The number of the last load that ended, whatever came of it.
    ended: AtomicU64,
    flight: Mutex<Flight<T>>,
    announced: AtomicBool,
}

/// Held by the one who loads. What came of the last load that ended, for those who waited for it.
struct Flight<T>(Option<(u64, Result<Arc<T>, LoadError>)>);

impl<T> Flight<T> {
    fn ended_after(&self, number: u64) -> Option<Result<Arc<T>, LoadError>> {
        self.0.as_ref().filter(|(ended, _)| *ended > number).map(|(_, outcome)| outcome.clone())
    }
}

struct Entry<T> {
    value: Arc<T>,
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
            begun: AtomicU64::new(0),
            ended: AtomicU64::new(0),
            flight: Mutex::const_new(Flight(None)),
            announced: AtomicBool::new(false),
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
    /// # Errors
    /// The [`LoadError`] of the load that was waited for. The next `get` tries again.
    pub async fn get(&self) -> Result<Arc<T>, LoadError> {
        if let Some(value) = self.fresh() {
            return Ok(value);
        }
        let ended = self.ended.load(Ordering::Acquire);
        let mut flight = self.flight.lock().await;
        if let Some(outcome) = flight.ended_after(ended) {
            return outcome.or_else(|error| self.stale_or(error));
        }
        // A refresh that failed, or a `set`, may have come in between.
        if let Some(value) = self.fresh() {
            return Ok(value);
        }
        let limit = if self.can_serve_stale() { REFRESH_LIMIT } else { Duration::MAX };
        self.load(&mut flight, limit).await.or_else(|error| {
            if error.is_passing() {
                self.postpone(&error);
            }
            self.stale_or(error)
        })
    }

    /// The same for a handler with little time left: waits this long at most.
    ///
    /// # Errors
    /// The [`LoadError`] of the load, or one that says that the time was up.
    ///
    /// # Panics
    /// Outside a tokio runtime with time enabled, if there is no value yet.
    pub async fn get_within(&self, limit: Duration) -> Result<Arc<T>, LoadError> {
        let late = || self.stale_or(LoadError::out_of_time(T::PARAMETERS.config, limit));
        before(after(limit), self.get()).await.unwrap_or_else(late)
    }

    /// Loads again, whatever the age: after the service that a secret is for refused it, or after a
    /// snapshot of the sandbox was restored. Joins no load that began before the call.
    ///
    /// # Errors
    /// The [`LoadError`] of the load. The value there was before stays.
    pub async fn refresh(&self) -> Result<Arc<T>, LoadError> {
        let begun = self.begun.load(Ordering::Acquire);
        let mut flight = self.flight.lock().await;
        match flight.ended_after(begun) {
            Some(outcome) => outcome,
            None => self.load(&mut flight, Duration::MAX).await,
        }
    }

    /// The configuration, if it is there; does not load it and does not look at its age.
    pub fn peek(&self) -> Option<Arc<T>> {
        self.current.load().as_ref().map(|entry| Arc::clone(&entry.value))
    }

    /// Puts a configuration there as though it had just been loaded, for tests of handlers.
    pub fn set(&self, value: T) {
        self.store(value);
    }

    /// The value, where it is not due for a refresh.
    fn fresh(&self) -> Option<Arc<T>> {
        let current = self.current.load();
        let entry = current.as_ref()?;
        // Without a maximum, the clocks need not be looked at.
        let fresh = entry.due.is_none_or(|due| entry.loaded.age_at(self.clock.now()) < due);
        fresh.then(|| Arc::clone(&entry.value))
    }

    /// One load, in the task of the caller. If that is dropped on the way, the load counts as begun
    /// but not as ended, and whoever gets the lock next begins another.
    async fn load(&self, flight: &mut Flight<T>, limit: Duration) -> Result<Arc<T>, LoadError> {
        let number = self.begun.fetch_add(1, Ordering::AcqRel) + 1;
        let announced = self.announced.swap(true, Ordering::Relaxed);
        let outcome = (self.loader)().announced(announced).at_most(limit).load().await;
        let outcome = outcome.map(|value| self.store(value));
        flight.0 = Some((number, outcome.clone()));
        self.ended.store(number, Ordering::Release);
        outcome
    }

    fn store(&self, value: T) -> Arc<T> {
        let value = Arc::new(value);
        self.current.store(Some(Arc::new(Entry {
            value: Arc::clone(&value),
            loaded: self.clock.now(),
            due: self.max_age,
            pause: FIRST_PAUSE,
        })));
        value
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

    /// Puts off the next refresh, but never past the age up to which the value may be served.
    fn postpone(&self, error: &LoadError) {
        let current = self.current.load_full();
        let (Some(entry), Some(limit)) = (current, self.limit()) else { return };
        if !self.can_serve_stale() {
            return;
        }
        let age = entry.loaded.age_at(self.clock.now());
        tracing::warn!(
            config = T::PARAMETERS.config,
            age_seconds = age.as_secs(),
            next_attempt_in_seconds = entry.pause.as_secs(),
            "the refresh failed, so the old value is served: {error}"
        );
        self.current.store(Some(Arc::new(Entry {
            value: Arc::clone(&entry.value),
            loaded: entry.loaded,
            due: Some(age.saturating_add(entry.pause).min(limit)),
            pause: entry.pause.saturating_mul(2).min(LONGEST_PAUSE),
        })));
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
