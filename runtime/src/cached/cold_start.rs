//! [`ColdStart`]: what a user writes and calls.

use std::fmt;
use std::hash::RandomState;
#[cfg(feature = "lambda")]
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use crate::config::Loader;
use crate::config::StageConfig;
use crate::error::LoadError;

use super::cache::{self, CacheError, Unstarted};
use super::changes::Changes;
use super::clock::{Clock, SystemClock};
use super::entry::{Entry, Policy};
use super::get::Get;
use super::history::History;
use super::single_flight::SingleFlight;

/// [`ColdStart::refresh`] accepts the value of a load that began no longer ago than this.
const REFRESH_FLOOR: Duration = Duration::from_secs(1);

/// A configuration that is loaded once, on first use, and shared by all invocations.
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
/// Only one load runs at a time. It runs in a task of its own, on the tokio runtime of the first
/// caller, for as long as the loader's [`timeout`](Loader::timeout) allows. Callers wait for it, each
/// for as long as it likes; one that is dropped or not polled delays nobody. If a load fails or
/// panics, all waiting callers get its error, and the next [`get`](Self::get) tries again. While the
/// value is fresh, `get` takes no lock and does not allocate, except for a few bytes once in each
/// thread. Nothing runs between loads, neither a timer nor a task.
///
/// A static one works across several runtimes. If a runtime ends during a load, or stops driving it
/// until its timeout has passed, the next caller starts another load. Outside a tokio runtime with
/// time enabled, a call panics if it has to wait for a load that another caller began.
pub struct ColdStart<T> {
    loader: fn() -> Loader<T>,
    loader_with: Option<Arc<dyn Fn() -> Loader<T> + Send + Sync>>,
    policy: Policy,
    shared: OnceLock<Shared<T>>,
}

/// What it shares with the tasks of its loads. Made on first use, because a static cannot allocate.
struct Shared<T> {
    flight: Arc<SingleFlight<T, LoadError>>,
    announced: Arc<AtomicBool>,
    /// Of the fingerprints.
    key: RandomState,
}

