//! `accounts(…)`: the AWS accounts of the stages.

use proc_macro2::{Delimiter, Group, TokenStream};
use quote::quote;
use syn::parse::ParseStream;
use syn::{Expr, Ident, LitStr, Token};

use crate::diagnostics::{Errors, setting};
use crate::parse::arguments::{expect_end, read_each, string, ungrouped};

/// The setting as written.
pub(crate) struct Accounts {
    /// All of it.
    pub(crate) tokens: TokenStream,
    pub(crate) stages: Vec<StageAccounts>,
}

/// `dev = "111122223333"`, or `prod = ["…", "…"]`.
pub(crate) struct StageAccounts {
    pub(crate) stage: Ident,
    pub(crate) value: Expr,
}

impl Accounts {
    /// Reads what follows the keyword.
    pub(crate) fn read(word: &Ident, input: ParseStream, errors: &Errors) -> syn::Result<Self> {
        let group: Group = input.parse()?;
        if group.delimiter() != Delimiter::Parenthesis || group.stream().is_empty() {
            return Err(input.error("expected the accounts of each stage, in parentheses"));
        }
        let mut stages = Vec::new();
        let read = |input: ParseStream| {
            let stage = StageAccounts::read(input)?;
            expect_end(input)?;
            stages.push(stage);
            Ok(())
        };
        let refuse = |tokens: &TokenStream, _: &_| setting::account(tokens, errors);
        read_each(group.stream(), errors, read, refuse);
        Ok(Self { tokens: quote!(#word #group), stages })
    }
}

impl StageAccounts {
    fn read(input: ParseStream) -> syn::Result<Self> {
        let stage = input.parse()?;
        input.parse::<Token![=]>()?;
        let this = Self { stage, value: input.parse()? };
        let is_list = matches!(ungrouped(&this.value), Expr::Array(list) if list.elems.iter().all(|it| string(it).is_some()));
        if is_list || string(&this.value).is_some() {
            Ok(this)
        } else {
            Err(input.error("expected a string literal, or a list of them"))
        }
    }

    /// The numbers of the accounts.
    pub(crate) fn numbers(&self) -> Vec<&LitStr> {
        match ungrouped(&self.value) {
            Expr::Array(list) => list.elems.iter().filter_map(string).collect(),
            value => string(value).into_iter().collect(),
        }
    }

    /// The argument.
    pub(crate) fn tokens(&self) -> TokenStream {
        let Self { stage, value } = self;
        quote!(#stage = #value)
    }
}
