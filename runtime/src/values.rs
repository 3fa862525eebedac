//! The values of one load, as the fields ask for them, and the problems they meet.

use std::borrow::Cow;

use secrecy::ExposeSecret;

use crate::convert::{Convert, json};
use crate::environment::Environment;
use crate::error::{Problem, ProblemKind, Subject};
use crate::source::{Answer, Answers};
use crate::stage::Stage;
use crate::table::{Field, Kind, ParameterTable};
use crate::value::Malformed;

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
    /// What stands under one key, as it stands in the JSON.
    Key {
        key: &'static str,
        json: Cow<'a, str>,
        secure: bool,
    },
    /// There is none; how that is said.
    Absent(String),
    /// The JSON is there, and the key is not; how that is said, and what to do.
    NoKey(String),
    /// There may be one, but it cannot be had.
    Nothing(ProblemKind, String),
}

impl Slot<'_, '_> {
    /// The literal stands in where the value is absent.
    #[must_use]
    pub fn or_literal(mut self, default: &'static str) -> Self {
        if let Found::Absent(_) | Found::NoKey(_) = self.found {
            self.found = Found::Literal(default);
            self.subject = Subject::Literal;
        }
        self
    }

    /// The text becomes that of one key of the JSON object that it is; of `a.b`, the key `b` of the
    /// object under `a`. Absent where there is no such key, or where it is `null`.
    #[must_use]
    pub fn json_key(mut self, key: &'static str) -> Self {
        let found = std::mem::replace(&mut self.found, Found::Absent(String::new()));
        self.found = match found {
            Found::Text { text, secure } => match json::of_key(text, key) {
                Ok(Ok(json)) => Found::Key { key, json, secure },
                Ok(Err(what)) => Found::NoKey(what),
                Err(malformed) => {
                    let what = format!("is not {}", malformed.describe(self.field.ty, true));
                    Found::Nothing(ProblemKind::Malformed, what)
                }
            },
            other => other,
        };
        self
    }

    /// The value. `None` where there is a problem, which is noted.
    pub(crate) fn required<T, C: Convert<T, M>, M>(self, conversion: &C) -> Option<T> {
        let what = match &self.found {
            Found::Absent(what) => format!("{what}: {}", self.remedy()),
            Found::NoKey(what) => format!("{what}, or {}", self.do_without()),
            _ => return self.read::<T, C, M, _>(|text| conversion.convert(text))?,
        };
        self.note(ProblemKind::Missing, what)
    }

    /// The same; `Some(None)` where the value is absent.
    #[expect(clippy::option_option, reason = "read or not, and then there or not")]
    pub(crate) fn present<T, C: Convert<T, M>, M>(self, conversion: &C) -> Option<Option<T>> {
        self.read::<T, C, M, _>(|text| conversion.convert(text))
    }

    /// The same for a field that may be without: `null` is absent too, where the value is JSON.
    #[expect(clippy::option_option, reason = "read or not, and then there or not")]
    pub(crate) fn optional<T, C: Convert<T, M>, M>(self, conversion: &C) -> Option<Option<T>> {
        Some(self.read::<T, C, M, _>(|text| conversion.convert_optional(text))?.flatten())
    }

    /// The literal as it is.
    pub(crate) fn literal(self) -> &'static str {
        match self.found {
            Found::Literal(text) => text,
            _ => unreachable!("the derive asks this of literals only"),
        }
    }

    #[expect(clippy::option_option, reason = "read or not, and then there or not")]
    fn read<T, C, M, U>(
        mut self,
        as_asked: impl FnOnce(&str) -> Result<U, Malformed>,
    ) -> Option<Option<U>>
    where
        C: Convert<T, M>,
    {
        let found = std::mem::replace(&mut self.found, Found::Absent(String::new()));
        let (read, secure, key) = match &found {
            Found::Text { text, secure } => (as_asked(text), *secure, None),
            Found::Key { json, secure, key } if C::JSON => (as_asked(json), *secure, Some(key)),
            Found::Key { json, secure, key } => (
                json::text_of(json).and_then(|text: Cow<'_, str>| as_asked(&text)),
                *secure,
                Some(key),
            ),
            Found::Literal(text) => (as_asked(text), false, None),
            Found::Absent(_) | Found::NoKey(_) => return Some(None),
            Found::Nothing(kind, what) => return self.note(*kind, what.clone()),
        };
        let malformed = match read {
            Ok(value) => return Some(Some(value)),
            Err(malformed) => malformed,
        };
        let what = malformed.describe(self.field.ty, secure || self.field.secret || C::SECRET);
        let what = match key {
            Some(key) => format!("has a key `{key}` whose value is not {what}"),
            None => format!("is not {what}"),
        };
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
        format!("{create}, or {}", self.do_without())
    }

    fn do_without(&self) -> String {
        let or = if self.field.secret { "make" } else { "give the field a `default`, or make" };
        format!("{or} the field an `Option`")
    }

    fn note<T>(self, kind: ProblemKind, what: String) -> Option<T> {
        let Self { values, field, subject, .. } = self;
        values.problems.push(Problem::new(kind, field.name, subject, values.stage, what));
        None
    }
}

#[cfg(test)]
mod tests;
