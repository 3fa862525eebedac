//! Reads an unreadable argument loosely.

use proc_macro2::{Group, Spacing, TokenStream, TokenTree};
use syn::LitStr;
use syn::ext::IdentExt;

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
        let (mut sign, mut goes_on) = (Vec::new(), true);
        while let Some(TokenTree::Punct(punct)) =
            rest.next_if(|it| goes_on && matches!(it, TokenTree::Punct(_)))
        {
            goes_on = punct.spacing() == Spacing::Joint;
            sign.push(TokenTree::from(punct));
        }
        let (key, sign) = (TokenStream::from_iter(key), TokenStream::from_iter(sign));
        let is_sign = matches!(compact(&sign).trim(), "" | "=" | ":" | "=>");
        is_sign.then(|| Self { key, name, sign, value: rest.collect() })
    }

    /// An identifier for the key.
    pub(super) fn word(&self) -> Option<String> {
        name_like(&self.name.replace('-', "_"))
    }

    /// The content of a value in parentheses, brackets or braces, or else the value.
    pub(super) fn inner(&self) -> TokenStream {
        group(&self.value).map_or_else(|| self.value.clone(), |group| group.stream())
    }
}

/// The group, if the tokens are a single group.
fn group(tokens: &TokenStream) -> Option<Group> {
    let mut all = tokens.clone().into_iter();
    match (all.next(), all.next()) {
        (Some(TokenTree::Group(group)), None) => Some(group),
        _ => None,
    }
}

/// The value of a string literal.
pub(super) fn string(tokens: &TokenStream) -> Option<String> {
    syn::parse2::<LitStr>(tokens.clone()).ok().map(|text| text.value())
}
