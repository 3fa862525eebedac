//! The error of a load. It contains every problem, and no secret.

mod problem;
pub(crate) mod remedy;
mod subject;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use self::problem::{lines, write_alike};
use self::remedy::write_help;
use crate::schema::stage::{Stage, StageError};

pub use self::problem::{Problem, ProblemKind};
pub(crate) use self::subject::Subject;

/// Why a configuration could not be loaded: every problem of the load at once.
///
/// `Debug` prints the same as `Display`, because a failed `main` prints `Debug`. The library never
/// puts a secret into it; your `validate` and sources must not either. It may quote another value
/// that does not convert to the type of its field.
#[derive(Clone)]
pub struct LoadError(Arc<Inner>);

struct Inner {
    config: &'static str,
    stage: Option<Stage>,
    problems: Vec<Problem>,
    /// The location where the source looked.
    location: Option<String>,
}

impl LoadError {
    pub(crate) fn new(
        config: &'static str,
        stage: Stage,
        problems: Vec<Problem>,
        location: Option<&str>,
    ) -> Self {
        let location = location.map(str::to_owned);
        Self(Arc::new(Inner { config, stage: Some(stage), problems, location }))
    }

    pub(crate) fn from_stage(config: &'static str, error: &StageError) -> Self {
        Self::before_loading(config, Problem::from_stage(error))
    }

    /// The time limit of a caller is over.
    pub(crate) fn out_of_time(config: &'static str, limit: Duration) -> Self {
        let what = format!(
            "it was not loaded within {limit:?}, the caller's time limit; the load continues"
        );
        Self::before_loading(config, Problem::unnamed(ProblemKind::Unavailable, what))
    }

    /// The message of the panic may contain a value, so it is not included.
    pub(crate) fn panicked(config: &'static str) -> Self {
        let what = "the load panicked: in its source, in the `FromStr` of a field, or in \
                    `validate`; the panic message is on standard error";
        Self::before_loading(config, Problem::unnamed(ProblemKind::Panicked, what.to_owned()))
    }

    fn before_loading(config: &'static str, problem: Problem) -> Self {
        Self(Arc::new(Inner { config, stage: None, problems: vec![problem], location: None }))
    }

    /// The problems, at least one: first those of string literals, then all others, in the order of
    /// the fields. If several fields read a parameter, secret, path or variable that fails, it is
    /// one problem, unless it only fails to convert to their types.
    pub fn problems(&self) -> &[Problem] {
        &self.0.problems
    }

    /// Whether a retry may help: every problem is [`Unavailable`](ProblemKind::Unavailable).
    pub fn is_transient(&self) -> bool {
        let problems = self.problems();
        !problems.is_empty()
            && problems.iter().all(|problem| problem.kind == ProblemKind::Unavailable)
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { config, stage, problems, location } = &*self.0;
        write!(f, "cannot load `{config}`")?;
        if let Some(stage) = stage.as_ref().filter(|stage| !stage.chosen().is_empty()) {
            write!(f, " for stage `{}`", stage.chosen())?;
            match stage.given() {
                Some(deployed) if deployed == stage.chosen() => {}
                Some(deployed) => write!(f, " (deployed as `{}`)", deployed.escape_debug())?,
                None => f.write_str(" (no stage is given)")?,
            }
        }
        let plural = if problems.len() == 1 { "" } else { "s" };
        write!(f, ": {} problem{plural}", problems.len())?;
        for alike in lines(problems) {
            f.write_str("\n  ")?;
            write_alike(&alike, f)?;
        }
        write_help(problems.iter().flat_map(|problem| &problem.remedies), location.as_deref(), f)
    }
}

/// The same as `Display`, because a failed `main` prints `Debug`.
impl fmt::Debug for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for LoadError {}
