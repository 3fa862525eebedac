//! Why a text does not fit a field.

use std::fmt::Display;

use crate::escape::one_line;

/// Why a text is not of a type. Its reason may quote the text, so a secret's is never shown.
///
/// It cannot be named outside of this crate, which seals the traits whose methods return it.
#[derive(Default)]
pub struct Malformed {
    /// What the text is not, if that is not the field's type.
    not: Option<String>,
    /// Where or how the text is wrong, in words that hold nothing of it.
    position: Option<String>,
    /// Why, in words that may quote the text.
    reason: Option<String>,
    whitespace: bool,
}

impl Malformed {
    /// The reason may quote the text. Its control characters are escaped, and it is cut after some
    /// lines.
    pub(crate) fn because(reason: impl Display) -> Self {
        Self { reason: Some(one_line(&reason.to_string())), ..Self::default() }
    }

    /// The position holds nothing of the text, and is always shown.
    pub(crate) fn at(position: impl Into<String>) -> Self {
        Self { position: Some(position.into()), ..Self::default() }
    }

    /// The text is not even `what`, whatever the field's type.
    pub(crate) fn not(what: impl Into<String>, position: impl Into<String>) -> Self {
        Self { not: Some(what.into()), ..Self::at(position) }
    }

    /// The same, at `position` in the text.
    pub(crate) fn inside(self, position: &str) -> Self {
        let inner = self.position.map(|inner| format!(": {inner}")).unwrap_or_default();
        Self { position: Some(format!("{position}{inner}")), ..self }
    }

    /// Mentions whitespace at the ends of `text`, which was read.
    pub(crate) fn with_whitespace_of(self, text: &str) -> Self {
        Self { whitespace: text.trim() != text, ..self }
    }

    /// Continues "is not".
    pub(crate) fn describe(&self, ty: &str, secret: bool) -> String {
        // The text is not of the inner type; that it may be absent does not matter.
        let ty = ty.strip_prefix("Option<").and_then(|it| it.strip_suffix('>')).unwrap_or(ty);
        let mut what = self.not.clone().unwrap_or_else(|| with_article(ty));
        let reason = self.reason.as_ref().filter(|_| !secret);
        for words in self.position.iter().chain(reason) {
            what.extend([": ", words]);
        }
        if self.reason.is_some() && secret {
            what.push_str(" (its text is secret and not shown)");
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
