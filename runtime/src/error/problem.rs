//! One problem of a load.

use std::collections::HashMap;
use std::fmt;

use super::remedy::Remedy;
use super::subject::Subject;
use crate::schema::stage::{Stage, StageError};

/// One thing that went wrong in a load.
#[derive(Clone)]
pub struct Problem {
    pub(super) kind: ProblemKind,
    /// By their whole paths: `database.url`.
    fields: Vec<String>,
    subject: Option<Subject>,
    stage: Option<String>,
    what: String,
    pub(super) remedies: Vec<Remedy>,
}

/// What sort of thing went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ProblemKind {
    /// No stage could be chosen, so nothing was asked for.
    Stage,
    /// The parameter does not exist, or the environment variable is not set.
    Missing,
    /// The role may not read the parameter.
    Denied,
    /// The value cannot be read, and trying again does not help: a wrong KMS key, no region, no
    /// credentials.
    Unreadable,
    /// The value was read, but is not of the field's type.
    Malformed,
    /// All fields were read, but `#[stage_config(validate = …)]` refuses what they say together.
    Invalid,
    /// The value cannot be read now, but perhaps later: throttled, timed out, not reachable.
    Unavailable,
    /// The program's own code panicked during the load of a [`ColdStart`](crate::ColdStart).
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

    /// The refusal of a stage.
    pub(super) fn from_stage(error: &StageError) -> Self {
        Self {
            fields: error.fields().to_vec(),
            stage: error.deployed().map(str::to_owned),
            remedies: error.ways_out().into_iter().map(Remedy::Say).collect(),
            ..Self::unnamed(ProblemKind::Stage, error.line())
        }
    }

    pub(super) fn unnamed(kind: ProblemKind, what: String) -> Self {
        let (fields, remedies) = (Vec::new(), Vec::new());
        Self { kind, fields, subject: None, stage: None, what, remedies }
    }

    /// With what can be done about it.
    pub(crate) fn with(mut self, remedies: impl IntoIterator<Item = Remedy>) -> Self {
        self.remedies.extend(remedies);
        self
    }

    /// Adds it to those of a load, or its fields to the problem that they have in common.
    pub(crate) fn note(self, problems: &mut Vec<Self>) {
        match problems.iter_mut().find(|noted| noted.is_same(&self)) {
            Some(noted) => {
                noted.fields.extend(self.fields);
                noted.remedies.extend(self.remedies);
            }
            None => problems.push(self),
        }
    }

    /// Whether the same happened to what both were to read. What a text is not, and what a check
    /// refuses, is a matter of each field.
    fn is_same(&self, other: &Self) -> bool {
        self.kind == other.kind
            && self.kind != ProblemKind::Malformed
            && self.what == other.what
            && self.subject.is_some()
            && self.subject == other.subject
    }

    /// Takes note that it is in an optional struct, `path` with a dot after it, of which other
    /// parameters exist, if a parameter is missing there. Of structs in one another, the innermost
    /// comes first and counts.
    pub(crate) fn is_in_part(&mut self, path: &str) {
        if self.kind != ProblemKind::Missing || self.parameter().is_none() {
            return;
        }
        let is_in = |field: &String, part: &str| {
            field.strip_prefix(part).is_some_and(|rest| rest.starts_with('.'))
        };
        let part = path.trim_end_matches('.');
        let is_noted = |field: &String| {
            let of_field =
                |remedy: &Remedy| matches!(remedy, Remedy::Whole(part) if is_in(field, part));
            self.remedies.iter().any(of_field)
        };
        if self.fields.iter().any(|field| is_in(field, part) && !is_noted(field)) {
            self.remedies.push(Remedy::Whole(part.to_owned()));
        }
    }

    /// What sort of thing went wrong.
    pub fn kind(&self) -> ProblemKind {
        self.kind
    }

    /// The fields that it concerns, in their order and by their whole paths: `database.url` of a
    /// field `url` in a nested struct `database`. Several if they read the same parameter; none if
    /// it concerns the struct or its stage.
    pub fn fields(&self) -> &[String] {
        &self.fields
    }

    /// The name of the parameter, or the path, that was asked for; of a secret the name under which
    /// Parameter Store reads it.
    pub fn parameter(&self) -> Option<&str> {
        match &self.subject {
            Some(Subject::Parameter(name) | Subject::Secret(name) | Subject::Path(name)) => {
                Some(name.as_str())
            }
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

    /// What befell it, where it may be the whole request that this befell.
    fn of_request(&self) -> Option<(ProblemKind, Option<&'static str>, &str)> {
        let of_request = matches!(self.kind, ProblemKind::Unavailable | ProblemKind::Unreadable);
        let noun = self.subject.as_ref().map(Subject::noun);
        of_request.then_some((self.kind, noun, &self.what))
    }
}

/// The problems that one line can say, line by line: what befell a whole request befell each of its
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

/// As its line in the error of the whole load.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_alike(&[self], f)
    }
}

/// Reads like its `Display`.
impl fmt::Debug for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
