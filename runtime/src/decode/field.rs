//! The raw value of one field, and its conversion.

use std::borrow::Cow;

use secrecy::ExposeSecret;
use stage_config_names::{Name, NameKind};

use crate::decode::convert::{Convert, json};
use crate::decode::decoder::Decoder;
use crate::decode::malformed::Malformed;
use crate::error::remedy::{ParameterType, Remedy};
use crate::error::{ProblemKind, Subject};
use crate::schema::table::{Field, Kind};
use crate::source::Answer;

impl<'a> Decoder<'a> {
    /// Decodes the field in row `index` of the table from its source.
    pub fn field(&mut self, index: usize) -> FieldDecoder<'_, 'a> {
        let field = self.row(index);
        let (subject, raw) = match (self.names(index), field.kind) {
            (Some((kind, names)), _) => self.parameter(field, kind, names),
            (None, Kind::Env(variable)) => self.variable(field, variable),
            (None, _) => self.stage_itself(),
        };
        FieldDecoder { decoder: self, field, subject, raw }.at_json_key()
    }

    /// Decodes the field from a literal. A mistake in it is not noted again: each load checks all
    /// literals first.
    pub fn literal(&mut self, index: usize, text: &'static str) -> FieldDecoder<'_, 'a> {
        self.with_literal(index, "", Raw::Literal { text, checked: true })
    }

    /// Checks a literal of the field. `stage` is the stage that it is for, empty for all stages.
    pub fn check_literal(
        &mut self,
        index: usize,
        stage: &'static str,
        text: &'static str,
    ) -> FieldDecoder<'_, 'a> {
        self.with_literal(index, stage, Raw::Literal { text, checked: false })
    }

    fn with_literal(
        &mut self,
        index: usize,
        stage: &'static str,
        raw: Raw<'a>,
    ) -> FieldDecoder<'_, 'a> {
        let field = self.row(index);
        FieldDecoder { decoder: self, field, subject: Subject::Literal(stage), raw }
    }

    /// The first of the parameter's names that exists. A denied or unreadable one does not fall
    /// back to the next.
    fn parameter(
        &mut self,
        field: &'static Field,
        kind: NameKind,
        names: &[Name],
    ) -> (Subject, Raw<'a>) {
        let answers = self.answers;
        let Some((name, answer)) = answers.first(names) else {
            let others = names[1..].iter().map(|it| format!(", nor does `{}`", it.own()));
            let others = others.collect::<String>();
            // The fallback's parameter serves all preview stages.
            let name = names.last().unwrap_or(&names[0]).clone();
            let raw = Raw::Absent {
                what: format!("does not exist{}{others}", answers.in_location()),
                remedy: Some(Remedy::Create { kind, name, ty: ParameterType::String }),
            };
            return (Subject::Name(kind, names[0].clone()), raw);
        };
        let subject = Subject::Name(kind, name.clone());
        let raw = if let Answer::Found { text, secure, .. } = answer {
            // A secret is secure, whatever its source says.
            let secure = *secure || kind == NameKind::Secret;
            Raw::Text { text: Cow::Borrowed(text.expose_secret()), secure }
        } else {
            self.report_failure(field, subject.clone(), answer);
            Raw::Failed
        };
        (subject, raw)
    }

    fn variable(&mut self, field: &'static Field, name: &'static str) -> (Subject, Raw<'a>) {
        let subject = Subject::Variable(name);
        let raw = match self.environment.map(|environment| environment.get(name)) {
            None => Raw::Failed,
            Some(Ok(Some(text))) => Raw::Text { text: Cow::Owned(text), secure: false },
            Some(Ok(None)) => {
                Raw::Absent { what: "is not set".to_owned(), remedy: Some(Remedy::Set(name)) }
            }
            Some(Err(_)) => {
                let what = "is not UTF-8".to_owned();
                self.report(ProblemKind::Malformed, field, subject.clone(), what, None);
                Raw::Failed
            }
        };
        (subject, raw)
    }

