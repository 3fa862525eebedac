//! Gathers every mistake, so that one compile shows them all.

use std::cell::RefCell;
use std::fmt::Display;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote_spanned};

/// The mistakes found so far. Dropping it before [`finish`](Self::finish) is a bug and panics.
pub(crate) struct Errors {
    /// `None` once they are handed over.
    found: RefCell<Option<Vec<Mistake>>>,
}

struct Mistake {
    error: syn::Error,
    /// The compiler most likely reports it by itself.
    is_echo: bool,
}

/// Mistakes as code.
pub(crate) struct Mistakes {
    /// Items.
    pub(crate) errors: TokenStream,
    /// Statements for a function that is never called; they fail when it is built, which happens
    /// only if the compiler has found nothing of its own.
    pub(crate) echoes: TokenStream,
}

impl Errors {
    pub(crate) fn new() -> Self {
        Self { found: RefCell::new(Some(Vec::new())) }
    }

    /// A mistake, the tokens at fault, and what to write instead.
    pub(crate) fn add(&self, at: impl ToTokens, mistake: impl Display, help: impl Display) {
        self.push(at, format!("{mistake}\nhelp: {help}"), false);
    }

    /// The same, but unsaid if the compiler reports it by itself, as it most likely does.
    pub(crate) fn add_echo(&self, at: impl ToTokens, mistake: impl Display, help: impl Display) {
        self.push(at, format!("{mistake}\nhelp: {help}"), true);
    }

    fn push(&self, at: impl ToTokens, message: String, is_echo: bool) {
        if let Some(found) = self.found.borrow_mut().as_mut() {
            found.push(Mistake { error: syn::Error::new_spanned(at, message), is_echo });
        }
    }

    /// The mistakes in the order of the source; `None` where there are none.
    pub(crate) fn finish(self) -> Option<Mistakes> {
        let mut found = self.found.take().unwrap_or_default();
        let place = |mistake: &Mistake| {
            let start = mistake.error.span().start();
            (start.line, start.column)
        };
        found.sort_by_key(place);
        found.dedup_by_key(|mistake| (place(mistake), mistake.error.to_string()));
        let any = !found.is_empty();
        let (echoes, errors): (Vec<_>, Vec<_>) = found.into_iter().partition(|it| it.is_echo);
        any.then(|| Mistakes {
            errors: errors.iter().map(|it| it.error.to_compile_error()).collect(),
            echoes: echoes.iter().map(Mistake::to_statement).collect(),
        })
    }
}

impl Mistake {
    fn to_statement(&self) -> TokenStream {
        let message = self.error.to_string();
        quote_spanned!(self.error.span()=> const { ::core::panic!("{}", #message) };)
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
    fn nothing_found_is_none() {
        assert!(Errors::new().finish().is_none());
    }

    #[test]
    fn mistakes_come_in_the_order_of_the_source() {
        let tokens: Vec<_> = "first second".parse::<TokenStream>().unwrap().into_iter().collect();
        let errors = Errors::new();
        errors.add(&tokens[1], "later", "");
        errors.add(&tokens[0], "sooner", "");
        let said = errors.finish().unwrap().errors.to_string();
        assert!(said.find("sooner") < said.find("later"), "{said}");
    }

    #[test]
    #[should_panic(expected = "the mistakes were not looked at")]
    fn dropping_them_unread_panics() {
        drop(Errors::new());
    }
}
