//! The raw value of one field, and its conversion.

use std::borrow::Cow;

use secrecy::ExposeSecret;
use stage_config_names::NameKind;

use crate::decode::convert::{Convert, json};
use crate::decode::decoder::Decoder;
use crate::decode::malformed::Malformed;
use crate::error::remedy::{ParameterType, Remedy};
use crate::error::{Problem, ProblemKind, Subject};
use crate::schema::parameter::Parameter;
use crate::schema::table::{Field, Kind};
use crate::source::Answer;

impl<'a> Decoder<'a> {
    /// Decodes the field in row `index` of the table from its source.
    pub fn field(&mut self, index: usize) -> FieldDecoder<'_, 'a> {
        let field = self.row(index);
        let (subject, raw) = match (field.kind, self.parameter_of(field)) {
            (Kind::Env(variable), _) => self.variable(field, variable),
            (_, Some(parameter)) => self.parameter(field, &parameter),
            (_, None) => self.stage_itself(),
        };
        let decoder = FieldDecoder::new(self, field, subject, raw);
        match field.json_key {
            Some(key) => decoder.json_key(key),
            None => decoder,
        }
    }

    /// Decodes the field from a literal. A mistake in it is not noted again: each load checks all
    /// literals first.
    pub fn literal(&mut self, index: usize, text: &'static str) -> FieldDecoder<'_, 'a> {
        let field = self.row(index);
        FieldDecoder::new(self, field, Subject::Literal(""), Raw::Literal { text, checked: true })
    }

    /// Checks a literal of the field. `stage` is the stage that it is for, empty for all stages.
    pub fn check_literal(
        &mut self,
        index: usize,
        stage: &'static str,
        text: &'static str,
    ) -> FieldDecoder<'_, 'a> {
        let field = self.row(index);
        let raw = Raw::Literal { text, checked: false };
        FieldDecoder::new(self, field, Subject::Literal(stage), raw)
    }

    /// The first of the parameter's names that exists. A denied or unreadable one does not fall
    /// back to the next.
    fn parameter(&self, field: &'static Field, parameter: &Parameter) -> (Subject, Raw<'a>) {
        let context = self.context();
        let asked = parameter.asked_at(context.stage.words());
        let name = asked.iter().find(|name| context.answers.has(name)).unwrap_or(&asked[0]);
        let of = parameter.of_what();
        let subject = Subject::Name(of, name.clone());
        let raw = match context.answers.get(name) {
            Some(Answer::Found { text, secure }) => Raw::Text {
                text: Cow::Borrowed(text.expose_secret()),
                // A secret is secure, whatever its source says.
                secure: *secure || of == NameKind::Secret,
                key: None,
            },
            None | Some(Answer::Missing) => {
                let others = asked[1..].iter();
                let others = others.map(|it| format!(", nor does `{}`", it.own()));
                let others = others.collect::<String>();
                // The fallback's parameter serves all preview stages.
                let name = asked.last().unwrap_or(name).clone();
                Raw::Absent {
                    what: format!("does not exist{}{others}", context.answers.in_place()),
                    remedy: Some(Remedy::Create { of, name, ty: ParameterType::String }),
                }
            }
            Some(failure) => Raw::failed(self.failure(field, subject.clone(), failure)),
        };
        (subject, raw)
    }

    fn variable(&self, field: &'static Field, name: &'static str) -> (Subject, Raw<'a>) {
        let subject = Subject::Variable(name);
        let Some(environment) = self.context().environment else {
            return (subject, Raw::Failed(None));
        };
        let raw = match environment.get(name) {
            Ok(Some(text)) => Raw::Text { text: Cow::Owned(text), secure: false, key: None },
            Ok(None) => {
                Raw::Absent { what: "is not set".to_owned(), remedy: Some(Remedy::Set(name)) }
            }
            Err(_) => {
                let (kind, what) = (ProblemKind::Malformed, "is not UTF-8".to_owned());
                Raw::failed(self.problem(kind, field, subject.clone(), what))
            }
        };
        (subject, raw)
    }

    fn stage_itself(&self) -> (Subject, Raw<'a>) {
        let raw = match self.context().stage.deployed() {
            "" => {
                let remedy = Some(Remedy::Set(self.variable_of_stage()));
                Raw::Absent { what: "is not given".to_owned(), remedy }
            }
            stage => Raw::Text { text: Cow::Borrowed(stage), secure: false, key: None },
        };
        (Subject::Stage, raw)
    }
}

/// Decodes one field. Never printed: it holds the value.
pub struct FieldDecoder<'d, 'a> {
    decoder: &'d mut Decoder<'a>,
    field: &'static Field,
    subject: Subject,
    raw: Raw<'a>,
    /// Whether the field reads a variable that is set to an empty text.
    is_empty: bool,
}

/// What there is to convert.
enum Raw<'a> {
    Text {
        /// The text; with a `key`, the JSON value of that key.
        text: Cow<'a, str>,
        /// Whether it came as a SecureString.
        secure: bool,
        key: Option<&'static str>,
    },
    Literal {
        text: &'static str,
        /// Whether its mistakes have been noted.
        checked: bool,
    },
    Absent {
        what: String,
        remedy: Option<Remedy>,
    },
    /// There may be a value, but it cannot be read. Without a problem, it is left out on purpose.
    Failed(Option<Box<Problem>>),
}

