//! The mistakes of a struct. They are collected, so that one compilation reports all of them.

pub(crate) mod draw;
pub(crate) mod other_stage;
pub(crate) mod print;
pub(crate) mod recover;
pub(crate) mod repair;

use std::cell::RefCell;
use std::fmt::{self, Display};

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote_spanned};

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
        let (at, code) = (at.to_token_stream(), code.into());
        let has_placeholders = code.contains('…');
        Self::from(if has_placeholders {
            Fix::WithPlaceholders(at, code)
        } else {
            Fix::Replace(at, code)
        })
    }

    /// Code that has `…` in it has placeholders.
    pub(crate) fn insert(behind: impl ToTokens, code: impl Into<String>) -> Self {
        let (behind, code) = (behind.to_token_stream(), code.into());
        let has_placeholders = code.contains('…');
        Self::from(if has_placeholders {
            Fix::WithPlaceholders(behind, code)
        } else {
            Fix::Insert(behind, code)
        })
    }

    pub(crate) fn remove(at: impl ToTokens) -> Self {
        Self::from(Fix::Remove(at.to_token_stream()))
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

/// Collects mistakes. Panics if it is dropped before [`finish`](Self::finish), which is a bug.
pub(crate) struct Errors {
    /// `None` after `finish`.
    found: RefCell<Option<Vec<Mistake>>>,
}

pub(crate) struct Mistake {
    pub(crate) at: TokenStream,
    pub(crate) what: String,
    pub(crate) help: Help,
    /// Whether the compiler most likely reports it too.
    pub(crate) is_echo: bool,
}

/// Mistakes as code.
pub(crate) struct Mistakes {
    /// Items.
    pub(crate) errors: TokenStream,
    /// Statements for a function that is never called. They fail when it is compiled, which happens
    /// only if the compiler has reported no error.
    pub(crate) echoes: TokenStream,
}

impl Errors {
    pub(crate) fn new() -> Self {
        Self { found: RefCell::new(Some(Vec::new())) }
    }

    /// Adds a mistake, with the tokens at fault and its help.
    pub(crate) fn add(&self, at: impl ToTokens, what: impl Into<String>, help: Help) {
        self.push(at, what.into(), help, false);
    }

    /// The same for a mistake that the compiler most likely reports too. It is shown only if the
    /// compiler does not.
    pub(crate) fn add_echo(&self, at: impl ToTokens, what: impl Into<String>, help: Help) {
        self.push(at, what.into(), help, true);
    }

    fn push(&self, at: impl ToTokens, what: String, help: Help, is_echo: bool) {
        if let Some(found) = self.found.borrow_mut().as_mut() {
            found.push(Mistake { at: at.to_token_stream(), what, help, is_echo });
        }
    }

    /// Whether there is no mistake so far.
    pub(crate) fn is_empty(&self) -> bool {
        self.found.borrow().as_ref().is_none_or(Vec::is_empty)
    }

    /// Returns the mistakes in the order of the source.
    pub(crate) fn finish(self) -> Vec<Mistake> {
        let mut found = self.found.take().unwrap_or_default();
        found.sort_by_key(|mistake| {
            let start = mistake.span().start();
            (start.line, start.column)
        });
        found
    }
}

impl Mistakes {
    /// `None` if there are none.
    pub(crate) fn of(found: &[Mistake]) -> Option<Self> {
        let (echoes, errors): (Vec<_>, Vec<_>) = found.iter().partition(|it| it.is_echo);
        (!found.is_empty()).then(|| Self {
            errors: errors.into_iter().map(Mistake::to_item).collect(),
            echoes: echoes.into_iter().map(Mistake::to_statement).collect(),
        })
    }
}

impl Mistake {
    fn span(&self) -> Span {
        self.at.clone().into_iter().next().map_or_else(Span::call_site, |token| token.span())
    }

    fn text(&self) -> String {
        format!("{}\nhelp: {}", self.what, self.help)
    }

    fn to_item(&self) -> TokenStream {
        syn::Error::new_spanned(&self.at, self.text()).to_compile_error()
    }

    fn to_statement(&self) -> TokenStream {
        let text = self.text();
        quote_spanned!(self.span()=> const { ::core::panic!("{}", #text) };)
    }
}

impl Drop for Errors {
    fn drop(&mut self) {
        let were_read = self.found.get_mut().is_none();
        assert!(were_read || std::thread::panicking(), "the mistakes were not looked at");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_come_in_the_order_of_the_source() {
        let tokens: Vec<_> = "first second".parse::<TokenStream>().unwrap().into_iter().collect();
        let errors = Errors::new();
        errors.add(&tokens[1], "later", Help::note(""));
        errors.add(&tokens[0], "sooner", Help::note(""));
        let found: Vec<_> = errors.finish().into_iter().map(|it| it.what).collect();
        assert_eq!(found, ["sooner", "later"]);
    }

    #[test]
    #[should_panic(expected = "the mistakes were not looked at")]
    fn dropping_them_unread_panics() {
        drop(Errors::new());
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
