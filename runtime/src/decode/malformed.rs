//! Why a text does not fit a field.

use std::fmt::{self, Display};

use crate::escape::one_line;

/// Why a text is not of a type. It may quote the text, so that part is shown only where it is no
/// secret.
#[derive(Clone, Default)]
pub struct Malformed {
    /// What it is not, where that is not the field's type.
    not: Option<String>,
    /// Where it goes wrong, or how, in words that hold nothing of the text.
    place: Option<String>,
    /// Why, in words that may quote the text.
    reason: Option<String>,
    whitespace: bool,
}

impl Malformed {
    /// The reason, to be read on from "is not a `u32`:". It becomes a part of one line: control
    /// characters are escaped, and what is longer than some lines is cut.
    pub fn because(reason: impl Display) -> Self {
        Self { reason: Some(one_line(&reason.to_string())), ..Self::default() }
    }

    /// Where, or how, it goes wrong. The words hold nothing of the text: they are always shown.
    pub(crate) fn at(place: impl Into<String>) -> Self {
        Self { place: Some(place.into()), ..Self::default() }
    }

    /// It is not even `what`, whatever the field's type.
    pub(crate) fn not(what: impl Into<String>, place: impl Into<String>) -> Self {
        Self { not: Some(what.into()), ..Self::at(place) }
    }

    /// In the part of the text at `place`.
    pub(crate) fn inside(self, place: &str) -> Self {
        let place = match self.place {
            Some(inner) => format!("{place}: {inner}"),
            None => place.to_owned(),
        };
        Self { place: Some(place), ..self }
    }

    /// In what was encoded.
    pub(crate) fn in_base64(self) -> Self {
        self.inside("decoded from base64")
    }

    /// Whether `text`, which is what was read, has whitespace at its ends.
    pub(crate) fn with_whitespace_of(mut self, text: &str) -> Self {
        self.whitespace = text.trim() != text;
        self
    }

    /// To be read on from "is not".
    pub(crate) fn describe(&self, ty: &str, secret: bool) -> String {
        // What is there is not of the inner type; that the field may be without is beside the point.
        let ty = ty.strip_prefix("Option<").and_then(|it| it.strip_suffix('>')).unwrap_or(ty);
        let mut what = self.not.clone().unwrap_or_else(|| with_article(ty));
        if let Some(place) = &self.place {
            what.extend([": ", place]);
        }
        match &self.reason {
            Some(_) if secret => what.push_str(" (its text is secret and not shown)"),
            Some(reason) => what.extend([": ", reason]),
            None => {}
        }
        if self.whitespace {
            what.push_str("; it has whitespace at its ends");
        }
        what
    }
}

/// `an i64`, `an f32`, `an Address`; but `a u8`.
fn with_article(ty: &str) -> String {
    let float = ty.starts_with("f32") || ty.starts_with("f64");
    let vowel = float || ty.starts_with(['a', 'e', 'i', 'o', 'A', 'E', 'I', 'O']);
    format!("{} `{ty}`", if vowel { "an" } else { "a" })
}

/// Without the reason.
impl fmt::Debug for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Malformed").finish_non_exhaustive()
    }
}
