//! The arguments of an attribute, one at a time.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Expr, ExprLit, Ident, Lit, LitStr, MacroDelimiter, Meta, Token};

/// The arguments of an attribute. Fails with the tokens after its path if they are not in
/// parentheses.
pub(crate) fn of(attr: &Attribute) -> Result<TokenStream, TokenStream> {
    match &attr.meta {
        Meta::Path(_) => Ok(TokenStream::new()),
        Meta::List(list) if matches!(list.delimiter, MacroDelimiter::Paren(_)) => {
            Ok(list.tokens.clone())
        }
        Meta::List(list) => Err(list.tokens.clone()),
        Meta::NameValue(pair) => Err(pair.value.to_token_stream()),
    }
}

/// An invalid argument.
pub(crate) struct Unreadable {
    /// Its tokens, up to the next comma.
    pub(crate) tokens: TokenStream,
    pub(crate) comma: Option<TokenTree>,
    pub(crate) why: syn::Error,
}

/// Reads arguments between commas. If one cannot be read, it goes on with the next.
pub(crate) fn read_each(
    mut rest: TokenStream,
    mut read: impl FnMut(ParseStream) -> syn::Result<()>,
) -> Vec<Unreadable> {
    let mut unreadable = Vec::new();
    while !rest.is_empty() {
        // Each separately, because `syn` fails at the end of a group that was not read completely.
        let read_one = |input: ParseStream| {
            read(input)?;
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
            input.parse::<TokenStream>()
        };
        rest = match read_one.parse2(rest.clone()) {
            Ok(behind) => behind,
            Err(why) => {
                let mut all = rest.into_iter();
                let mut comma = None;
                let is_argument = |token: &TokenTree| {
                    let is_comma = matches!(token, TokenTree::Punct(it) if it.as_char() == ',');
                    comma = is_comma.then(|| token.clone());
                    !is_comma
                };
                let tokens = all.by_ref().take_while(is_argument).collect();
                unreadable.push(Unreadable { tokens, comma, why });
                all.collect()
            }
        };
    }
    unreadable
}

/// The key of `key = value`. Does not consume the value.
pub(crate) fn key(input: ParseStream) -> syn::Result<Option<Ident>> {
    let is_assigned =
        input.peek2(Token![=]) && !input.peek2(Token![==]) && !input.peek2(Token![=>]);
    if !(input.peek(Ident::peek_any) && is_assigned) {
        return Ok(None);
    }
    let key = input.parse()?;
    input.parse::<Token![=]>()?;
    Ok(Some(key))
}

/// An expression without the invisible group of a `macro_rules` fragment.
fn ungrouped(mut value: &Expr) -> &Expr {
    while let Expr::Group(group) = value {
        value = &group.expr;
    }
    value
}

/// The identifier, if the expression is one.
pub(crate) fn ident(value: &Expr) -> Option<&Ident> {
    match ungrouped(value) {
        Expr::Path(path) if path.qself.is_none() => path.path.get_ident(),
        _ => None,
    }
}

/// The string literal, if the expression is one.
pub(crate) fn string(value: &Expr) -> Option<&LitStr> {
    match ungrouped(value) {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::print::compact;

    #[test]
    fn one_mistake_does_not_hide_the_arguments_behind_it() {
        let mut read = Vec::new();
        let tokens =
            "a = f(1 2), b: 3, c = g::<D, E>(), d = 4 e = 5, , f = |x, y| x".parse().unwrap();
        let unreadable = read_each(tokens, |input| {
            let key = key(input)?.ok_or_else(|| input.error("no key"))?;
            let value: Expr = input.parse()?;
            read.push(format!("{key} = {}", compact(value)));
            Ok(())
        });
        assert_eq!(read, ["c = g::<D, E>()", "d = 4", "f = |x, y|x"]);
        let tokens: Vec<_> = unreadable.iter().map(|it| compact(&it.tokens)).collect();
        assert_eq!(tokens, ["a = f(1 2)", "b:3", "d = 4 e = 5", ""]);
    }
}
