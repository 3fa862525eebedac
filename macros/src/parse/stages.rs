//! `stages(…)`: the declared stages.

use proc_macro2::TokenStream;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Ident, LitStr, Token, parenthesized, token};

use crate::diagnostics::{Errors, setting};
use crate::parse::arguments::{expect_end, read_each};

/// `dev`, or `prod(rename = "production", alias = "live")`.
#[derive(Clone)]
pub(crate) struct Stage {
    /// Its identifier in attributes.
    pub(crate) key: Ident,
    /// Its name, if it is not the identifier.
    pub(crate) rename: Option<LitStr>,
    /// Further names that it is deployed as.
    pub(crate) aliases: Vec<LitStr>,
}

impl Stage {
    pub(crate) fn new(key: Ident) -> Self {
        Self { key, rename: None, aliases: Vec::new() }
    }

    /// Reads the content of `stages(…)`. Returns whether all were read.
    pub(crate) fn read_all(tokens: TokenStream, errors: &Errors) -> (Vec<Self>, bool) {
        let mut stages = Vec::new();
        let read = |input: ParseStream| {
            let stage = Self::read(input, errors)?;
            expect_end(input)?;
            stages.push(stage);
            Ok(())
        };
        let refuse = |tokens: &TokenStream, _: &_| setting::stage(tokens, errors);
        let are_read = read_each(tokens, errors, read, refuse);
        (stages, are_read)
    }

    fn read(input: ParseStream, errors: &Errors) -> syn::Result<Self> {
        let mut this = Self::new(input.parse()?);
        if !input.peek(token::Paren) {
            return Ok(this);
        }
        let content;
        parenthesized!(content in input);
        if content.is_empty() {
            return Err(content.error("expected `rename` or `alias`"));
        }
        let read = |input: ParseStream| {
            let key: Ident = input.parse()?;
            input.parse::<Token![=]>()?;
            match this.rename {
                None if key == "rename" => this.rename = Some(input.parse()?),
                _ if key == "alias" => this.aliases.push(input.parse()?),
                _ => return Err(input.error("expected `alias`")),
            }
            Ok(())
        };
        let refuse = |tokens: &TokenStream, _: &_| setting::stage_name(tokens, errors);
        read_each(content.parse()?, errors, read, refuse);
        Ok(this)
    }

    /// Its identifier.
    pub(crate) fn word(&self) -> String {
        self.key.unraw().to_string()
    }

    /// The name that it is deployed as.
    pub(crate) fn name(&self) -> String {
        self.rename.as_ref().map_or_else(|| self.word(), LitStr::value)
    }

    /// The names that it is deployed as: its own, then its aliases.
    pub(crate) fn names(&self) -> Vec<String> {
        std::iter::once(self.name()).chain(self.aliases.iter().map(LitStr::value)).collect()
    }
}
