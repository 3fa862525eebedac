//! What there is for one field, and what becomes of it.

use std::borrow::Cow;

use secrecy::ExposeSecret;
use stage_config_names::NameOf;

use crate::asked::Parameter;
use crate::convert::{Convert, json};
use crate::error::{ProblemKind, Subject, own_name};
use crate::source::Answer;
use crate::table::{Field, Kind};
use crate::value::Malformed;
use crate::values::Values;

impl<'a> Values<'a> {
    /// What there is for the field in row `index` of the table.
    pub fn field(&mut self, index: usize) -> Slot<'_, 'a> {
        let field = self.row(index);
        let (subject, found) = match field.kind {
            Kind::Env(variable) => (Subject::Variable(variable), self.variable(variable)),
            _ => match self.parameter_of(field) {
                Some(parameter) => self.parameter(&parameter),
                None => (Subject::Stage, self.stage_itself()),
            },
        };
        Slot { values: self, field, subject, found }
    }

    /// A literal of the source code, for the field in row `index` of the table. What is wrong with
    /// it is not noted, because each load has checked all literals.
    pub fn literal(&mut self, index: usize, text: &'static str) -> Slot<'_, 'a> {
        let field = self.row(index);
        let found = Found::Literal { text, checked: true };
        Slot { values: self, field, subject: Subject::Literal(""), found }
    }

    /// The same, to check it. `stage` is the one that it is for; empty: it is for all.
    pub fn check(&mut self, index: usize, stage: &'static str, text: &'static str) -> Slot<'_, 'a> {
        let field = self.row(index);
        let found = Found::Literal { text, checked: false };
        Slot { values: self, field, subject: Subject::Literal(stage), found }
    }

    /// The first of its names that exists. What is denied or cannot be read is no reason to look
    /// at the next.
    fn parameter(&self, parameter: &Parameter) -> (Subject, Found<'a>) {
        let load = self.load();
        let asked = parameter.asked_at(load.stage.words());
        let name = asked.iter().find(|name| load.answers.has(name)).unwrap_or(&asked[0]);
        let found = match load.answers.get(name) {
            Some(Answer::Found { text, secure }) => Found::Text {
                text: Cow::Borrowed(text.expose_secret()),
                // A secret is one, whatever its source calls it.
                secure: *secure || parameter.of_what() == NameOf::Secret,
            },
            None | Some(Answer::Missing) => {
                let others = asked[1..].iter();
                let others = others.map(|it| format!(", nor does `{}`", own_name(it)));
                let others = others.collect::<String>();
                Found::Absent(format!("does not exist{}{others}", load.answers.in_place()))
            }
            Some(failure) => {
                let (kind, what) = self.failure(failure);
                Found::Nothing(kind, what)
            }
        };
        (Subject::of(parameter.of_what(), name), found)
    }

    fn variable(&self, name: &str) -> Found<'a> {
        let Some(environment) = self.load().environment else { return Found::LeftOut };
        match environment.get(name) {
            Ok(Some(text)) => Found::Text { text: Cow::Owned(text), secure: false },
            Ok(None) => Found::Absent("is not set".to_owned()),
            Err(_) => Found::Nothing(ProblemKind::Malformed, "is not UTF-8".to_owned()),
        }
    }

    fn stage_itself(&self) -> Found<'a> {
        match self.load().stage.deployed() {
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
    Literal {
        text: &'static str,
        /// What is wrong with it is known.
        checked: bool,
    },
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
    /// It is not looked for.
    LeftOut,
    /// There may be one, but it cannot be had.
    Nothing(ProblemKind, String),
}

impl Slot<'_, '_> {
    /// The literal stands in where the value is absent.
    #[must_use]
    pub fn or_literal(mut self, default: &'static str) -> Self {
        if let Found::Absent(_) | Found::NoKey(_) = self.found {
            self.found = Found::Literal { text: default, checked: true };
            self.subject = Subject::Literal("");
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
            Found::Literal { text, .. } => text,
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
            Found::Literal { text, .. } => (as_asked(text), false, None),
            Found::Absent(_) | Found::NoKey(_) => return Some(None),
            Found::LeftOut => return None,
            Found::Nothing(kind, what) => return self.note(*kind, what.clone()),
        };
        let malformed = match read {
            Ok(value) => return Some(Some(value)),
            Err(_) if matches!(found, Found::Literal { checked: true, .. }) => return None,
            Err(malformed) => malformed,
        };
        let what = malformed.describe(self.field.ty, secure || self.field.secret || C::SECRET);
        let what = match (key, &self.subject) {
            (Some(key), _) => format!("has a key `{key}` whose value is not {what}"),
            (None, Subject::Literal(stage)) if !stage.is_empty() => {
                format!("for stage `{stage}` is not {what}")
            }
            (None, _) => format!("is not {what}"),
        };
        self.note(ProblemKind::Malformed, what)
    }

    fn remedy(&self) -> String {
        let create = match &self.subject {
            Subject::Parameter(_) if self.field.secret => "create it as a SecureString".to_owned(),
            Subject::Secret(_) => "create it in Secrets Manager".to_owned(),
            Subject::Parameter(_) | Subject::Path(_) | Subject::Literal(_) => {
                "create it".to_owned()
            }
            Subject::Variable(_) => "set it".to_owned(),
            Subject::Stage => {
                let variable = self.values.variable_of_stage();
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
        values.note(kind, field, subject, what);
        None
    }
}

#[cfg(test)]
mod tests;
