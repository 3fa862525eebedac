//! What there is for one field, and what becomes of it.

use std::borrow::Cow;

use secrecy::ExposeSecret;
use stage_config_names::NameOf;

use crate::decode::convert::{Convert, json};
use crate::decode::decoder::Decoder;
use crate::decode::malformed::Malformed;
use crate::error::remedy::{ParameterType, Remedy};
use crate::error::{Problem, ProblemKind, Subject};
use crate::schema::parameter::{Parameter, own_name};
use crate::schema::table::{Field, Kind};
use crate::source::Answer;

impl<'a> Decoder<'a> {
    /// What there is for the field in row `index` of the table.
    pub fn field(&mut self, index: usize) -> FieldDecoder<'_, 'a> {
        let field = self.row(index);
        let (subject, raw) = match field.kind {
            Kind::Env(variable) => self.variable(field, variable),
            _ => match self.parameter_of(field) {
                Some(parameter) => self.parameter(field, &parameter),
                None => (Subject::Stage, self.stage_itself()),
            },
        };
        let is_empty = matches!(
            (&subject, &raw),
            (Subject::Variable(_), Raw::Text { text, .. }) if text.is_empty()
        );
        let decoder = FieldDecoder { decoder: self, field, subject, raw, is_empty };
        match field.json_key {
            Some(key) => decoder.json_key(key),
            None => decoder,
        }
    }

    /// A literal of the source code, for the field in row `index` of the table. What is wrong with
    /// it is not noted, because each load has checked all literals.
    pub fn literal(&mut self, index: usize, text: &'static str) -> FieldDecoder<'_, 'a> {
        let field = self.row(index);
        let raw = Raw::Literal { text, checked: true };
        FieldDecoder { decoder: self, field, subject: Subject::Literal(""), raw, is_empty: false }
    }

    /// The same, to check it. `stage` is the one that it is for; empty: it is for all.
    pub fn check_literal(
        &mut self,
        index: usize,
        stage: &'static str,
        text: &'static str,
    ) -> FieldDecoder<'_, 'a> {
        let field = self.row(index);
        let (subject, raw) = (Subject::Literal(stage), Raw::Literal { text, checked: false });
        FieldDecoder { decoder: self, field, subject, raw, is_empty: false }
    }

    /// The first of its names that exists. What is denied or cannot be read is no reason to look
    /// at the next.
    fn parameter(&self, field: &'static Field, parameter: &Parameter) -> (Subject, Raw<'a>) {
        let context = self.context();
        let asked = parameter.asked_at(context.stage.words());
        let name = asked.iter().find(|name| context.answers.has(name)).unwrap_or(&asked[0]);
        let subject = Subject::of(parameter.of_what(), name);
        let raw = match context.answers.get(name) {
            Some(Answer::Found { text, secure }) => Raw::Text {
                text: Cow::Borrowed(text.expose_secret()),
                // A secret is one, whatever its source calls it.
                secure: *secure || parameter.of_what() == NameOf::Secret,
            },
            None | Some(Answer::Missing) => {
                let others = asked[1..].iter();
                let others = others.map(|it| format!(", nor does `{}`", own_name(it)));
                let others = others.collect::<String>();
                Raw::Absent {
                    what: format!("does not exist{}{others}", context.answers.in_place()),
                    // That of the fallback serves all preview stages.
                    create: asked.last().map(|name| (parameter.of_what(), name.to_string())),
                }
            }
            Some(failure) => Raw::Nothing(Box::new(self.failure(field, subject.clone(), failure))),
        };
        (subject, raw)
    }

    fn variable(&self, field: &'static Field, name: &'static str) -> (Subject, Raw<'a>) {
        let subject = Subject::Variable(name);
        let Some(environment) = self.context().environment else { return (subject, Raw::LeftOut) };
        let raw = match environment.get(name) {
            Ok(Some(text)) => Raw::Text { text: Cow::Owned(text), secure: false },
            Ok(None) => Raw::Absent { what: "is not set".to_owned(), create: None },
            Err(_) => {
                let (kind, what) = (ProblemKind::Malformed, "is not UTF-8".to_owned());
                Raw::Nothing(Box::new(self.problem(kind, field, subject.clone(), what)))
            }
        };
        (subject, raw)
    }

    fn stage_itself(&self) -> Raw<'a> {
        match self.context().stage.deployed() {
            "" => Raw::Absent { what: "is not given".to_owned(), create: None },
            stage => Raw::Text { text: Cow::Borrowed(stage), secure: false },
        }
    }
}

/// What there is for one field. Never printed: it holds the value.
pub struct FieldDecoder<'v, 'a> {
    decoder: &'v mut Decoder<'a>,
    field: &'static Field,
    subject: Subject,
    raw: Raw<'a>,
    /// Whether it is a variable that is set to nothing.
    is_empty: bool,
}

enum Raw<'a> {
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
    /// There is none: how that is said, and the name that is to be created.
    Absent {
        what: String,
        create: Option<(NameOf, String)>,
    },
    /// The JSON is there, and the key is not: how that is said.
    NoKey(String),
    /// It is not looked for.
    LeftOut,
    /// There may be one, but it cannot be read.
    Nothing(Box<Problem>),
}

impl FieldDecoder<'_, '_> {
    /// The literal stands in where the value is absent.
    #[must_use]
    pub fn or_literal(mut self, default: &'static str) -> Self {
        if let Raw::Absent { .. } | Raw::NoKey(_) = self.raw {
            self.raw = Raw::Literal { text: default, checked: true };
            self.subject = Subject::Literal("");
        }
        self
    }