impl<T: StageConfig + Send + Sync + 'static> ColdStart<T> {
    /// A configuration that is not loaded yet.
    pub const fn new() -> Self {
        let policy = Policy {
            config: T::PARAMETERS.config,
            max_age: None,
            serve_stale: Duration::ZERO,
            keep_last_good: false,
            clock: &SystemClock,
        };
        Self { loader: T::loader, loader_with: None, policy, shared: OnceLock::new() }
    }

    /// Refreshes the value when a caller asks for it at this age or later. Without a maximum age, a
    /// value stays for the life of the process.
    ///
    /// The age counts from the beginning of the load. It is the larger of the ages on the monotonic
    /// clock and on the wall clock, because either may stand still while the sandbox is frozen.
    #[must_use]
    pub const fn max_age(mut self, age: Duration) -> Self {
        self.policy.max_age = Some(age);
        self
    }

    /// Serves a stale value for this long past [`max_age`](Self::max_age) if the refresh is slow or
    /// fails for a transient reason.
    ///
    /// Callers wait for a refresh until it has taken 1 s in all, and then get the stale value. The
    /// refresh continues for as long as the loader's [`timeout`](Loader::timeout) allows. After a
    /// failed refresh, the next one follows after 5 s, and the pause doubles up to 60 s; meanwhile no
    /// caller waits. A slow and a failed refresh are logged as a warning.
    ///
    /// A failure that is not transient, such as a denied or missing parameter, is still an error; see
    /// [`keep_last_good`](Self::keep_last_good). Without `max_age`, this has no effect.
    #[must_use]
    pub const fn serve_stale(mut self, time: Duration) -> Self {
        self.policy.serve_stale = time;
        self
    }

    /// Lets [`get`](Self::get) return the old value, however old, after any failed refresh: also if
    /// a parameter is denied, missing or malformed.
    ///
    /// So one bad `put-parameter` does not stop a function that holds a good value. Each failed refresh
    /// is logged as an error, and the pauses are those of [`serve_stale`](Self::serve_stale). The
    /// first load and [`refresh`](Self::refresh) still fail. Without [`max_age`](Self::max_age), this
    /// has no effect.
    #[must_use]
    pub const fn keep_last_good(mut self) -> Self {
        self.policy.keep_last_good = true;
        self
    }

    /// Loads through this loader instead of [`StageConfig::loader`]:
    /// `ColdStart::new().loader(|| Config::loader().timeout(Duration::from_secs(3)))`.
    ///
    /// In a static, a closure cannot capture; use [`loader_with`](Self::loader_with) elsewhere.
    #[must_use]
    pub const fn loader(mut self, loader: fn() -> Loader<T>) -> Self {
        self.loader = loader;
        self
    }

    /// Loads through this loader, which may capture what it needs, such as a client that other parts
    /// of the program use too:
    /// `ColdStart::new().loader_with(move || Config::loader().client(client.clone()))`. It takes
    /// precedence over [`loader`](Self::loader).
    #[must_use]
    pub fn loader_with(mut self, loader: impl Fn() -> Loader<T> + Send + Sync + 'static) -> Self {
        self.loader_with = Some(Arc::new(loader));
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn __clock(mut self, clock: &'static dyn Clock) -> Self {
        self.policy.clock = clock;
        self
    }

    /// Returns the configuration. The first call loads it, and so does the first after it is due.
    ///
    /// It waits until the load ends, which takes no longer than the loader's
    /// [`timeout`](Loader::timeout), unless the load's runtime ends or pauses meanwhile.
    ///
    /// # Errors
    /// The [`LoadError`] of the load. The next `get` loads again.
    #[inline]
    pub fn get(&self) -> impl Future<Output = Result<Arc<T>, LoadError>> + Send {
        self.get_within(Duration::MAX)
    }

    /// Like [`get`](Self::get), but waits for this long at most, for a handler with little time left.
    /// The load continues for later callers.
    ///
    /// # Errors
    /// The [`LoadError`] of the load, or a transient one if the time is up.
    #[inline]
    pub fn get_within(
        &self,
        limit: Duration,
    ) -> impl Future<Output = Result<Arc<T>, LoadError>> + Send {
        Get::new(self, limit)
    }

    /// Loads again, whatever the age: after a service has refused a secret.
    ///
    /// It does not join a load that began before the call, but waits for it to end, so it may take up
    /// to twice the loader's [`timeout`](Loader::timeout). If the last successful load began less than
    /// 1 s ago, it returns the value of that load: so a secret that stays wrong does not cause requests
    /// in every invocation.
    ///
    /// # Errors
    /// The [`LoadError`] of the load. The old value stays.
    pub async fn refresh(&self) -> Result<Arc<T>, LoadError> {
        self.load_again(REFRESH_FLOOR).await
    }

    /// Returns the configuration if there is one, whatever its age, without loading it.
    pub fn peek(&self) -> Option<Arc<T>> {
        self.shared.get()?.flight.peek(|entry| Arc::clone(&entry.value))
    }

    /// Subscribes to the fields that later loads change, so that a pool or a client is rebuilt when
    /// its password has rotated, and only then.
    ///
    /// Subscribe before you build something from the configuration, even before the first load: the
    /// first value changes nothing. Ask what has changed before you get the value that you build from:
    /// if a load ends in between, you are told the next time.
    ///
    /// A subscription keeps no values. It compares hashes of the texts that parameters were read from,
    /// so JSON that is only formatted differently is a change, and a new version with the same text is
    /// not. Other fields never change. [`set`](Self::set) changes every parameter.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use stage_config::{ColdStart, LoadError, SecretString, StageConfig};
    /// # struct Pool;
    /// # impl Pool { fn new(_: &SecretString) -> Self { Pool } }
    /// #[derive(StageConfig)]
    /// struct Config {
    ///     #[ssm(dev = "/db/dev/password", prod = "/db/prod/password")]
    ///     password: SecretString,
    /// }
    ///
    /// static CONFIG: ColdStart<Config> = ColdStart::new().max_age(Duration::from_mins(5));
    ///
    /// # async fn serve() -> Result<(), LoadError> {
    /// let mut changes = CONFIG.changed().only(["password"]);
    /// let mut pool = Pool::new(&CONFIG.get().await?.password);
    /// loop {
    ///     // for each invocation
    ///     let mut config = CONFIG.get().await?;
    ///     if !changes.since_last().is_empty() {
    ///         // Again: a load may have ended since.
    ///         config = CONFIG.get().await?;
    ///         pool = Pool::new(&config.password);
    ///     }
    ///     // …
    /// }
    /// # }
    /// ```
    pub fn changed(&self) -> Changes<T> {
        Changes::new(Arc::clone(&self.shared().flight))
    }

    /// Sets the configuration as if it had just been loaded, for tests of handlers. A load in flight
    /// ends with this value too.
    pub fn set(&self, value: T) {
        let history = History::of_set(T::PARAMETERS.parameters().count());
        self.shared().flight.set(Entry::set(Arc::new(value), history, &self.policy));
    }

    /// The value, if no refresh is due.
    #[inline]
    pub(super) fn ready(&self) -> Option<Arc<T>> {
        // Without an age, the value is ready whenever it is there, and the caller's code contains
        // all that this takes.
        if self.policy.max_age.is_none() { self.peek() } else { self.fresh() }
    }

    #[inline(never)]
    fn fresh(&self) -> Option<Arc<T>> {
        let look =
            |entry: &Entry<T>| entry.is_ready(&self.policy).then(|| Arc::clone(&entry.value));
        self.shared.get()?.flight.peek(look)?
    }

    /// Waits for the outcome of a load.
    pub(super) async fn wait(&self, limit: Duration) -> Result<Arc<T>, LoadError> {
        cache::get(&self.shared().flight, self.policy, limit, || self.unstarted()).await
    }

    async fn load_again(&self, floor: Duration) -> Result<Arc<T>, LoadError> {
        cache::refresh(&self.shared().flight, self.policy, floor, || self.unstarted()).await
    }

    /// Waits for the load in flight. Then its source drops connections and credentials.
    #[cfg(feature = "lambda")]
    pub(crate) async fn prepare_snapshot(&self) -> Result<(), LoadError> {
        if let Some(shared) = self.shared.get() {
            shared.flight.rest().await;
        }
        let loader = catch_unwind(AssertUnwindSafe(|| self.new_loader()));
        let loader = loader.map_err(|_| LoadError::panicked(self.policy.config))?;
        loader.settings.before_snapshot().await;
        Ok(())
    }

    /// Loads the value again, however young it seems to be: after a restore, the clocks may not have
    /// been set yet.
    #[cfg(feature = "lambda")]
    pub(crate) async fn load_restored(&self) -> Result<(), LoadError> {
        self.load_again(Duration::ZERO).await.map(drop)
    }

    fn new_loader(&self) -> Loader<T> {
        match &self.loader_with {
            Some(loader) => loader(),
            None => (self.loader)(),
        }
    }

    fn unstarted(&self) -> Unstarted<T, LoadError> {
        let loader = self.new_loader();
        let timeout = loader.settings.timeout;
        let Shared { announced, key, .. } = self.shared();
        let loader = loader.announce_once(Arc::clone(announced));
        Unstarted { timeout, load: Box::pin(loader.load_with_fingerprints(key.clone())) }
    }

    fn shared(&self) -> &Shared<T> {
        self.shared.get_or_init(|| Shared {
            flight: Arc::new(SingleFlight::new()),
            announced: Arc::default(),
            key: RandomState::new(),
        })
    }
}

