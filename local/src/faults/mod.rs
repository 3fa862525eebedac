//! Scripted failures: every call walks through the script.

mod fault;
mod on;

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use stage_config_names::ParameterName;

use crate::account;
use crate::error::ServiceError;
use crate::wire::Call;

pub use fault::{At, Fault};
pub(crate) use fault::{Body, Ending, Reply};
pub use on::On;

/// The calls by which Parameter Store itself reads a `SecureString` and a secret.
const DECRYPT: &str = "Decrypt";
const GET_SECRET_VALUE: &str = "GetSecretValue";
const INNER: [&str; 2] = [DECRYPT, GET_SECRET_VALUE];

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

    /// The delay of a request, and what then becomes of it.
    pub(crate) fn meet(&self, call: &Call) -> (Duration, Reply) {
        self.walk(Instant::now(), |on| on.selects(call))
    }

    /// Whether KMS decrypts a parameter.
    pub(crate) fn decrypt(&self, name: &ParameterName<'_>) -> Result<(), ServiceError> {
        self.meet_inner(DECRYPT, name, "kms:Decrypt", account::KMS_KEY)
    }

    /// Whether Secrets Manager returns the secret that has this ARN.
    pub(crate) fn get_secret_value(
        &self,
        name: &ParameterName<'_>,
        arn: &str,
    ) -> Result<(), ServiceError> {
        self.meet_inner(GET_SECRET_VALUE, name, "secretsmanager:GetSecretValue", arn)
    }

    fn meet_inner(
        &self,
        operation: &str,
        name: &ParameterName<'_>,
        action: &str,
        arn: &str,
    ) -> Result<(), ServiceError> {
        match self.walk(Instant::now(), |on| on.selects_inner(operation, name)).1.body {
            Body::Denied(_) => Err(ServiceError::denied(action, arn)),
            Body::Error(error) => Err(error),
            _ => Ok(()),
        }
    }

    fn walk(&self, now: Instant, selects: impl Fn(&On) -> bool) -> (Duration, Reply) {
        let mut delay = Duration::ZERO;
        for line in &mut *self.lines() {
            if selects(&line.fault.on) && line.has_its_turn() {
                delay += line.fault.delay;
                if let Some(reply) = &line.fault.reply
                    && !line.fault.per_second.is_some_and(|it| admit(&mut line.admitted, it, now))
                {
                    return (delay, reply.clone());
                }
            }
        }
        (delay, Reply::default())
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
        self.fault.on.turns.contains(&call)
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
