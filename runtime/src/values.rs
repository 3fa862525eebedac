//! The values of one load, as the fields ask for them, and the problems they meet.

use std::borrow::Cow;

use secrecy::ExposeSecret;

use crate::environment::Environment;
use crate::error::{Problem, ProblemKind, Subject};
use crate::source::{Answer, Answers};
use crate::stage::Stage;
use crate::table::{Field, Kind, ParameterTable};
use crate::value::FromText;

/// What a load has to offer to the fields of a struct.
pub struct Values<'a> {
    table: &'static ParameterTable,
    stage: &'a Stage,
    answers: &'a Answers,
    environment: &'a Environment,
    problems: Vec<Problem>,
}

impl<'a> Values<'a> {
    pub(crate) fn new(
        table: &'static ParameterTable,
        stage: &'a Stage,
        answers: &'a Answers,
        environment: &'a Environment,
    ) -> Self {
        Self { table, stage, answers, environment, problems: Vec::new() }
    }

    pub(crate) fn into_problems(self) -> Vec<Problem> {
        self.problems
    }

    /// The declared stage that was chosen; empty where none is declared.
    pub fn resolved(&self) -> &'static str {
        self.stage.resolved()
    }

    /// What there is for the field in row `index` of the table.
    pub fn field(&mut self, index: usize) -> Slot<'_, 'a> {
        let field = &self.table.fields[index];
        let (subject, found) = match field.kind {
            Kind::Ssm(names) => {
                let name = names.asked_at(self.stage.resolved());
                (Subject::Parameter(name.to_string()), self.parameter(&name))
            }
            Kind::Env(variable) => (Subject::Variable(variable), self.variable(variable)),
            Kind::Stage | Kind::Value => (Subject::Stage, self.stage_itself()),
        };
        Slot { values: self, field, subject, found }
    }

    /// A literal of the source code, for the field in row `index` of the table.
    pub fn literal(&mut self, index: usize, text: &'static str) -> Slot<'_, 'a> {
        let field = &self.table.fields[index];
        Slot { values: self, field, subject: Subject::Literal, found: Found::Literal(text) }
    }

    fn parameter(&self, name: &str) -> Found<'a> {
        let place = || match self.answers.place() {
            Some(place) => format!(" in {place}"),
            None => String::new(),
        };
        match self.answers.get(name) {
            Some(Answer::Found { text, secure }) => {
                Found::Text { text: Cow::Borrowed(text.expose_secret()), secure: *secure }
            }
            None | Some(Answer::Missing) => Found::Absent(format!("does not exist{}", place())),
            Some(Answer::Denied { action, resource, words }) => {
                let words = words.as_ref().map(|words| format!(" ({words})")).unwrap_or_default();
                let what =
                    format!("may not be read: the role needs `{action}` on `{resource}`{words}");
                Found::Nothing(ProblemKind::Denied, what)
            }
            Some(Answer::Unreadable(why)) => Found::Nothing(ProblemKind::Unreadable, why.clone()),
            Some(Answer::Unavailable(why)) => Found::Nothing(ProblemKind::Unavailable, why.clone()),
        }
    }

    fn variable(&self, name: &str) -> Found<'a> {
        match self.environment.get(name) {
            Ok(Some(text)) => Found::Text { text: Cow::Owned(text), secure: false },
            Ok(None) => Found::Absent("is not set".to_owned()),
            Err(_) => Found::Nothing(ProblemKind::Malformed, "is not UTF-8".to_owned()),
        }
    }

    fn stage_itself(&self) -> Found<'a> {
        match self.stage.deployed() {
            "" => Found::Absent("is not given".to_owned()),
            stage => Found::Text { text: Cow::Borrowed(stage), secure: false },
        }
    }
}

/// What there is for one field. Never printed: it holds the value.
pub struct Slot<'v, 'a> {
    values: &'v mut Values<'a>,
    field: &'static Field,
    subject: Subject,
    found: Found<'a>,
}

enum Found<'a> {
    Text {
        text: Cow<'a, str>,
        secure: bool,
    },
    Literal(&'static str),
    /// There is none; how that is said.
    Absent(String),
    /// There may be one, but it cannot be had.
    Nothing(ProblemKind, String),
}

impl Slot<'_, '_> {
    /// The literal stands in where the value is absent.
    #[must_use]
    pub fn or_literal(mut self, default: &'static str) -> Self {
        if let Found::Absent(_) = self.found {
            self.found = Found::Literal(default);
            self.subject = Subject::Literal;
        }
        self
    }

    /// The value, read as a `T`. `None` where there is a problem, which is noted.
    pub(crate) fn required<T: FromText<M>, M>(self) -> Option<T> {
        if let Found::Absent(what) = &self.found {
            let what = format!("{what}: {}", self.remedy());
            return self.note(ProblemKind::Missing, what);
        }
        self.optional()?
    }

    /// The same; `Some(None)` where the value is absent.
    #[expect(clippy::option_option, reason = "read or not, and then there or not")]
    pub(crate) fn optional<T: FromText<M>, M>(mut self) -> Option<Option<T>> {
        let found = std::mem::replace(&mut self.found, Found::Absent(String::new()));
        match found {
            Found::Text { text, secure } => self.parse(&text, secure).map(Some),
            Found::Literal(text) => self.parse(text, false).map(Some),
            Found::Absent(_) => Some(None),
            Found::Nothing(kind, what) => self.note(kind, what),
        }
    }

    /// The literal as it is.
    pub(crate) fn literal(self) -> &'static str {
        match self.found {
            Found::Literal(text) => text,
            _ => unreachable!("the derive asks this of literals only"),
        }
    }

    fn parse<T: FromText<M>, M>(self, text: &str, secure: bool) -> Option<T> {
        let malformed = match T::from_text(text) {
            Ok(value) => return Some(value),
            Err(malformed) => malformed,
        };
        // What is there is not of the inner type; that the field may be without is beside the point.
        let ty = self.field.ty;
        let ty = ty.strip_prefix("Option<").and_then(|it| it.strip_suffix('>')).unwrap_or(ty);
        let a = if sounds_like_a_vowel(ty) { "an" } else { "a" };
        let mut what = if secure || self.field.secret || T::SECRET {
            format!("is not {a} `{ty}` (its text is secret and not shown)")
        } else {
            format!("is not {a} `{ty}`: {}", malformed.into_reason())
        };
        if text.trim() != text {
            what.push_str("; it has blanks at its ends");
        }
        self.note(ProblemKind::Malformed, what)
    }

    fn remedy(&self) -> String {
        let create = match &self.subject {
            Subject::Parameter(_) if self.field.secret => "create it as a SecureString".to_owned(),
            Subject::Parameter(_) | Subject::Literal => "create it".to_owned(),
            Subject::Variable(_) => "set it".to_owned(),
            Subject::Stage => {
                let variable = self.values.table.variable.unwrap_or("stage");
                return format!("set the environment variable `{variable}`");
            }
        };
        let or = if self.field.secret { "make" } else { "give the field a `default`, or make" };
        format!("{create}, or {or} the field an `Option`")
    }

    fn note<T>(self, kind: ProblemKind, what: String) -> Option<T> {
        let Self { values, field, subject, .. } = self;
        values.problems.push(Problem::new(kind, field.name, subject, values.stage, what));
        None
    }
}

/// `an i64`, `an f32`, `an Address`; but `a u8`.
fn sounds_like_a_vowel(ty: &str) -> bool {
    let float = ty.starts_with("f32") || ty.starts_with("f64");
    float || ty.starts_with(['a', 'e', 'i', 'o', 'A', 'E', 'I', 'O'])
}
