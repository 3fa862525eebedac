//! The arguments of an attribute, one at a time.

use proc_macro2::{TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Expr, ExprLit, Ident, Lit, LitStr, MacroDelimiter, Meta, Token};

use crate::diagnostics::print::compact;
use crate::diagnostics::{Errors, Help};

/// The tokens in the parentheses of an attribute. `None` if it has other delimiters.
pub(crate) fn tokens(attr: &Attribute, errors: &Errors) -> Option<TokenStream> {
    let arguments = match &attr.meta {
        Meta::Path(_) => return Some(TokenStream::new()),
        Meta::List(list) if matches!(list.delimiter, MacroDelimiter::Paren(_)) => {
            return Some(list.tokens.clone());
        }
        Meta::List(list) => compact(&list.tokens),
        Meta::NameValue(_) if attr.path().is_ident("stage_config") => "…".to_owned(),
        Meta::NameValue(pair) => compact(&pair.value),
    };
    let word = compact(attr.path());
    let what = format!("`#[{word}]` takes its arguments in parentheses");
    errors.add(attr.path(), what, Help::replace(attr, format!("#[{word}({arguments})]")));
    None
}

/// Reads arguments between commas. If one cannot be read, it is passed to `refuse`, and the next
/// one follows. Returns whether all were read.
pub(crate) fn read_each(
    mut rest: TokenStream,
    errors: &Errors,
    mut read: impl FnMut(ParseStream) -> syn::Result<()>,
    mut refuse: impl FnMut(&TokenStream, &syn::Error),
) -> bool {
    let mut are_read = true;
    while !rest.is_empty() {
        // Each separately, because `syn` fails at the end of a group that was not read completely.
        let read_one = |input: ParseStream| {
            if let Some(comma) = input.parse::<Option<Token![,]>>()? {
                let what = "an argument is missing before `,`";
                errors.add(comma, what, Help::remove(comma));
            } else {
                read(input)?;
                read_comma(input, errors)?;
            }
            input.parse::<TokenStream>()
        };
        rest = match read_one.parse2(rest.clone()) {
            Ok(rest) => rest,
            Err(why) => {
                are_read = false;
                let mut all = rest.into_iter();
                let is_comma =
                    |it: &TokenTree| matches!(it, TokenTree::Punct(it) if it.as_char() == ',');
                let argument: TokenStream = all.by_ref().take_while(|it| !is_comma(it)).collect();
                refuse(&argument, &why);
                all.collect()
            }
        };
    }
    are_read
}

/// Reads the comma after an argument. If it is missing, the next argument follows nevertheless.
fn read_comma(input: ParseStream, errors: &Errors) -> syn::Result<()> {
    if input.is_empty() || input.parse::<Option<Token![,]>>()?.is_some() {
        return Ok(());
    }
    if let Some(semicolon) = input.parse::<Option<Token![;]>>()? {
        errors.add(semicolon, "`;` instead of `,`", Help::replace(semicolon, ","));
        return Ok(());
    }
    expect_end(input)?;
    let word = input.fork().call(Ident::parse_any)?;
    let help = Help::replace(&word, format!(", {word}"));
    errors.add(&word, format!("missing `,` before `{word}`"), help);
    Ok(())
}

/// An argument ends before a comma, or before what is written instead of one.
pub(crate) fn expect_end(input: ParseStream) -> syn::Result<()> {
    let is_end = input.is_empty()
        || input.peek(Token![,])
        || input.peek(Token![;])
        || input.peek(Ident::peek_any);
    if is_end { Ok(()) } else { Err(input.error("expected `,`")) }
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
pub(crate) fn ungrouped(mut value: &Expr) -> &Expr {
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
