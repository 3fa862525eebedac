//! The one error of a load, which holds every problem and never a value.

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
/// `Debug` prints what `Display` prints, because that is what a failed `main` shows. No text of it
/// holds the value of a parameter, unless neither the field nor the parameter is secret and the
/// value could not be read as the field's type.
///
/// ```text
/// cannot load `Config` for stage `prod`: 3 problems
///   stripe_secret_key: parameter `/stripeSecretKey/live` does not exist in us-east-1
///   limit: parameter `/limit/prod` is not a `u32`: invalid digit found in string
///   database.url: access to parameter `/db/prod/url` is denied: the role needs `ssm:GetParameters` on `arn:aws:ssm:us-east-1:111122223333:parameter/db/prod/url`
/// help: aws ssm put-parameter --name /stripeSecretKey/live --type SecureString --region us-east-1 --value …
/// help: allow `ssm:GetParameters` in a policy of the role
/// help: if a value may be absent, make its field an `Option`
/// ```
#[derive(Clone)]
pub struct LoadError(Arc<Inner>);

struct Inner {
    config: &'static str,
    stage: Option<Stage>,
    problems: Vec<Problem>,
    /// Where the source looked.
    place: Option<String>,
}

impl LoadError {
    pub(crate) fn new(
        config: &'static str,
        stage: Stage,
        problems: Vec<Problem>,
        place: Option<&str>,
    ) -> Self {
        let place = place.map(str::to_owned);
        Self(Arc::new(Inner { config, stage: Some(stage), problems, place }))
    }

    pub(crate) fn of_stage(config: &'static str, error: &StageError) -> Self {
        Self::before_loading(config, Problem::from_stage(error))
    }

    /// A caller wanted the value sooner than the load could give it.
    pub(crate) fn out_of_time(config: &'static str, limit: Duration) -> Self {
        let what = format!(
            "it was not loaded within {limit:?}, the caller's time limit; the load continues"
        );
        Self::before_loading(config, Problem::unnamed(ProblemKind::Unavailable, what))
    }

    /// The panic's own message may hold a value, so it is not repeated.
    pub(crate) fn panicked(config: &'static str) -> Self {
        let what = "the load panicked: in its source, in the `FromStr` of a field, or in \
                    `validate`; the panic message is on standard error";
        Self::before_loading(config, Problem::unnamed(ProblemKind::Panicked, what.to_owned()))
    }

    fn before_loading(config: &'static str, problem: Problem) -> Self {
        Self(Arc::new(Inner { config, stage: None, problems: vec![problem], place: None }))
    }

    /// The problems, at least one: those of literals in the source code, then all others, each in
    /// the order of the struct's fields. A parameter, secret, path or variable that several fields
    /// read is one problem, unless they read it as other types.
    pub fn problems(&self) -> &[Problem] {
        &self.0.problems
    }

    /// Whether trying again may help, with nothing changed: every problem is
    /// [`Unavailable`](ProblemKind::Unavailable).
    pub fn is_transient(&self) -> bool {
        let problems = self.problems();
        !problems.is_empty()
            && problems.iter().all(|problem| problem.kind == ProblemKind::Unavailable)
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { config, stage, problems, place } = &*self.0;
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
        write_help(problems.iter().flat_map(|problem| &problem.remedies), place.as_deref(), f)
    }
}

/// Reads like its `Display`: a failed `main` prints it.
impl fmt::Debug for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for LoadError {}
