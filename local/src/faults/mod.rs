//! Scripted failures: every call walks through the script.
//!
//! | module | content |
//! |---|---|
//! | `on`, `fault` | a line of a script as it is written: the calls, and what happens to them |
//! | `line` | the same, checked, and how far the calls have come in it |
//! | `edit` | changes parameters in a reply |
//! | `file` | a script from TOML |

mod edit;
mod fault;
mod file;
mod line;
mod on;

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use stage_config_names::ParameterName;

use crate::calls::Call;
use crate::error::{Result, ServiceError};
use crate::location::Location;

pub use fault::{At, Fault};
pub(crate) use fault::{Content, Ending, Given, Reply};
pub use file::faults_from_toml;
pub(crate) use line::Outcome;
use line::{DECRYPT, Line, Selected};
pub use on::On;

/// The script, and how far the calls have come in it.
#[derive(Debug, Default)]
pub(crate) struct Script(Mutex<Vec<Line>>);

impl Script {
    /// Panics if a fault would never happen, which is a mistake in a test.
    #[track_caller]
    pub(crate) fn add(&self, faults: impl IntoIterator<Item = Fault>) {
        for fault in faults {
            match Line::try_from(fault) {
                Ok(line) => self.lines().push(line),
                Err(why) => panic!("{why}"),
            }
        }
    }

    pub(crate) fn clear(&self) {
        self.lines().clear();
    }

    /// The delay of a request, and what becomes of its answer.
    pub(crate) fn meet(&self, call: &Call) -> (Duration, Outcome) {
        self.walk(|selected| selected.selects(call))
    }

    /// Whether a call that Parameter Store makes to read `name` succeeds: an action on an ARN.
    pub(crate) fn meet_inner(
        &self,
        here: &Location,
        action: &str,
        arn: &str,
        name: &ParameterName<'_>,
    ) -> Result<()> {
        match self.walk(|selected| selected.selects_inner(action, name)).1.reply {
            Some(Reply::Deny) => Err(ServiceError::not_allowed(here, action, arn)),
            Some(Reply::Fail) if action.ends_with(DECRYPT) => Err(ServiceError::key_disabled(arn)),
            Some(Reply::Fail) => Err(ServiceError::internal()),
            Some(Reply::NoKey) => Err(ServiceError::no_key(arn)),
            Some(Reply::Error { code, message }) => Err(ServiceError::new(code, message)),
            _ => Ok(()),
        }
    }

    fn walk(&self, selects: impl Fn(&Selected) -> bool) -> (Duration, Outcome) {
        let mut waited = Duration::ZERO;
        for line in &mut *self.lines() {
            if selects(line.selected()) {
                let (delay, outcome) = line.meet();
                waited += delay;
                if let Some(outcome) = outcome {
                    return (waited, outcome);
                }
            }
        }
        (waited, Outcome::default())
    }

    fn lines(&self) -> MutexGuard<'_, Vec<Line>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
