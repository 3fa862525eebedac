//! The mistakes of a struct. They are collected, so that one compilation reports all of them.

pub(crate) mod draw;
pub(crate) mod field;
mod loose;
pub(crate) mod other_stage;
pub(crate) mod print;
pub(crate) mod repair;
pub(crate) mod setting;

use std::cell::RefCell;
use std::fmt::{self, Display};

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

use self::print::compact;

/// How to fix a mistake.
pub(crate) struct Help {
    pub(crate) fix: Fix,
    notes: Vec<String>,
}

/// An edit of the user's tokens. Without placeholders, applying it fixes the mistake as the user
/// meant it. It contains nothing that only the user can know.
#[allow(dead_code, reason = "tests make the edits, the compiler only shows them")]
pub(crate) enum Fix {
    /// Replace these tokens with the code.
    Replace(TokenStream, String),
    /// The same, but the user has to fill in each `…`.
    WithPlaceholders(TokenStream, String),
    /// Insert the code as an argument after these tokens.
    Insert(TokenStream, String),
    Remove(TokenStream),
    /// No edit: only the user can know.
    Note(String),
}

impl Help {
    /// Code that has `…` in it has placeholders.
    pub(crate) fn replace(at: impl ToTokens, code: impl Into<String>) -> Self {
        Self::edit(Fix::Replace, at, code.into())
    }

    /// Code that has `…` in it has placeholders.
    pub(crate) fn insert(behind: impl ToTokens, code: impl Into<String>) -> Self {
        Self::edit(Fix::Insert, behind, code.into())
    }

    fn edit(fix: fn(TokenStream, String) -> Fix, at: impl ToTokens, code: String) -> Self {
        let fix = if code.contains('…') { Fix::WithPlaceholders } else { fix };
        fix(at.to_token_stream(), code).into()
    }

    pub(crate) fn remove(at: impl ToTokens) -> Self {
        Self::from(Fix::Remove(at.to_token_stream()))
    }

    /// For a flag with a value.
    pub(crate) fn flag(at: impl ToTokens, word: &str, value: &str) -> Self {
        match value {
            "true" => Self::replace(at, word),
            _ => Self::note(format!("write `{word}`, or leave it out")),
        }
    }

    pub(crate) fn note(text: impl Into<String>) -> Self {
        Self::from(Fix::Note(text.into()))
    }

    /// More that helps to choose.
    pub(crate) fn and(mut self, notes: impl IntoIterator<Item = String>) -> Self {
        self.notes.extend(notes);
        self
    }
}

impl From<Fix> for Help {
    fn from(fix: Fix) -> Self {
        Self { fix, notes: Vec::new() }
    }
}

/// In English, after `help: `.
impl Display for Help {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.fix {
            Fix::Replace(_, code) | Fix::WithPlaceholders(_, code) | Fix::Insert(_, code) => {
                write!(f, "`{code}`")?;
            }
            Fix::Remove(at) => write!(f, "remove `{}`", compact(at))?,
            Fix::Note(text) => f.write_str(text)?,
        }
        self.notes.iter().try_for_each(|note| write!(f, "; {note}"))
    }
}

/// Collects mistakes.
#[derive(Default)]
pub(crate) struct Errors(RefCell<Vec<Mistake>>);

pub(crate) struct Mistake {
    pub(crate) at: TokenStream,
    pub(crate) what: String,
    pub(crate) help: Help,
}

impl Errors {
    /// Adds a mistake, with the tokens at fault and its help.
    pub(crate) fn add(&self, at: impl ToTokens, what: impl Into<String>, help: Help) {
        self.0.borrow_mut().push(Mistake::new(at, what, help));
    }

    /// The number of mistakes so far.
    pub(crate) fn count(&self) -> usize {
        self.0.borrow().len()
    }

    /// Returns the mistakes in the order of the source.
    pub(crate) fn finish(self) -> Vec<Mistake> {
        let mut found = self.0.into_inner();
        found.sort_by_key(|mistake| {
            let start = mistake.span().start();
            (start.line, start.column)
        });
        found
    }
}

impl Mistake {
    /// A mistake, with the tokens at fault and its help.
    pub(crate) fn new(at: impl ToTokens, what: impl Into<String>, help: Help) -> Self {
        Self { at: at.to_token_stream(), what: what.into(), help }
    }

    /// Where it is.
    pub(crate) fn span(&self) -> Span {
        self.at.clone().into_iter().next().map_or_else(Span::call_site, |token| token.span())
    }

    /// Its text in an error.
    pub(crate) fn text(&self) -> String {
        format!("{}\nhelp: {}", self.what, self.help)
    }

    /// An item.
    pub(crate) fn to_code(&self) -> TokenStream {
        syn::Error::new_spanned(&self.at, self.text()).to_compile_error()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_come_in_the_order_of_the_source() {
        let tokens: Vec<_> = "first second".parse::<TokenStream>().unwrap().into_iter().collect();
        let errors = Errors::default();
        errors.add(&tokens[1], "later", Help::note(""));
        errors.add(&tokens[0], "sooner", Help::note(""));
        let found: Vec<_> = errors.finish().into_iter().map(|it| it.what).collect();
        assert_eq!(found, ["sooner", "later"]);
    }

    #[test]
    fn a_help_reads_as_english() {
        let at: TokenStream = "a = 1".parse().unwrap();
        for (help, text) in [
            (Help::replace(&at, "b"), "`b`"),
            (Help::replace(&at, "b = …").and(["or `c`".to_owned()]), "`b = …`; or `c`"),
            (Help::remove(&at), "remove `a = 1`"),
            (Help::note("choose"), "choose"),
        ] {
            assert_eq!(help.to_string(), text);
        }
    }
}