    fn stage_itself(&self) -> (Subject, Raw<'a>) {
        let raw = match self.stage.deployed() {
            "" => {
                let remedy = Some(Remedy::Set(self.variable_of_stage()));
                Raw::Absent { what: "is not given".to_owned(), remedy }
            }
            stage => Raw::Text { text: Cow::Borrowed(stage), secure: false },
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
}

/// What there is to convert.
enum Raw<'a> {
    Text {
        /// The text; for a field with a `json_key`, the JSON value of that key.
        text: Cow<'a, str>,
        /// Whether it came as a SecureString.
        secure: bool,
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
    /// There may be a value, but it cannot be read, which is noted, or it is left out on purpose.
    Failed,
}

impl FieldDecoder<'_, '_> {
    /// Uses the literal if the value is absent.
    #[must_use]
    pub fn or_literal(mut self, default: &'static str) -> Self {
        if let Raw::Absent { .. } = self.raw {
            self.raw = Raw::Literal { text: default, checked: true };
            self.subject = Subject::Literal("");
        }
        self
    }

    /// Reads the key of the JSON object in the text, if the field has one; `a.b` is the key `b` of
    /// the object at `a`. The value is absent if there is no such key, or if it is `null`.
    fn at_json_key(mut self) -> Self {
        let is_absent = self.is_empty_variable() && self.is_option();
        self.raw = match (self.raw, self.field.json_key) {
            (Raw::Text { .. }, Some(_)) if is_absent => {
                Raw::Absent { what: String::new(), remedy: None }
            }
            (Raw::Text { text, secure }, Some(key)) => match json::of_key(text, key) {
                Ok(Ok(text)) => Raw::Text { text, secure },
                Ok(Err(what)) => Raw::Absent { what, remedy: None },
                Err(malformed) => {
                    let what = format!("is not {}", malformed.describe(self.field.ty, true));
                    let (kind, subject) = (ProblemKind::Malformed, self.subject.clone());
                    self.decoder.report(kind, self.field, subject, what, None);
                    Raw::Failed
                }
            },
            (raw, _) => raw,
        };
        self
    }

    /// Whether it is an `Option`: no other type of a field is optional by itself.
    fn is_option(&self) -> bool {
        self.field.optional && self.field.default.is_none()
    }

    fn is_empty_variable(&self) -> bool {
        let is_variable = matches!(self.subject, Subject::Variable(_));
        is_variable && matches!(&self.raw, Raw::Text { text, .. } if text.is_empty())
    }

    /// The value. `None` if there is a problem, which is noted.
    pub(crate) fn required<T, C: Convert<T, M>, M>(self, conversion: &C) -> Option<T> {
        let Raw::Absent { what, remedy } = &self.raw else {
            return self.read(C::JSON, |text| conversion.convert(text))?;
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
        let read = self.read(C::JSON, |text| conversion.convert(text))?;
        Some(read.unwrap_or_else(default))
    }

    /// The same for an `Option`, which is `None` if the value is absent. A `null` in JSON is absent
    /// too, and so is an empty variable from which nothing can be read: templates of infrastructure
    /// write an empty text for what is not set.
    #[expect(clippy::option_option, reason = "decoded or not, and then present or not")]
    pub(crate) fn optional<T, C: Convert<T, M>, M>(self, conversion: &C) -> Option<Option<T>> {
        let is_empty = self.is_empty_variable();
        let read = self.read(C::JSON, |text| match conversion.convert_optional(text) {
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

    /// `Some(None)` if the value is absent. `as_json` means that a JSON value is converted as
    /// written.
    #[expect(clippy::option_option, reason = "decoded or not, and then present or not")]
    fn read<T>(
        self,
        as_json: bool,
        convert: impl FnOnce(&str) -> Result<T, Malformed>,
    ) -> Option<Option<T>> {
        let (read, secure, key) = match &self.raw {
            Raw::Text { text, secure } => match self.field.json_key {
                Some(key) if !as_json => (json::with_text(text, convert), *secure, Some(key)),
                key => (convert(text), *secure, key),
            },
            Raw::Literal { text, .. } => (convert(text), false, None),
            Raw::Absent { .. } => return Some(None),
            Raw::Failed => return None,
        };
        let malformed = match read {
            Ok(value) => return Some(Some(value)),
            Err(_) if matches!(self.raw, Raw::Literal { checked: true, .. }) => return None,
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
        decoder.report(kind, field, subject, what, remedies);
        None
    }
}

#[cfg(test)]
mod tests;
