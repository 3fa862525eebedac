//! `stages(…)`: the declared stages.

use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Ident, LitStr, Token, parenthesized, token};

/// `dev`, or `prod(rename = "production", alias = "live")`.
pub(crate) struct Declared {
    /// Its identifier in attributes.
    pub(crate) key: Ident,
    /// Its name, if it is not the identifier.
    pub(crate) rename: Option<LitStr>,
    /// Further names that it is deployed as.
    pub(crate) aliases: Vec<LitStr>,
}

impl Parse for Declared {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let mut this = Self { key: input.parse()?, rename: None, aliases: Vec::new() };
        if !input.peek(token::Paren) {
            return Ok(this);
        }
        let content;
        parenthesized!(content in input);
        for Name { key, name } in Punctuated::<_, Token![,]>::parse_terminated(&content)? {
            match this.rename {
                None if key == "rename" => this.rename = Some(name),
                _ if key == "alias" => this.aliases.push(name),
                _ => return Err(syn::Error::new_spanned(key, "expected `alias`")),
            }
        }
        if this.rename.is_none() && this.aliases.is_empty() {
            return Err(content.error("expected `rename` or `alias`"));
        }
        Ok(this)
    }
}

/// `rename = "production"`
struct Name {
    key: Ident,
    name: LitStr,
}

impl Parse for Name {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let key = input.parse()?;
        input.parse::<Token![=]>()?;
        Ok(Self { key, name: input.parse()? })
    }
}

impl Declared {
    /// Its identifier.
    pub(crate) fn word(&self) -> String {
        self.key.unraw().to_string()
    }

    /// The names that it is deployed as: its own, then its aliases.
    pub(crate) fn names(&self) -> Vec<String> {
        let own = self.rename.as_ref().map_or_else(|| self.word(), LitStr::value);
        std::iter::once(own).chain(self.aliases.iter().map(LitStr::value)).collect()
    }

    /// What it is called here, ignoring case.
    pub(crate) fn called(&self, name: &str) -> Option<String> {
        let mut names = self.names().into_iter().chain([self.word()]);
        names.find(|it| it.to_lowercase() == name.to_lowercase())
    }
}
