//! The values of one load, as the fields ask for them, and the problems they meet.

use std::borrow::Cow;
use std::fmt::Display;

use secrecy::ExposeSecret;
use stage_config_names::NameOf;

use crate::asked::{Parameter, Prefix};
use crate::environment::Environment;
use crate::error::{Problem, ProblemKind, Subject};
use crate::source::{Answer, Answers};
use crate::stage::Stage;
use crate::table::{Field, Kind, ParameterTable};
use crate::value::FromText;

/// What a load has to offer to the fields of a struct.
pub struct Values<'a> {
    load: Load<'a>,
    table: &'static ParameterTable,
    /// The path of the struct, with a dot behind it; empty for the outermost.
    path: String,
    prefix: Prefix,
    problems: &'a mut Vec<Problem>,
}

/// What all structs of one load have in common.
#[derive(Clone, Copy)]
pub(crate) struct Load<'a> {
    pub(crate) table: &'static ParameterTable,
    pub(crate) stage: &'a Stage,
    pub(crate) answers: &'a Answers,
    pub(crate) environment: &'a Environment,
}

impl<'a> Values<'a> {
    /// For the outermost struct. What goes wrong is noted in `problems`.
    pub(crate) fn new(load: Load<'a>, problems: &'a mut Vec<Problem>) -> Self {
        let (path, prefix) = (String::new(), Prefix::default());
        Self { load, table: load.table, path, prefix, problems }
    }

    /// For the nested struct in row `index` of the table.
    pub(crate) fn nested(&mut self, index: usize) -> Values<'_> {
        let Field { name, kind, .. } = self.table.fields[index];
        let Kind::Nested(table, names) = kind else {
            unreachable!("the derive asks this of nested structs only")
        };
        Values {
            load: self.load,
            table,
            path: format!("{}{name}.", self.path),
            prefix: self.prefix.and(names),
            problems: self.problems,
        }
    }

    /// Whether the struct reads something from Parameter Store, and none of it is there.
    pub(crate) fn none_exists(&self) -> bool {
        let parameters = self.table.below(&self.path, &self.prefix);
        let is_missing = |parameter: &Parameter| {
            parameter.asked_at(self.load.stage).iter().all(|name| match parameter.of_what() {
                NameOf::Path => todo!(),
                NameOf::Parameter | NameOf::Secret => {
                    matches!(self.load.answers.get(name), None | Some(Answer::Missing))
                }
            })
        };
        !parameters.is_empty() && parameters.iter().all(is_missing)
    }

    /// The declared stage that was chosen; empty where none is declared.
    pub fn resolved(&self) -> &'static str {
        self.load.stage.resolved()
    }

    /// What there is for the field in row `index` of the table.
    pub fn field(&mut self, index: usize) -> Slot<'_, 'a> {
        let field = &self.table.fields[index];
        let (subject, found) = match field.kind {
            Kind::Env(variable) => (Subject::Variable(variable), self.variable(variable)),
            _ => match Parameter::of(field, "", &self.prefix) {
                Some(parameter) => self.parameter(&parameter),
                None => (Subject::Stage, self.stage_itself()),
            },
        };
        Slot { values: self, field, subject, found }
    }

    /// A literal of the source code, for the field in row `index` of the table.
    pub fn literal(&mut self, index: usize, text: &'static str) -> Slot<'_, 'a> {
        let field = &self.table.fields[index];
        Slot { values: self, field, subject: Subject::Literal, found: Found::Literal(text) }
    }

    /// Notes what a check of the whole struct has found.
    pub fn validate<E: Display>(&mut self, result: Result<(), E>) -> Option<()> {
        let Err(error) = result else { return Some(()) };
        let path = self.path.strip_suffix('.').map(str::to_owned);
        let what = format!("`{}` is not valid: {error}", self.table.config);
        self.problems.push(Problem::new(ProblemKind::Invalid, path, None, self.load.stage, what));
        None
    }

    /// The first of its names that exists. What is denied or cannot be read is no reason to look
    /// at the next.
    fn parameter(&self, parameter: &Parameter) -> (Subject, Found<'a>) {
        let asked = parameter.asked_at(self.load.stage);
        let is_there = |name: &&Cow<'static, str>| {
            !matches!(self.load.answers.get(name), None | Some(Answer::Missing))
        };
        let name = asked.iter().find(is_there).unwrap_or(&asked[0]);
        let found = match self.load.answers.get(name) {
            Some(Answer::Found { text, secure }) => {
                Found::Text { text: Cow::Borrowed(text.expose_secret()), secure: *secure }
            }
            None | Some(Answer::Missing) => Found::Absent(self.missing(&asked[1..])),
            Some(Answer::Denied { action, resource, words }) => {
                let words = words.as_ref().map(|words| format!(" ({words})")).unwrap_or_default();
                let what =
                    format!("may not be read: the role needs `{action}` on `{resource}`{words}");
                Found::Nothing(ProblemKind::Denied, what)
            }
            Some(Answer::Unreadable(why)) => Found::Nothing(ProblemKind::Unreadable, why.clone()),
            Some(Answer::Unavailable(why)) => Found::Nothing(ProblemKind::Unavailable, why.clone()),
        };
        (Subject::Parameter(name.to_string()), found)
    }

    /// That a parameter is not there, and neither are those that may stand in.
    fn missing(&self, others: &[Cow<'static, str>]) -> String {
        let place = self.load.answers.place().map(|place| format!(" in {place}"));
        let mut what = format!("does not exist{}", place.unwrap_or_default());
        for other in others {
            what.push_str(&format!(", nor does `{other}`"));
        }
        what
    }

    fn variable(&self, name: &str) -> Found<'a> {
        match self.load.environment.get(name) {
            Ok(Some(text)) => Found::Text { text: Cow::Owned(text), secure: false },
            Ok(None) => Found::Absent("is not set".to_owned()),
            Err(_) => Found::Nothing(ProblemKind::Malformed, "is not UTF-8".to_owned()),
        }
    }

    fn stage_itself(&self) -> Found<'a> {
        match self.load.stage.deployed() {
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
                let variable = self.values.load.table.variable.unwrap_or("stage");
                return format!("set the environment variable `{variable}`");
            }
        };
        let or = if self.field.secret { "make" } else { "give the field a `default`, or make" };
        format!("{create}, or {or} the field an `Option`")
    }

    fn note<T>(self, kind: ProblemKind, what: String) -> Option<T> {
        let Self { values, field, subject, .. } = self;
        let path = format!("{}{}", values.path, field.name);
        let stage = values.load.stage;
        values.problems.push(Problem::new(kind, Some(path), Some(subject), stage, what));
        None
    }
}

/// `an i64`, `an f32`, `an Address`; but `a u8`.
fn sounds_like_a_vowel(ty: &str) -> bool {
    let float = ty.starts_with("f32") || ty.starts_with("f64");
    float || ty.starts_with(['a', 'e', 'i', 'o', 'A', 'E', 'I', 'O'])
}
