//! One problem of a load.

use std::collections::HashMap;
use std::fmt;

use super::remedy::Remedy;
use super::subject::Subject;
use crate::schema::stage::{Stage, StageError};

/// A problem of a load.
#[derive(Clone)]
pub struct Problem {
    pub(super) kind: ProblemKind,
    /// Their paths: `database.url`.
    fields: Vec<String>,
    subject: Option<Subject>,
    stage: Option<String>,
    what: String,
    pub(super) remedies: Vec<Remedy>,
}

/// The kind of a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ProblemKind {
    /// No stage could be chosen, so nothing was requested.
    Stage,
    /// The value is absent: there is no such parameter, environment variable or key in a JSON
    /// object, or nothing under a `required` path.
    Missing,
    /// The role may not read the parameter.
    Denied,
    /// The value cannot be read, and a retry does not help: a wrong KMS key, no region, no
    /// credentials.
    Unreadable,
    /// The value does not convert to the type of the field.
    Malformed,
    /// All fields were read, but `validate` returned an error.
    Invalid,
    /// The value cannot be read for a transient reason: throttled, timed out, not reachable.
    Unavailable,
    /// A parameter comes from an AWS account that `accounts(…)` does not list for the stage. It is the
    /// only problem of its load, and no value was used.
    WrongAccount,
    /// Code of the program panicked during a load of a [`ColdStart`](crate::ColdStart).
    Panicked,
}

impl Problem {
    pub(crate) fn new(
        kind: ProblemKind,
        field: Option<String>,
        subject: Option<Subject>,
        stage: &Stage,
        what: String,
    ) -> Self {
        let stage = match subject {
            Some(Subject::Literal(stage)) if !stage.is_empty() => Some(stage),
            _ => stage.declared(),
        };
        let stage = stage.map(str::to_owned);
        let fields = field.into_iter().collect();
        Self { fields, subject, stage, ..Self::unnamed(kind, what) }
    }

    /// The problem of a refused stage.
    pub(super) fn from_stage(error: &StageError) -> Self {
        Self {
            fields: error.0.fields.clone(),
            stage: error.deployed().map(str::to_owned),
            remedies: error.0.ways_out.iter().cloned().map(Remedy::Say).collect(),
            ..Self::unnamed(ProblemKind::Stage, error.0.line.clone())
        }
    }

    pub(super) fn unnamed(kind: ProblemKind, what: String) -> Self {
        let (fields, remedies) = (Vec::new(), Vec::new());
        Self { kind, fields, subject: None, stage: None, what, remedies }
    }

    /// Adds remedies.
    pub(crate) fn with(mut self, remedies: impl IntoIterator<Item = Remedy>) -> Self {
        self.remedies.extend(remedies);
        self
    }

    /// Adds it to the problems of a load. If the same problem exists, adds its fields to that one.
    pub(crate) fn note(self, problems: &mut Vec<Self>) {
        match problems.iter_mut().find(|noted| noted.is_same(&self)) {
            Some(noted) => {
                noted.fields.extend(self.fields);
                noted.remedies.extend(self.remedies);
            }
            None => problems.push(self),
        }
    }

    /// Whether both fields read the same, with the same failure. Conversions fail for each field.
    fn is_same(&self, other: &Self) -> bool {
        self.kind == other.kind
            && self.kind != ProblemKind::Malformed
            && self.what == other.what
            && self.subject.is_some()
            && self.subject == other.subject
    }

    /// If a parameter is missing in the optional struct at the path `part`, of which others exist,
    /// adds a remedy that explains it. The innermost struct comes first, and counts.
    pub(crate) fn is_in_part(&mut self, part: &str) {
        let is_in = |field: &str, part: &str| {
            field.strip_prefix(part).is_some_and(|rest| rest.starts_with('.'))
        };
        let is_noted = |field: &str| {
            let of_field = |it: &_| matches!(it, Remedy::Whole(part) if is_in(field, part));
            self.remedies.iter().any(of_field)
        };
        let is_missing = self.kind == ProblemKind::Missing && self.parameter().is_some();
        if is_missing && self.fields.iter().any(|it| is_in(it, part) && !is_noted(it)) {
            self.remedies.push(Remedy::Whole(part.to_owned()));
        }
    }

    /// The kind of the problem.
    pub fn kind(&self) -> ProblemKind {
        self.kind
    }

    /// The paths of its fields, in order: `database.url` for a field `url` in a nested struct
    /// `database`. There are several if they read the same parameter, and none if the problem
    /// concerns the struct or its stage.
    pub fn fields(&self) -> &[String] {
        &self.fields
    }

    /// The requested parameter or path. For a secret, it is the name by which Parameter Store reads
    /// it.
    pub fn parameter(&self) -> Option<&str> {
        match &self.subject {
            Some(Subject::Name(_, name)) => Some(name.as_str()),
            _ => None,
        }
    }

    /// The name of the environment variable that was read.
    pub fn variable(&self) -> Option<&str> {
        match &self.subject {
            Some(Subject::Variable(name)) => Some(name),
            _ => None,
        }
    }

    /// The declared stage that was loaded, or the stage of a literal in the source code. For a
    /// [`Stage`](ProblemKind::Stage) problem, the stage that was refused.
    pub fn stage(&self) -> Option<&str> {
        self.stage.as_deref()
    }

    /// A failure that may concern the whole request.
    fn of_request(&self) -> Option<(ProblemKind, Option<&'static str>, &str)> {
        let of_request = matches!(self.kind, ProblemKind::Unavailable | ProblemKind::Unreadable);
        let noun = self.subject.as_ref().map(Subject::noun);
        of_request.then_some((self.kind, noun, &self.what))
    }
}

/// Groups the problems by line: a failure of the whole request is printed once for all its
/// parameters.
pub(super) fn lines(problems: &[Problem]) -> Vec<Vec<&Problem>> {
    let mut lines: Vec<Vec<_>> = Vec::new();
    let mut line_of = HashMap::new();
    for problem in problems {
        let line = match problem.of_request() {
            Some(what) => *line_of.entry(what).or_insert(lines.len()),
            None => lines.len(),
        };
        match lines.get_mut(line) {
            Some(line) => line.push(problem),
            None => lines.push(vec![problem]),
        }
    }
    lines
}

pub(super) fn write_alike(alike: &[&Problem], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let Some(first) = alike.first() else { return Ok(()) };
    let fields: Vec<_> = alike.iter().flat_map(|problem| problem.fields()).cloned().collect();
    if !fields.is_empty() {
        write!(f, "{}: ", fields.join(", "))?;
    }
    if let Some(subject) = &first.subject {
        let names: Vec<_> =
            alike.iter().filter_map(|problem| problem.subject.as_ref()?.name()).collect();
        let access = if first.kind == ProblemKind::Denied { "access to " } else { "" };
        let plural = if names.len() > 1 { "s" } else { "" };
        write!(f, "{access}{}{plural} ", subject.noun())?;
        if !names.is_empty() {
            write!(f, "`{}` ", names.join("`, `"))?;
        }
    }
    f.write_str(&first.what)
}

/// Its line in the error of the load.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_alike(&[self], f)
    }
}

/// The same as `Display`.
impl fmt::Debug for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