impl Raw<'_> {
    fn failed(problem: Problem) -> Self {
        Self::Failed(Some(Box::new(problem)))
    }
}

impl<'d, 'a> FieldDecoder<'d, 'a> {
    fn new(
        decoder: &'d mut Decoder<'a>,
        field: &'static Field,
        subject: Subject,
        raw: Raw<'a>,
    ) -> Self {
        let is_variable = matches!(subject, Subject::Variable(_));
        let is_empty = is_variable && matches!(&raw, Raw::Text { text, .. } if text.is_empty());
        Self { decoder, field, subject, raw, is_empty }
    }

    /// Uses the literal if the value is absent.
    #[must_use]
    pub fn or_literal(mut self, default: &'static str) -> Self {
        if let Raw::Absent { .. } = self.raw {
            self.raw = Raw::Literal { text: default, checked: true };
            self.subject = Subject::Literal("");
        }
        self
    }

    /// Reads one key of the JSON object in the text; `a.b` is the key `b` of the object at `a`. The
    /// value is absent if there is no such key, or if it is `null`.
    fn json_key(mut self, key: &'static str) -> Self {
        self.raw = match self.raw {
            Raw::Text { text, secure, .. } => match json::of_key(text, key) {
                Ok(Ok(json)) => Raw::Text { text: json, secure, key: Some(key) },
                Ok(Err(what)) => Raw::Absent { what, remedy: None },
                Err(malformed) => {
                    let what = format!("is not {}", malformed.describe(self.field.ty, true));
                    let (kind, subject) = (ProblemKind::Malformed, self.subject.clone());
                    Raw::failed(self.decoder.problem(kind, self.field, subject, what))
                }
            },
            other => other,
        };
        self
    }

    /// The value. `None` if there is a problem, which is noted.
    pub(crate) fn required<T, C: Convert<T, M>, M>(self, conversion: &C) -> Option<T> {
        let Raw::Absent { what, remedy } = &self.raw else {
            return self.read::<C, T, M, _>(|text| conversion.convert(text))?;
        };
        let secret = self.field.secret;
        let (what, mut remedy) = (what.clone(), remedy.clone());
        if let Some(Remedy::Create { ty, .. }) = &mut remedy {
            *ty = if secret {
                ParameterType::SecureString
            } else if C::LIST && self.field.json_key.is_none() {
                ParameterType::StringList
            } else {
                ParameterType::String
            };
        }
        let without = (self.subject != Subject::Stage).then_some(Remedy::DoWithout { secret });
        self.note(ProblemKind::Missing, what, remedy.into_iter().chain(without))
    }

    /// The same, with the default if the value is absent.
    pub(crate) fn required_or<T, C: Convert<T, M>, M>(
        self,
        conversion: &C,
        default: impl FnOnce() -> T,
    ) -> Option<T> {
        let read = self.read::<C, T, M, _>(|text| conversion.convert(text))?;
        Some(read.unwrap_or_else(default))
    }

    /// The same for an `Option`, which is `None` if the value is absent. A `null` in JSON is absent
    /// too, and so is an empty variable from which nothing can be read: templates of infrastructure
    /// write an empty text for what is not set.
    #[expect(clippy::option_option, reason = "decoded or not, and then present or not")]
    pub(crate) fn optional<T, C: Convert<T, M>, M>(self, conversion: &C) -> Option<Option<T>> {
        let is_empty = self.is_empty;
        if is_empty && matches!(self.raw, Raw::Failed(_)) {
            return Some(None);
        }
        let read = self.read::<C, T, M, _>(|text| match conversion.convert_optional(text) {
            Err(_) if is_empty => Ok(None),
            read => read,
        });
        Some(read?.flatten())
    }

    /// The literal as it is.
    pub(crate) fn literal(self) -> &'static str {
        match self.raw {
            Raw::Literal { text, .. } => text,
            _ => unreachable!("the derive calls this for literals only"),
        }
    }

    /// `Some(None)` if the value is absent.
    #[expect(clippy::option_option, reason = "decoded or not, and then present or not")]
    fn read<C, T, M, U>(
        self,
        convert: impl FnOnce(&str) -> Result<U, Malformed>,
    ) -> Option<Option<U>>
    where
        C: Convert<T, M>,
    {
        let (read, secure, key, checked) = match &self.raw {
            Raw::Text { text, secure, key: key @ Some(_) } if !C::JSON => {
                (json::with_text(text, convert), *secure, *key, false)
            }
            Raw::Text { text, secure, key } => (convert(text), *secure, *key, false),
            Raw::Literal { text, checked } => (convert(text), false, None, *checked),
            Raw::Absent { .. } => return Some(None),
            Raw::Failed(problem) => {
                if let Some(problem) = problem {
                    self.decoder.note((**problem).clone());
                }
                return None;
            }
        };
        let malformed = match read {
            Ok(value) => return Some(Some(value)),
            Err(_) if checked => return None,
            Err(malformed) => malformed,
        };
        let what = malformed.describe(self.field.ty, secure || self.field.secret);
        let what = match (key, &self.subject) {
            (Some(key), _) => format!("has a key `{key}` whose value is not {what}"),
            (None, Subject::Literal(stage)) if !stage.is_empty() => {
                format!("for stage `{stage}` is not {what}")
            }
            (None, _) => format!("is not {what}"),
        };
        self.note(ProblemKind::Malformed, what, [])
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