impl<T: StageConfig + Send + Sync + 'static> Default for ColdStart<T> {
    fn default() -> Self {
        Self::new()
    }
}

/// Leaves the configuration out.
impl<T> fmt::Debug for ColdStart<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let loaded = self.shared.get().and_then(|shared| shared.flight.peek(|_| ())).is_some();
        f.debug_struct("ColdStart")
            .field("loaded", &loaded)
            .field("max_age", &self.policy.max_age)
            .field("serve_stale", &self.policy.serve_stale)
            .field("keep_last_good", &self.policy.keep_last_good)
            .finish_non_exhaustive()
    }
}

impl CacheError for LoadError {
    fn is_transient(&self) -> bool {
        self.is_transient()
    }

    fn timed_out(policy: &Policy, limit: Duration) -> Self {
        Self::out_of_time(policy.config, limit)
    }

    fn panicked(policy: &Policy) -> Self {
        Self::panicked(policy.config)
    }

    fn log_failed(&self, policy: &Policy, age: Duration, pause: Duration) {
        let (config, age_seconds) = (policy.config, age.as_secs());
        let next_attempt_in_seconds = pause.as_secs();
        if policy.keep_last_good {
            tracing::error!(
                target: "stage_config",
                config,
                age_seconds,
                next_attempt_in_seconds,
                "the refresh failed, so the old value stays in service: {self}"
            );
        } else {
            tracing::warn!(
                target: "stage_config",
                config,
                age_seconds,
                next_attempt_in_seconds,
                "the refresh failed, so the old value stays in service: {self}"
            );
        }
    }

    fn log_slow(policy: &Policy, age: Duration) {
        tracing::warn!(
            target: "stage_config",
            config = policy.config,
            age_seconds = age.as_secs(),
            "the refresh is slow, so the old value is served meanwhile"
        );
    }
}