    /// The text becomes that of one key of the JSON object that it is; of `a.b`, the key `b` of the
    /// object under `a`. Absent where there is no such key, or where it is `null`.
    fn json_key(mut self, key: &'static str) -> Self {
        let raw = std::mem::replace(&mut self.raw, Raw::Literal { text: "", checked: true });
        self.raw = match raw {
            Raw::Text { text, secure } => match json::of_key(text, key) {
                Ok(Ok(json)) => Raw::Key { key, json, secure },
                Ok(Err(what)) => Raw::NoKey(what),
                Err(malformed) => {
                    let what = format!("is not {}", malformed.describe(self.field.ty, true));
                    let (kind, subject) = (ProblemKind::Malformed, self.subject.clone());
                    let problem = self.decoder.problem(kind, self.field, subject, what);
                    Raw::Nothing(Box::new(problem))
                }
            },
            other => other,
        };
        self
    }

    /// The value. `None` where there is a problem, which is noted.
    pub(crate) fn required<T, C: Convert<T, M>, M>(self, conversion: &C) -> Option<T> {
        let secret = self.field.secret;
        let (what, remedy) = match &self.raw {
            Raw::Absent { what, create: Some((of, name)) } => {
                let (of, name, ty) = (*of, name.clone(), self.parameter_type::<T, C, M>());
                (what.clone(), Some(Remedy::Create { of, name, ty }))
            }
            Raw::Absent { what, create: None } => (what.clone(), self.set()),
            Raw::NoKey(what) => (what.clone(), None),
            _ => return self.read::<T, C, M, _>(|text| conversion.convert(text))?,
        };
        let without = (self.subject != Subject::Stage).then_some(Remedy::DoWithout { secret });
        let remedies = remedy.into_iter().chain(without);
        self.note(ProblemKind::Missing, what, remedies)
    }

    /// The same; `Some(None)` where the value is absent.
    #[expect(clippy::option_option, reason = "read or not, and then there or not")]
    pub(crate) fn present<T, C: Convert<T, M>, M>(self, conversion: &C) -> Option<Option<T>> {
        self.read::<T, C, M, _>(|text| conversion.convert(text))
    }

    /// The same for a field that may be without: `null` is absent too, where the value is JSON, and
    /// so is an empty variable of which nothing can be read. Templates of infrastructure set what
    /// is not there to nothing.
    #[expect(clippy::option_option, reason = "read or not, and then there or not")]
    pub(crate) fn optional<T, C: Convert<T, M>, M>(self, conversion: &C) -> Option<Option<T>> {
        let is_empty = self.is_empty;
        if is_empty && matches!(self.raw, Raw::Nothing(_)) {
            return Some(None);
        }
        let read = self.read::<T, C, M, _>(|text| match conversion.convert_optional(text) {
            Err(_) if is_empty => Ok(None),
            read => read,
        });
        Some(read?.flatten())
    }

    /// The literal as it is.
    pub(crate) fn literal(self) -> &'static str {
        match self.raw {
            Raw::Literal { text, .. } => text,
            _ => unreachable!("the derive asks this of literals only"),
        }
    }

    #[expect(clippy::option_option, reason = "read or not, and then there or not")]
    fn read<T, C, M, U>(
        self,
        as_asked: impl FnOnce(&str) -> Result<U, Malformed>,
    ) -> Option<Option<U>>
    where
        C: Convert<T, M>,
    {
        let (read, secure, key) = match &self.raw {
            Raw::Text { text, secure } => (as_asked(text), *secure, None),
            Raw::Key { json, secure, key } if C::JSON => (as_asked(json), *secure, Some(key)),
            Raw::Key { json, secure, key } => (json::with_text(json, as_asked), *secure, Some(key)),
            Raw::Literal { text, .. } => (as_asked(text), false, None),
            Raw::Absent { .. } | Raw::NoKey(_) => return Some(None),
            Raw::LeftOut => return None,
            Raw::Nothing(problem) => {
                self.decoder.note((**problem).clone());
                return None;
            }
        };
        let malformed = match read {
            Ok(value) => return Some(Some(value)),
            Err(_) if matches!(self.raw, Raw::Literal { checked: true, .. }) => return None,
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
        self.note(ProblemKind::Malformed, what, [])
    }

    /// The type that the parameter is to have.
    fn parameter_type<T, C: Convert<T, M>, M>(&self) -> ParameterType {
        if self.field.secret || C::SECRET {
            ParameterType::SecureString
        } else if C::LIST && self.field.json_key.is_none() {
            ParameterType::StringList
        } else {
            ParameterType::String
        }
    }

    /// To set the variable that is absent.
    fn set(&self) -> Option<Remedy> {
        match self.subject {
            Subject::Variable(variable) => Some(Remedy::Set(variable)),
            Subject::Stage => Some(Remedy::Set(self.decoder.variable_of_stage())),
            _ => None,
        }
    }

    fn note<T>(
        self,
        kind: ProblemKind,
        what: String,
        remedies: impl IntoIterator<Item = Remedy>,
    ) -> Option<T> {
        let Self { decoder, field, subject, .. } = self;
        decoder.note(decoder.problem(kind, field, subject, what).with(remedies));
        None
    }
}

#[cfg(test)]
mod tests;
