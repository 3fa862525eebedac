//! The attribute of a field.

use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Attribute, Expr, Ident, LitStr, Meta, Token};

use crate::diagnostics::{Errors, Help, field};
use crate::parse::arguments::{self, ident, string, ungrouped};
use crate::parse::keywords::{Key, Kind};

/// The attribute that says where the value of a field comes from, as written.
pub(crate) struct Given<'a> {
    pub(crate) kind: Kind,
    pub(crate) attr: &'a Attribute,
    /// Names or values for all stages. More than one is a mistake.
    pub(crate) all: Vec<Expr>,
    /// Names or values by stage. Their keys have no other meaning, so they should be stages.
    pub(crate) each: Vec<(Ident, Expr)>,
    /// The keys that are not stages.
    keys: Vec<(Key, Ident, Option<Expr>)>,
    /// The keys of the arguments that were refused, as far as they can be read.
    pub(crate) refused: Vec<Option<Ident>>,
}

impl<'a> Given<'a> {
    /// `None` if there are no arguments to read.
    pub(crate) fn read(kind: Kind, attr: &'a Attribute, errors: &Errors) -> Option<Self> {
        if kind == Kind::Stage && !matches!(attr.meta, Meta::Path(_)) {
            let help = Help::replace(attr, kind.shape());
            errors.add(attr.path(), "`#[stage]` takes no arguments", help);
            return None;
        }
        let (all, each, keys) = (Vec::new(), Vec::new(), Vec::new());
        let mut this = Self { kind, attr, all, each, keys, refused: Vec::new() };
        let mut refused = Vec::new();
        arguments::read_each(
            arguments::tokens(attr, errors)?,
            errors,
            |input| this.take(input, errors),
            |tokens, why| refused.push(field::argument(kind, tokens, why, errors)),
        );
        Some(Self { refused, ..this })
    }

    fn take(&mut self, input: ParseStream, errors: &Errors) -> syn::Result<()> {
        if let Some(word) = arguments::key(input)? {
            let value = input.parse()?;
            arguments::expect_end(input)?;
            match self.kind.key(&word.unraw().to_string()) {
                Some(key) => self.take_key(key, word, Some(value), errors),
                None => self.each.push((word, value)),
            }
            return Ok(());
        }
        let value: Expr = input.parse()?;
        arguments::expect_end(input)?;
        let word = ident(&value).map(|word| (word.clone(), self.kind.key(&word.to_string())));
        let is_alone = input.is_empty() || input.peek(Token![,]);
        if let Some((word, Some(key))) = word.filter(|_| is_alone) {
            self.take_key(key, word, None, errors);
        } else if matches!(value, Expr::Assign(_))
            || self.kind != Kind::Value && matches!(value, Expr::Call(_))
        {
            return Err(input.error("expected a key and a value"));
        } else {
            self.all.push(value);
        }
        Ok(())
    }

    fn take_key(&mut self, key: Key, word: Ident, value: Option<Expr>, errors: &Errors) {
        if !key.accepts(value.as_ref()) {
            field::value_of(key, &pair(&word, value.as_ref()), value.as_ref(), errors);
        } else if self.key(key).is_some() {
            let help = Help::remove(pair(&word, value.as_ref()));
            errors.add(&word, format!("`{word}` is given twice"), help);
        } else {
            self.keys.push((key, word, value));
        }
    }

    /// A key, and its value unless it is a flag.
    pub(crate) fn key(&self, key: Key) -> Option<(&Ident, Option<&Expr>)> {
        let found = self.keys.iter().find(|(it, ..)| *it == key);
        found.map(|(_, word, value)| (word, value.as_ref()))
    }

    /// Whether no argument was refused.
    pub(crate) fn is_whole(&self) -> bool {
        self.refused.is_empty()
    }

    /// The stages that are named, if there is no name for all of them.
    pub(crate) fn stages(&self) -> impl Iterator<Item = &Ident> {
        let is_by_stage = self.kind.is_by_stage()
            && self.all.iter().all(|it| ident(it).is_some())
            && self.refused.iter().all(Option::is_some);
        let is_stage =
            move |key: &&Ident| is_by_stage && !self.kind.reserves(&key.unraw().to_string());
        self.each.iter().map(|(key, _)| key).chain(self.refused.iter().flatten()).filter(is_stage)
    }

    /// The names of parameters in it.
    pub(crate) fn names(&self) -> impl Iterator<Item = &LitStr> {
        let all = self.all.iter().chain(self.each.iter().map(|(_, name)| name));
        all.filter(|_| self.kind.name_of().is_some()).filter_map(string)
    }
}

pub(crate) fn pair(word: &Ident, value: Option<&Expr>) -> TokenStream {
    value.map_or_else(|| quote!(#word), |value| quote!(#word = #value))
}

impl Key {
    pub(crate) fn accepts(self, value: Option<&Expr>) -> bool {
        match (self, value) {
            (Self::Default, Some(_)) => true,
            (Self::Member, Some(name)) => string(name).is_some_and(is_json_key),
            (Self::ParseWith, Some(path)) => matches!(ungrouped(path), Expr::Path(_)),
            (_, value) => self.is_flag() && value.is_none(),
        }
    }
}

/// Whether it is a key of a JSON object, with dots for nested objects, and not a path of another
/// language.
fn is_json_key(name: &LitStr) -> bool {
    name.value().split('.').all(|part| !(part.is_empty() || part == "$" || part.ends_with(']')))
}
