//! Reads an unreadable argument loosely.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use syn::LitStr;
use syn::ext::IdentExt;
use syn::spanned::Spanned;

use super::print::{compact, name_like};

/// A key, or what was meant as one, and the tokens after it.
pub(super) struct Loose {
    /// A word, words with hyphens between them, or a string literal.
    pub(super) key: TokenStream,
    /// The key without quotes.
    pub(super) name: String,
    /// `=`, `:`, `=>`, or nothing.
    pub(super) sign: TokenStream,
    pub(super) value: TokenStream,
}

impl Loose {
    pub(super) fn read(tokens: &TokenStream) -> Option<Self> {
        let mut rest = tokens.clone().into_iter().peekable();
        let first = rest.next()?;
        let mut name = match &first {
            TokenTree::Ident(word) => word.unraw().to_string(),
            TokenTree::Literal(_) => string(&first.clone().into())?,
            _ => return None,
        };
        let mut key = vec![first];
        let is_minus = |it: &TokenTree| matches!(it, TokenTree::Punct(it) if it.as_char() == '-');
        while let Some(minus) = rest.next_if(is_minus) {
            let word = rest.next()?;
            name = format!("{name}-{word}");
            key.extend([minus, word]);
        }
        let is_sign =
            |it: &TokenTree| matches!(it, TokenTree::Punct(it) if "=>:".contains(it.as_char()));
        let sign: TokenStream = std::iter::from_fn(|| rest.next_if(is_sign)).collect();
        let is_known = matches!(&*compact(&sign), "" | "=" | ":" | "=>");
        is_known.then(|| Self { key: key.into_iter().collect(), name, sign, value: rest.collect() })
    }

    /// An identifier for the key.
    pub(super) fn word(&self) -> Option<String> {
        name_like(&self.name.replace('-', "_"))
    }

    /// The same, at the place of the key.
    pub(super) fn ident(&self) -> Option<Ident> {
        let mut word: Ident = syn::parse_str(&self.word()?).ok()?;
        word.set_span(self.key.span());
        Some(word)
    }

    /// The content of a value in parentheses, brackets or braces, or else the value.
    pub(super) fn inner(&self) -> TokenStream {
        let group = syn::parse2::<Group>(self.value.clone());
        group.map_or_else(|_| self.value.clone(), |group| group.stream())
    }
}

/// The value of a string literal.
pub(super) fn string(tokens: &TokenStream) -> Option<String> {
    syn::parse2::<LitStr>(tokens.clone()).ok().map(|text| text.value())
}
