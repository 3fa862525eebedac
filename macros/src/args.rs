//! What stands in the parentheses of an attribute: `value` and `key = value`, between commas.

use proc_macro2::TokenTree;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::discouraged::Speculative;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Expr, ExprLit, Ident, Lit, LitStr, MacroDelimiter, Meta, Path, Token};

use crate::errors::Errors;
use crate::print::compact;

/// The arguments of one attribute.
#[derive(Default)]
pub(crate) struct Args {
    pub(crate) list: Vec<Arg>,
    /// Something in it could not be read, so nothing follows from what is absent.
    pub(crate) damaged: bool,
}

pub(crate) struct Arg {
    pub(crate) key: Option<Ident>,
    pub(crate) value: Expr,
}

impl Args {
    /// Reads all that can be read. `example` shows how the attribute is written.
    pub(crate) fn read(attr: &Attribute, example: &str, errors: &Errors) -> Self {
        let mut args = Self::default();
        match &attr.meta {
            Meta::Path(_) => {}
            Meta::List(list) if matches!(list.delimiter, MacroDelimiter::Paren(_)) => {
                let read = |input: ParseStream| {
                    args.read_all(input, example, errors);
                    Ok(())
                };
                if let Err(unread) = read.parse2(list.tokens.clone()) {
                    errors.add(&list.path, unread, format!("`{example}`"));
                    args.damaged = true;
                }
            }
            Meta::List(list) => args.not_in_parentheses(&list.path, &list.tokens, errors),
            Meta::NameValue(pair) => args.not_in_parentheses(&pair.path, &pair.value, errors),
        }
        args
    }

    fn not_in_parentheses(&mut self, path: &Path, content: impl ToTokens, errors: &Errors) {
        let word = compact(path);
        let mistake = format!("the arguments of `#[{word}]` stand in parentheses");
        errors.add(path, mistake, format!("`#[{word}({})]`", compact(content)));
        self.damaged = true;
    }

    fn read_all(&mut self, input: ParseStream, example: &str, errors: &Errors) {
        while !input.is_empty() {
            if let Some(arg) = Arg::read(input, example, errors) {
                self.list.push(arg);
            } else {
                self.damaged = true;
                skip_to_comma(input);
            }
            let Some(next) = next_token(input) else { return };
            if input.peek(Token![,]) {
                skip_token(input);
            } else {
                let before = self.list.last().map(Arg::text).unwrap_or_default();
                let help = format!("`{before}, {}`", compact(input.cursor().token_stream()));
                errors.add(&next, format!("missing `,` before `{next}`"), help);
                self.damaged = true;
                if !at_key(input) {
                    skip_to_comma(input);
                }
            }
        }
    }
}

impl Arg {
    fn read(input: ParseStream, example: &str, errors: &Errors) -> Option<Self> {
        let start = next_token(input)?;
        let key = if at_key(input) { Some(Ident::parse_any(input).ok()?) } else { None };
        if let Some(key) = &key {
            read_assignment(key, input, example, errors)?;
        }
        // A failed attempt must leave nothing behind that is complained of again at the end.
        let ahead = input.fork();
        match ahead.parse() {
            Ok(value) => {
                input.advance_to(&ahead);
                Some(Self { key, value })
            }
            Err(why) => {
                let (at, what) = match key {
                    Some(key) => (key.to_token_stream(), format!("the value of `{key}`")),
                    None => (start.to_token_stream(), "this argument".to_owned()),
                };
                errors.add(at, format!("{what} cannot be read: {why}"), format!("`{example}`"));
                None
            }
        }
    }

    /// As it was written.
    fn text(&self) -> String {
        let value = compact(&self.value);
        self.key.as_ref().map_or_else(|| value.clone(), |key| format!("{key} = {value}"))
    }
}

/// Reads the `=` behind a key; `None` if another sign stands there, or nothing behind it.
fn read_assignment(key: &Ident, input: ParseStream, example: &str, errors: &Errors) -> Option<()> {
    let sign = next_token(input)?;
    let is_arrow = input.peek(Token![=>]);
    let is_colon = input.peek(Token![:]);
    skip_token(input);
    if is_arrow || is_colon {
        let sign_text = if is_arrow { "=>" } else { ":" };
        let mistake = format!("`{key}` is followed by `{sign_text}` instead of `=`");
        errors.add(sign, mistake, format!("`{key} = …`, as in `{example}`"));
        return None;
    }
    if input.is_empty() || input.peek(Token![,]) {
        let help = format!("`{key} = …`, as in `{example}`");
        errors.add(key, format!("`{key}` has no value"), help);
        return None;
    }
    Some(())
}

/// An expression without the invisible group that a `macro_rules` fragment comes in.
pub(crate) fn ungrouped(mut value: &Expr) -> &Expr {
    while let Expr::Group(group) = value {
        value = &group.expr;
    }
    value
}

/// The word that an expression is, if it is nothing else.
pub(crate) fn ident(value: &Expr) -> Option<&Ident> {
    match ungrouped(value) {
        Expr::Path(path) if path.qself.is_none() => path.path.get_ident(),
        _ => None,
    }
}

/// The string literal that an expression is, if it is nothing else.
pub(crate) fn string(value: &Expr) -> Option<&LitStr> {
    match ungrouped(value) {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text),
        _ => None,
    }
}

/// Whether a key comes next, and not an expression that begins with a word.
fn at_key(input: ParseStream) -> bool {
    let is_assigned = input.peek2(Token![=]) && !input.peek2(Token![==]);
    let is_mistyped = input.peek2(Token![:]) && !input.peek2(Token![::]);
    input.peek(Ident::peek_any) && (is_assigned || is_mistyped)
}

fn next_token(input: ParseStream) -> Option<TokenTree> {
    input.cursor().token_tree().map(|(token, _)| token)
}

fn skip_token(input: ParseStream) {
    let _: syn::Result<TokenTree> = input.parse();
}

fn skip_to_comma(input: ParseStream) {
    while !input.is_empty() && !input.peek(Token![,]) {
        skip_token(input);
    }
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;

    fn read(attr: &Attribute) -> (Vec<String>, bool, Option<String>) {
        let errors = Errors::new();
        let args = Args::read(attr, "#[a(…)]", &errors);
        let said = errors.finish().map(|said| said.errors.to_string());
        (args.list.iter().map(Arg::text).collect(), args.damaged, said)
    }

    #[test]
    fn keys_and_expressions() {
        let (args, damaged, said) =
            read(&parse_quote!(#[a("x", dev = 1 + 2, crate = ::a::b, a == b, |x, y| x)]));
        assert_eq!(args, ["\"x\"", "dev = 1 + 2", "crate = ::a::b", "a==b", "|x, y|x"]);
        assert!(!damaged && said.is_none());
    }

    #[test]
    fn one_mistake_does_not_hide_the_arguments_behind_it() {
        let (args, damaged, said) = read(&parse_quote!(#[a(dev = f(1 2), prod: 3, x = 4 y = 5)]));
        assert_eq!(args, ["x = 4", "y = 5"]);
        let said = said.unwrap();
        assert!(damaged);
        assert_eq!(said.matches("compile_error").count(), 3, "{said}");
    }
}
