//! The calls of one load: how much time they have, how their attempts ended, and when another
//! follows.
//!
//! Each attempt is judged once, when it has ended. The retries and the error of the load both go by
//! this verdict, so what an error calls transient is what was tried again.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::time::Instant;
#[cfg(any(feature = "lean", feature = "extension"))]
use tokio::time::{sleep, timeout_at};
use tracing::Level;

use super::failure::Failure;
use super::turn::{Queue, Turn};
use crate::source::{Answers, Request};

/// The calls end a little before the load does, so that they can report the reason themselves.
const HEAD_START: Duration = Duration::from_millis(100);
/// An attempt without a reply by then is unlikely to get one.
const LONGEST_ATTEMPT: Duration = Duration::from_secs(2);
/// The longest pause before the first retry. It doubles each time, and pauses are jittered.
const FIRST_BACKOFF: Duration = Duration::from_millis(100);
const LONGEST_BACKOFF: Duration = Duration::from_secs(2);
/// The same if a load is throttled that has a reply to another call.
const LONGEST_BACKOFF_WITH_REPLY: Duration = Duration::from_millis(200);
/// The pauses get no shorter than this: attempts in the last moment are of no use.
const LAST_MOMENT: Duration = Duration::from_millis(10);
/// The attempts of a call whose failure passes within a second or hardly ever.
const BRIEF: u32 = 5;

/// The most parameters that a page of GetParametersByPath may have.
pub(crate) const PAGE: u8 = 10;
/// The header with the milliseconds until the service wants another attempt.
pub(crate) const RETRY_AFTER: &str = "x-amz-retry-after";

/// The calls of one load.
pub(crate) struct Calls {
    deadline: Instant,
    made: AtomicUsize,
    queue: Arc<Queue>,
}

impl Calls {
    pub(crate) fn new(request: &Request) -> Self {
        let left = request.time_left();
        let deadline = Instant::now() + left.saturating_sub(HEAD_START.min(left / 10));
        Self { deadline, made: AtomicUsize::new(0), queue: Arc::default() }
    }

    /// Begins a call for so many names.
    pub(crate) fn begin(&self, operation: &'static str, names: usize) -> Result<Attempts, Failure> {
        let deadline = self.deadline;
        let turn = Arc::new(Turn::new(Arc::clone(&self.queue), deadline));
        let attempts = Attempts { operation, names, deadline, turn, ended: 0, failure: None };
        if attempts.time_left().is_zero() {
            return Err(Failure::no_time());
        }
        self.made.fetch_add(1, Ordering::Relaxed);
        Ok(attempts)
    }

    /// Adds to the answers how many calls there were, and how many requests were sent for them.
    pub(crate) fn count(&self, answers: Answers) -> Answers {
        let made = self.made.load(Ordering::Relaxed);
        answers.after_requests(made).after_attempts(self.queue.sent())
    }
}

/// The attempts of one call. Remembers how the last one failed, because a call that runs out of time
/// has no other reason to report.
#[derive(Debug)]
pub(crate) struct Attempts {
    operation: &'static str,
    /// How many names or paths the call requests.
    names: usize,
    deadline: Instant,
    turn: Arc<Turn>,
    ended: u32,
    failure: Option<Failure>,
}

/// How an attempt failed, and the pause that the service requests.
#[cfg(any(feature = "lean", feature = "extension"))]
pub(crate) struct Failed {
    pub(crate) failure: Failure,
    pub(crate) pause: Option<Duration>,
}

#[cfg(any(feature = "lean", feature = "extension"))]
impl From<Failure> for Failed {
    fn from(failure: Failure) -> Self {
        Self { failure, pause: None }
    }
}

impl Attempts {
    /// Tries until an attempt succeeds, another one is of no use, or the time is up. The error is how
    /// the last attempt failed, if that is known.
    #[cfg(any(feature = "lean", feature = "extension"))]
    pub(crate) async fn retry<T, F>(
        mut self,
        mut attempt: impl FnMut() -> F,
    ) -> Result<T, Option<Failure>>
    where
        F: Future<Output = Result<T, Failed>>,
    {
        let deadline = self.deadline;
        let attempts = async {
            loop {
                match attempt().await {
                    Ok(output) => {
                        self.succeeded();
                        return Some(output);
                    }
                    Err(Failed { failure, pause }) => sleep(self.failed(failure, pause)?).await,
                }
            }
        };
        let output = timeout_at(deadline, attempts).await.ok().flatten();
        output.ok_or_else(|| self.take_failure())
    }

    pub(crate) fn deadline(&self) -> Instant {
        self.deadline
    }

    pub(crate) fn time_left(&self) -> Duration {
        left_until(self.deadline)
    }

    /// Each attempt waits for it.
    pub(crate) fn turn(&self) -> Arc<Turn> {
        Arc::clone(&self.turn)
    }

    /// Records that an attempt had its reply.
    pub(crate) fn succeeded(&self) {
        self.turn.replied();
        self.log(self.ended + 1, None, false);
    }

