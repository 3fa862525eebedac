//! Scripted failures: every call walks through the script.

mod fault;
mod on;

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use stage_config_names::ParameterName;

use crate::calls::Call;
use crate::error::{Result, ServiceError};
use crate::location::Location;

pub use fault::{At, Fault};
pub(crate) use fault::{Body, Ending, Reply};
use on::DECRYPT;
pub use on::On;

/// The script, and how far the calls have come in it.
#[derive(Debug, Default)]
pub(crate) struct Script(Mutex<Vec<Line>>);

#[derive(Debug)]
struct Line {
    fault: Fault,
    calls: usize,
    /// The calls of the last second that were not throttled.
    admitted: VecDeque<Instant>,
}

impl Script {
    #[track_caller]
    pub(crate) fn add(&self, faults: impl IntoIterator<Item = Fault>) {
        for fault in faults {
            fault.check();
            self.lines().push(Line { fault, calls: 0, admitted: VecDeque::new() });
        }
    }

    pub(crate) fn clear(&self) {
        self.lines().clear();
    }

    /// The delay of a request, and the reply that follows it.
    pub(crate) fn meet(&self, call: &Call) -> (Duration, Reply) {
        self.walk(|on| on.selects(call))
    }

    /// Whether a call that Parameter Store makes to read `name` succeeds: an action on an ARN.
    pub(crate) fn meet_inner(
        &self,
        here: &Location,
        action: &str,
        arn: &str,
        name: &ParameterName<'_>,
    ) -> Result<()> {
        match self.walk(|on| on.selects_inner(action, name)).1.body {
            Body::Denied(_) => Err(ServiceError::not_allowed(here, action, arn)),
            Body::Failed if action.ends_with(DECRYPT) => Err(ServiceError::key_disabled(arn)),
            Body::Failed => Err(ServiceError::internal()),
            Body::Error(error) => Err(error),
            _ => Ok(()),
        }
    }

    fn walk(&self, selects: impl Fn(&On) -> bool) -> (Duration, Reply) {
        let mut delay = Duration::ZERO;
        for Line { fault, calls, admitted } in &mut *self.lines() {
            if !selects(&fault.on) {
                continue;
            }
            *calls += 1;
            if !fault.on.turns.contains(&(*calls - 1)) {
                continue;
            }
            delay += fault.delay;
            let is_admitted = |most| admit(admitted, most, Instant::now());
            if let Some(reply) = &fault.reply
                && !fault.per_second.is_some_and(is_admitted)
            {
                return (delay, reply.clone());
            }
        }
        (delay, Reply::default())
    }

    fn lines(&self) -> MutexGuard<'_, Vec<Line>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Admits a call unless this many were admitted within the last second.
fn admit(admitted: &mut VecDeque<Instant>, per_second: usize, now: Instant) -> bool {
    let is_over = |at: &mut Instant| now.duration_since(*at) >= Duration::from_secs(1);
    while admitted.pop_front_if(is_over).is_some() {}
    let admits = admitted.len() < per_second;
    if admits {
        admitted.push_back(now);
    }
    admits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_admits_again_when_the_second_is_over() {
        let (mut admitted, start) = (VecDeque::new(), Instant::now());
        let mut admits = |millis| admit(&mut admitted, 2, start + Duration::from_millis(millis));
        let admitted = [0, 400, 999, 1000, 1001, 1399, 1400, 1401].map(&mut admits);
        assert_eq!(admitted, [true, true, false, true, false, false, true, false]);
    }
}
