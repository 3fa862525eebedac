//! What goes wrong on request.

mod denial;

use std::collections::{BTreeSet, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use stage_config_names::ParameterName;

use crate::error::ServiceError;
use crate::wire::Call;
use denial::{Denial, GET_SECRET_VALUE, checked};

/// What goes wrong on request. Everything here holds from the next request on.
///
/// Where several things are to go wrong, a request is held up by the latency first. Then it is
/// reset, stalled, failed, throttled or denied, in this order and only one of them. What goes wrong
/// with one page, one secret or one key comes last.
///
/// ```
/// use std::time::Duration;
/// use stage_config_local::{LocalStore, Parameter};
///
/// let store = LocalStore::start([Parameter::string("/a", "1")])?;
/// store.faults().latency(Duration::from_millis(5)).deny_action("ssm:GetParameters");
/// store.faults().clear();
/// # Ok::<(), stage_config_local::StartError>(())
/// ```
#[derive(Debug, Default)]
pub struct Faults(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    denials: Vec<Denial>,
    broken_keys: BTreeSet<String>,
    rate: Option<Rate>,
    latency: Duration,
    to_reset: usize,
    to_stall: usize,
    to_fail: usize,
    to_empty: usize,
    bad_pages: Vec<BadPage>,
}

/// A page of a walk below a path that is not answered so many times.
#[derive(Debug)]
struct BadPage {
    page: usize,
    times: usize,
    error: ServiceError,
}

/// What becomes of a page that is not refused.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum PageFate {
    Served,
    /// It has nothing on it, and there are more.
    Empty,
}

/// What becomes of a request before anybody has looked at it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    Served,
    /// The connection is reset, without an answer.
    Reset,
    /// There is never an answer.
    Stalled,
    Refused(ServiceError),
}

impl Faults {
    /// Denies an action on every parameter: `ssm:GetParameters`. `ssm:*` denies all actions on
    /// parameters, and `secretsmanager:GetSecretValue` denies every secret of Secrets Manager, by
    /// whatever action Parameter Store is asked for it.
    ///
    /// # Panics
    /// If the action is not one of those that are served: a slip would deny nothing.
    #[track_caller]
    pub fn deny_action(&self, action: &str) -> &Self {
        self.state().denials.push(Denial::of_all(action));
        self
    }

    /// Denies an action on one parameter: `ssm:GetParameter` on `/a`. `ssm:*` denies all actions.
    /// Of `ssm:GetParametersByPath` the resource is the path, and only the path, as in IAM. A
    /// batch in which one name is denied is denied as a whole. Of `secretsmanager:GetSecretValue`
    /// the resource is a secret by its own name: `stripe/test`.
    ///
    /// # Panics
    /// If the action is not one of those that are served, or the name not a valid one: a slip
    /// would deny nothing.
    #[track_caller]
    pub fn deny(&self, action: &str, name: &str) -> &Self {
        self.state().denials.push(Denial::of_one(action, name));
        self
    }

    /// Has KMS refuse to decrypt one parameter: `InvalidKeyId`. Reading it without decryption, and
    /// parameters that are no `SecureString`, need no key and are not affected.
    ///
    /// # Panics
    /// If the name is not a valid one, or that of a secret of Secrets Manager, which can be denied
    /// only.
    #[track_caller]
    pub fn fail_kms(&self, name: &str) -> &Self {
        let name = checked(name);
        assert!(
            !name.is_secret_reference(),
            "`{name}` is a secret of Secrets Manager; it can be denied `{GET_SECRET_VALUE}`"
        );
        self.state().broken_keys.insert(name.resource());
        self
    }

    /// Serves at most so many requests in any one second; all others are answered
    /// `ThrottlingException`. Of none at all, every request is.
    pub fn throttle(&self, per_second: usize) -> &Self {
        self.state().rate = Some(Rate { per_second, served: VecDeque::new() });
        self
    }

    /// Answers the next so many requests with `InternalServerError`, HTTP 500.
    pub fn fail_next(&self, requests: usize) -> &Self {
        self.state().to_fail = requests;
        self
    }

    /// Has the next so many pages of `GetParametersByPath` hold nothing and still carry a
    /// `NextToken`, as the service's may. What would have been on them is on the pages behind.
    pub fn empty_pages(&self, pages: usize) -> &Self {
        self.state().to_empty = pages;
        self
    }