    /// Records the failure of an attempt. If another one may help, it follows after this pause.
    pub(crate) fn failed(
        &mut self,
        failure: Failure,
        requested: Option<Duration>,
    ) -> Option<Duration> {
        self.ended += 1;
        let left = self.time_left();
        let again = failure.is_transient() && !(failure.is_brief() && self.ended >= BRIEF);
        let mut longest = LONGEST_BACKOFF;
        if failure.is_throttling() {
            self.turn.throttled(&failure);
            if self.turn.has_reply() {
                longest = LONGEST_BACKOFF_WITH_REPLY;
            }
        }
        self.log(self.ended, Some(&failure), again && !left.is_zero());
        // No answer in time says nothing; the failure of the attempt before may.
        if !failure.is_timeout() {
            self.failure = Some(failure);
        } else if self.failure.is_none() {
            self.failure = Some(self.turn.waits_because().cloned().unwrap_or(failure));
        }
        again.then(|| pause(self.ended, longest, requested, left))
    }

    /// Logs how an attempt ended: as a warning the first time that another one follows, because the
    /// load takes longer than it should. The fields are part of the public API: the guide lists them.
    fn log(&self, attempt: u32, failure: Option<&Failure>, is_retried: bool) {
        // OpenTelemetry has no unsigned numbers: they would become texts.
        let names = i64::try_from(self.names).unwrap_or(i64::MAX);
        let milliseconds = self.turn.took().map(|time| i64::try_from(time.as_millis()));
        macro_rules! log {
            ($level:ident $(, $message:literal)?) => {
                tracing::event!(
                    name: "stage_config.request",
                    target: "stage_config",
                    Level::$level,
                    operation = self.operation,
                    names,
                    attempt = i64::from(attempt),
                    milliseconds = milliseconds.map(|it| it.unwrap_or(i64::MAX)),
                    outcome = failure.map_or("answered", Failure::outcome),
                    error = failure.map(tracing::field::display),
                    $($message)?
                )
            };
        }
        if is_retried && attempt == 1 {
            log!(WARN, "parameters cannot be read; trying again");
        } else {
            log!(DEBUG);
        }
    }

    /// How the last attempt failed, or why there was none yet, if that is known.
    pub(crate) fn take_failure(&mut self) -> Option<Failure> {
        self.failure.take().or_else(|| self.turn.waits_because().cloned())
    }
}

/// The limit of an attempt that begins now: at most half of the remaining time. If a kept connection
/// broke during a freeze, time for an attempt on a new one remains.
pub(crate) fn limit_of_attempt(deadline: Instant) -> Duration {
    of_attempt(left_until(deadline))
}

fn of_attempt(left: Duration) -> Duration {
    LONGEST_ATTEMPT.min(left / 2)
}

/// The limit of a request for credentials that begins now. They may take longer than a reply, but
/// time for another request remains here too.
#[cfg(feature = "lean")]
pub(crate) fn limit_of_credentials(deadline: Instant) -> Duration {
    left_until(deadline) / 2
}

fn left_until(deadline: Instant) -> Duration {
    deadline.saturating_duration_since(Instant::now())
}

/// The pause after so many attempts: at least our own, and never so long that no time is left for
/// another attempt, unless that would come in the last moment anyway.
fn pause(
    attempts: u32,
    longest: Duration,
    requested: Option<Duration>,
    left: Duration,
) -> Duration {
    let doubled = 2_u32.saturating_pow(attempts.saturating_sub(1));
    let most = FIRST_BACKOFF.saturating_mul(doubled).min(longest);
    let own = most.min((left / 2).max(LAST_MOMENT)).mul_f64(fastrand::f64());
    requested.unwrap_or_default().min(left / 2).max(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pause(attempts: u32, requested: Option<Duration>, left: Duration) -> Duration {
        super::pause(attempts, LONGEST_BACKOFF, requested, left)
    }

    #[test]
    fn a_pause_is_ours_at_least_and_leaves_time_for_another_attempt() {
        let [short, long, left] = [1, 3_000, 8_000].map(Duration::from_millis);
        for attempts in 1..40 {
            let own = pause(attempts, None, left);
            assert!(
                own <= FIRST_BACKOFF.saturating_mul(1 << attempts.min(10)),
                "{attempts}: {own:?}"
            );
            assert!(own <= LONGEST_BACKOFF, "{attempts}: {own:?}");
            assert!(pause(attempts, Some(Duration::ZERO), left) <= LONGEST_BACKOFF);
            assert_eq!(pause(attempts, Some(long), left), long);
            assert_eq!(pause(attempts, Some(Duration::MAX), left), left / 2);
            assert!(pause(attempts, None, FIRST_BACKOFF) <= FIRST_BACKOFF / 2);
            assert!(pause(attempts, Some(long), short) <= LAST_MOMENT);
        }
        // Jittered, and increasing.
        let most = |attempts| (0..1_000).map(|_| pause(attempts, None, left)).max().unwrap();
        assert!(most(1) < most(3) && most(3) < most(6), "{:?}", [1, 3, 6].map(most));
        assert!(most(1) > FIRST_BACKOFF / 2);
        assert!((0..1_000).any(|_| pause(6, None, short) > short));
        assert!((0..1_000).any(|_| pause(6, Some(Duration::ZERO), left) > FIRST_BACKOFF));
    }

    #[test]
    fn there_is_always_time_for_another_attempt() {
        let limit = |millis| of_attempt(Duration::from_millis(millis)).as_millis();
        assert_eq!([8_000, 4_001, 4_000, 1_000, 0].map(limit), [2_000, 2_000, 2_000, 500, 0]);
    }
}
