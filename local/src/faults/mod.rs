//! Scripted failures: every call walks through the script.

mod at;
mod denial;
mod fault;
mod on;
mod rate;

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use stage_config_names::ParameterName;

use crate::error::ServiceError;
use crate::wire::Call;
use on::Target;
use rate::Rate;

pub use at::At;
pub(crate) use at::Ending;
pub use fault::Fault;
pub(crate) use fault::{Body, Reply};
pub use on::On;

/// The script, and how far the calls have come in it.
#[derive(Debug, Default)]
pub(crate) struct Script(Mutex<Vec<Line>>);

#[derive(Debug)]
struct Line {
    fault: Fault,
    calls: usize,
    rate: Rate,
}

/// What becomes of a request.
#[derive(Debug)]
pub(crate) struct Fate {
    pub(crate) delay: Duration,
    pub(crate) reply: Reply,
}

impl Script {
    pub(crate) fn add(&self, faults: impl IntoIterator<Item = Fault>) {
        let lines = faults.into_iter().map(|fault| Line { fault, calls: 0, rate: Rate::default() });
        self.lines().extend(lines);
    }

    pub(crate) fn clear(&self) {
        self.lines().clear();
    }

    /// What becomes of a request that arrives `now`.
    pub(crate) fn fate(&self, call: &Call, now: Instant) -> Fate {
        let mut delay = Duration::ZERO;
        for line in &mut *self.lines() {
            if !line.fault.on.selects(call) || !line.has_its_turn() {
                continue;
            }
            delay += line.fault.delay;
            let Some(mut reply) = line.reply(now).cloned() else { continue };
            if matches!(reply.body, Body::Denied) {
                reply.body = Body::Error(denial::request(call, line.fault.on.resource()));
            }
            return Fate { delay, reply };
        }
        Fate { delay, reply: Reply::default() }
    }

    /// Whether KMS decrypts a parameter.
    pub(crate) fn decrypt(&self, name: &ParameterName<'_>) -> Result<(), ServiceError> {
        self.inner(Target::Decrypt, name)
    }

    /// Whether Secrets Manager returns a secret.
    pub(crate) fn get_secret_value(&self, name: &ParameterName<'_>) -> Result<(), ServiceError> {
        self.inner(Target::GetSecretValue, name)
    }

    /// What becomes of a call that Parameter Store makes. It reports a call that is not answered as
    /// a failure of its own.
    fn inner(&self, target: Target, name: &ParameterName<'_>) -> Result<(), ServiceError> {
        for line in &mut *self.lines() {
            if !line.fault.on.selects_inner(target, name) || !line.has_its_turn() {
                continue;
            }
            return Err(match line.reply(Instant::now()).map(|reply| &reply.body) {
                None => continue,
                Some(Body::Error(error)) => error.clone(),
                Some(Body::Denied) => denial::inner(target, name),
                Some(_) => ServiceError::internal(),
            });
        }
        Ok(())
    }

    fn lines(&self) -> MutexGuard<'_, Vec<Line>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Line {
    /// Counts a call and says whether it is one of those that the fault is for.
    fn has_its_turn(&mut self) -> bool {
        let call = self.calls;
        self.calls = call.saturating_add(1);
        self.fault.on.turns().contains(&call)
    }

    /// The reply to a call that has its turn, unless it goes on to the next line.
    fn reply(&mut self, now: Instant) -> Option<&Reply> {
        match self.fault.per_second {
            Some(per_second) if self.rate.admits(per_second, now) => None,
            _ => self.fault.reply.as_ref(),
        }
    }
}
