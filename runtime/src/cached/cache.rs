//! Returns the cached value or the outcome of a load.

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use super::clock::Moment;
use super::entry::{Entry, Policy};
use super::history::History;
use super::platform::{BoxFuture, Instant, after, before, spawn, yield_now};
use super::single_flight::{Leader, Load, Outcome, SingleFlight, Turn};

/// How long a caller waits for a refresh before it gets a stale value, counted from the start of the
/// refresh.
const REFRESH_WAIT: Duration = Duration::from_secs(1);

/// The error of a load, as the cache needs it.
pub(crate) trait CacheError: Clone + Send + Sync + 'static {
    /// Whether the next load may succeed with nothing changed.
    fn is_transient(&self) -> bool;
    /// The caller waited this long, and the load has not ended.
    fn timed_out(policy: &Policy, limit: Duration) -> Self;
    /// The load panicked.
    fn panicked(policy: &Policy) -> Self;
    /// Logs that a refresh failed and that a value of this age stays in use.
    fn log_failed(&self, policy: &Policy, age: Duration, pause: Duration);
    /// Logs that a refresh is slow and that callers get a value of this age meanwhile.
    fn log_slow(policy: &Policy, age: Duration);
}

/// A load that has not been polled yet.
pub(crate) struct Unstarted<T, E> {
    pub(crate) timeout: Duration,
    /// The value, and the fingerprints of its fields.
    pub(crate) load: BoxFuture<'static, Result<(T, Vec<u64>), E>>,
}

/// Returns the cached value if it is not due, else the outcome of a load.
pub(crate) async fn get<T, E>(
    flight: &Arc<SingleFlight<T, E>>,
    policy: Policy,
    limit: Duration,
    begin: impl Fn() -> Unstarted<T, E>,
) -> Outcome<T, E>
where
    T: Send + Sync + 'static,
    E: CacheError,
{
    let deadline = after(limit);
    loop {
        let seen = flight.current();
        if let Some(entry) = seen.as_ref().filter(|entry| entry.is_ready(&policy)) {
            return Ok(Arc::clone(&entry.value));
        }
        let load = match flight.join(seen.as_ref()) {
            // The value was replaced meanwhile.
            None => continue,
            Some(Turn::Lead(leader)) => lead(leader, policy, &begin).await,
            Some(Turn::Wait(load) | Turn::Queue(load)) => load,
        };
        let stands_in = seen.is_some_and(|entry| entry.may_stand_in(&policy, policy.clock.now()));
        let until = if stands_in { deadline.min(load.began() + REFRESH_WAIT) } else { deadline };
        match before(until, load.outcome()).await {
            Some(Some(Ok(value))) => return Ok(value),
            Some(Some(Err(error))) => {
                // A newer value may have replaced the old one since.
                let value = flight.current().filter(|entry| {
                    let now = policy.clock.now();
                    entry.is_ready(&policy) || entry.outlives(error.is_transient(), &policy, now)
                });
                return value.map(|entry| Arc::clone(&entry.value)).ok_or(error);
            }
            // The load ended without an outcome, so another one has to begin. A runtime that shuts
            // down refuses its task, and only ends if this one yields.
            Some(None) => yield_now().await,
            None => {
                let now = policy.clock.now();
                if let Some(old) = flight.current().filter(|old| old.may_stand_in(&policy, now)) {
                    if load.is_found_slow() {
                        E::log_slow(&policy, old.age(now));
                    }
                    return Ok(Arc::clone(&old.value));
                }
                if Instant::now() >= deadline {
                    return Err(E::timed_out(&policy, limit));
                }
            }
        }
    }
}

/// Returns the outcome of a load that begins after the call, or the value of one that began less than
/// `floor` before.
pub(crate) async fn refresh<T, E>(
    flight: &Arc<SingleFlight<T, E>>,
    policy: Policy,
    floor: Duration,
    begin: impl Fn() -> Unstarted<T, E>,
) -> Outcome<T, E>
where
    T: Send + Sync + 'static,
    E: CacheError,
{
    let now = policy.clock.now();
    let newest = flight.current().filter(|entry| entry.was_loaded_within(floor, now));
    if let Some(entry) = newest {
        return Ok(Arc::clone(&entry.value));
    }
    let mut mine = None;
    loop {
        let load = match flight.join_next(&mut mine) {
            Turn::Lead(leader) => lead(leader, policy, &begin).await,
            Turn::Wait(load) => load,
            Turn::Queue(load) => {
                load.outcome().await;
                continue;
            }
        };
        if let Some(outcome) = load.outcome().await {
            return outcome;
        }
        yield_now().await;
    }
}

/// Begins a load. Returns when the load runs in a task of its own or has ended.
async fn lead<T, E>(
    leader: Leader<T, E>,
    policy: Policy,
    begin: impl Fn() -> Unstarted<T, E>,
) -> Arc<Load<T, E>>
where
    T: Send + Sync + 'static,
    E: CacheError,
{
    let load = Arc::clone(&leader.load);
    let start = policy.clock.now();
    let Ok(unstarted) = catch_unwind(AssertUnwindSafe(begin)) else {
        complete(leader, policy, start, Err(E::panicked(&policy)));
        return load;
    };
    leader.set_timeout(unstarted.timeout);
    let mut task: BoxFuture<'static, ()> = Box::pin(async move {
        let outcome = without_panic(unstarted.load, &policy).await;
        complete(leader, policy, start, outcome);
    });
    // A load that is ready at once needs neither a task nor a runtime. Any other has a timer, so
    // there is a runtime.
    let first = poll_fn(|context| Poll::Ready(task.as_mut().poll(context))).await;
    if first.is_pending() {
        spawn(task);
    }
    load
}

/// Turns a panic of the load into an error.
async fn without_panic<T, E: CacheError>(
    mut load: BoxFuture<'static, Result<T, E>>,
    policy: &Policy,
) -> Result<T, E> {
    poll_fn(|context| {
        let polled = catch_unwind(AssertUnwindSafe(|| load.as_mut().poll(context)));
        polled.unwrap_or_else(|_| Poll::Ready(Err(E::panicked(policy))))
    })
    .await
}

fn complete<T, E: CacheError>(
    leader: Leader<T, E>,
    policy: Policy,
    start: Moment,
    outcome: Result<(T, Vec<u64>), E>,
) {
    let error = match outcome {
        Ok((value, fingerprints)) => {
            let value = Arc::new(value);
            let history = History::of_loaded(fingerprints);
            let entry = Entry::loaded(Arc::clone(&value), history, start, &policy);
            leader.complete(Ok(value), Some(entry));
            return;
        }
        Err(error) => error,
    };
    let now = policy.clock.now();
    // Only this leader may replace it, unless `set` has overruled the load.
    let old = leader.flight.current();
    let old = old.filter(|old| old.is_due(now) && old.outlives(error.is_transient(), &policy, now));
    let (postponed, pause) = old.as_ref().map(|old| old.postponed(now)).unzip();
    let completed = leader.complete(Err(error.clone()), postponed);
    if let (true, Some(old), Some(pause)) = (completed, old, pause) {
        error.log_failed(&policy, old.age(now), pause);
    }
}