    /// Answers one page of a walk below a path, counted from 1, with `InternalServerError` so many
    /// times; then it is served. The pages before are not affected, so a walk fails half-way.
    ///
    /// # Panics
    /// If the page is 0: there is none.
    #[track_caller]
    pub fn fail_page(&self, page: usize, times: usize) -> &Self {
        self.bad_page(page, times, internal_error())
    }

    /// Answers one page of a walk below a path, counted from 1, with `ThrottlingException` so many
    /// times; then it is served.
    ///
    /// # Panics
    /// If the page is 0: there is none.
    #[track_caller]
    pub fn throttle_page(&self, page: usize, times: usize) -> &Self {
        self.bad_page(page, times, throttled())
    }

    #[track_caller]
    fn bad_page(&self, page: usize, times: usize, error: ServiceError) -> &Self {
        assert!(page > 0, "pages are counted from 1");
        self.state().bad_pages.push(BadPage { page, times, error });
        self
    }

    /// Accepts one more request without ever answering it: it is for the client to give up.
    pub fn stall_next(&self) -> &Self {
        self.state().to_stall += 1;
        self
    }

    /// Reads one more request and then resets its connection.
    pub fn reset_next(&self) -> &Self {
        self.state().to_reset += 1;
        self
    }

    /// Has every request wait so long before anything else is done about it.
    pub fn latency(&self, latency: Duration) -> &Self {
        self.state().latency = latency;
        self
    }

    /// Nothing goes wrong any more. A request that is stalled already stays so.
    pub fn clear(&self) {
        *self.state() = State::default();
    }

    pub(crate) fn delay(&self) -> Duration {
        self.state().latency
    }

    /// What becomes of a request that comes `now`.
    pub(crate) fn fate(&self, call: &Call, now: Instant) -> Fate {
        let mut state = self.state();
        if take_one(&mut state.to_reset) {
            return Fate::Reset;
        }
        if take_one(&mut state.to_stall) {
            return Fate::Stalled;
        }
        if take_one(&mut state.to_fail) {
            return Fate::Refused(internal_error());
        }
        if state.rate.as_mut().is_some_and(|rate| !rate.admits(now)) {
            return Fate::Refused(throttled());
        }
        state.denials.iter().find_map(|denial| denial.of(call)).map_or(Fate::Served, Fate::Refused)
    }

    /// What becomes of a page of a walk.
    pub(crate) fn page(&self, page: usize) -> Result<PageFate, ServiceError> {
        let mut state = self.state();
        for bad in state.bad_pages.iter_mut().filter(|bad| bad.page == page) {
            if take_one(&mut bad.times) {
                return Err(bad.error.clone());
            }
        }
        Ok(if take_one(&mut state.to_empty) { PageFate::Empty } else { PageFate::Served })
    }

    /// Whether Secrets Manager lets this secret be read.
    pub(crate) fn read_secret(&self, name: &str) -> Result<(), ServiceError> {
        match self.state().denials.iter().find_map(|denial| denial.of_secret(name)) {
            Some(error) => Err(error),
            None => Ok(()),
        }
    }

    /// Whether KMS lets a parameter be decrypted.
    pub(crate) fn decrypts(&self, name: &ParameterName<'_>) -> bool {
        !self.state().broken_keys.contains(&name.resource())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn internal_error() -> ServiceError {
    ServiceError::new("InternalServerError", "An error occurred on the server side.")
}

fn throttled() -> ServiceError {
    ServiceError::new("ThrottlingException", "Rate exceeded")
}

fn take_one(count: &mut usize) -> bool {
    let some = *count > 0;
    *count = count.saturating_sub(1);
    some
}

/// A sliding window of one second.
#[derive(Debug)]
struct Rate {
    per_second: usize,
    served: VecDeque<Instant>,
}

impl Rate {
    fn admits(&mut self, now: Instant) -> bool {
        let is_over = |at: &Instant| now.duration_since(*at) >= Duration::from_secs(1);
        while self.served.front().is_some_and(is_over) {
            self.served.pop_front();
        }
        let admitted = self.served.len() < self.per_second;
        if admitted {
            self.served.push_back(now);
        }
        admitted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_throttled_store_serves_again_when_the_second_is_over() {
        let mut rate = Rate { per_second: 2, served: VecDeque::new() };
        let start = Instant::now();
        let at = |millis| start + Duration::from_millis(millis);
        let admitted = [0, 400, 999, 1000, 1001, 1399, 1400, 1401].map(|it| rate.admits(at(it)));
        assert_eq!(admitted, [true, true, false, true, false, false, true, false]);
    }
}
