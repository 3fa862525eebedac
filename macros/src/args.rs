//! What stands in the parentheses of an attribute: `value` and `key = value`, between commas.

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::discouraged::Speculative;
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, ExprLit, Ident, Lit, LitStr, MacroDelimiter, Meta, Token};

use crate::errors::Errors;
use crate::grammar::{Key, Takes};
use crate::print::{compact, name_like};

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
            Meta::List(list) => args.report_shape(attr, &compact(&list.tokens), example, errors),
            Meta::NameValue(pair) => {
                args.report_shape(attr, &compact(&pair.value), example, errors);
            }
        }
        args
    }

    /// Says that there are no parentheses.
    fn report_shape(&mut self, attr: &Attribute, content: &str, example: &str, errors: &Errors) {
        let word = compact(attr.path());
        let mistake = format!("`#[{word}]` takes its arguments in parentheses");
        // The struct's attribute takes nothing but keys.
        let help = match word.as_str() {
            "stage_config" if !content.contains(['=', '(']) => format!("`{example}`"),
            _ => format!("`#[{word}({content})]`"),
        };
        errors.add(attr.path(), mistake, help);
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
            if let Some(next) = next_token(input).filter(|_| !input.peek(Token![,])) {
                self.report_no_comma(&next, input, errors);
                self.damaged = true;
            }
            if input.peek(Token![,]) {
                skip_token(input);
            }
        }
    }

    /// Reads on to where the next argument may begin, and says what is wrong up to there.
    fn report_no_comma(&self, next: &TokenTree, input: ParseStream, errors: &Errors) {
        let before = self.list.last().map(Arg::text).unwrap_or_default();
        let surplus = if at_key(input) { TokenStream::new() } else { take_argument(input) };
        let mended =
            at_key(input).then(|| format!("`{before}, {}`", compact(take_argument(&input.fork()))));
        if surplus.is_empty() {
            let mistake = format!("missing `,` before `{next}`");
            errors.add(next, mistake, mended.unwrap_or_default());
        } else {
            let text = compact(&surplus);
            let text = text.trim();
            let mistake = format!("unexpected `{text}` after `{before}`");
            errors.add(&surplus, mistake, mended.unwrap_or_else(|| format!("remove `{text}`")));
        }
    }
}

impl Arg {
    /// Of an argument of a call.
    pub(crate) fn of(value: &Expr) -> Self {
        match value {
            Expr::Assign(pair) if ident(&pair.left).is_some() => {
                Self { key: ident(&pair.left).cloned(), value: (*pair.right).clone() }
            }
            value => Self { key: None, value: value.clone() },
        }
    }

    fn read(input: ParseStream, example: &str, errors: &Errors) -> Option<Self> {
        let start = next_token(input)?;
        if input.peek(Token![,]) {
            errors.add(start, "an argument is missing before `,`", "remove the `,`");
            return None;
        }
        let key = read_key(input, errors).ok()?;
        // A failed attempt must leave nothing behind that is complained of again at the end.
        let ahead = input.fork();
        match ahead.parse().and_then(|value| all_read(input, &ahead).map(|()| value)) {
            Ok(value) => {
                input.advance_to(&ahead);
                Some(Self { key, value })
            }
            Err(why) => {
                report_unreadable(key.as_ref(), &start, &why, input, example, errors);
                None
            }
        }
    }

    /// What a mistake about all of it points at.
    pub(crate) fn start(&self) -> TokenStream {
        self.key.as_ref().map_or_else(|| self.value.to_token_stream(), Ident::to_token_stream)
    }

    /// As it was written.
    pub(crate) fn text(&self) -> String {
        let value = compact(&self.value);
        self.key.as_ref().map_or_else(|| value.clone(), |key| format!("{key} = {value}"))
    }
}

/// Fails where a group on the way was read in part only, which is found out later otherwise.
fn all_read(from: ParseStream, to: ParseStream) -> syn::Result<()> {
    let mut cursor = from.cursor();
    let mut read = TokenStream::new();
    while let Some((token, next)) = cursor.token_tree().filter(|_| cursor != to.cursor()) {
        read.extend([token]);
        cursor = next;
    }
    syn::parse2::<Expr>(read).map(drop)
}

/// Says why an argument that begins with `start` cannot be read, and what was most likely meant.
fn report_unreadable(
    key: Option<&Ident>,
    start: &TokenTree,
    why: &syn::Error,
    input: ParseStream,
    example: &str,
    errors: &Errors,
) {
    let argument = take_argument(&input.fork());
    let mut keyword = None;
    let raw = with_raw_keywords(argument.clone(), &mut keyword);
    let assigned =
        |value: String| key.map_or_else(|| value.clone(), |key| format!("{key} = {value}"));
    if let Some(keyword) = keyword.filter(|_| syn::parse2::<Expr>(raw.clone()).is_ok()) {
        let mistake = format!("`{keyword}` is a Rust keyword, so it cannot be a name");
        return errors.add(keyword, mistake, format!("`{}`", assigned(compact(raw))));
    }
    let text = compact(&argument);
    let (at, what) = match key {
        Some(key) => (key.to_token_stream(), format!("the value of `{key}`")),
        None if text.starts_with('/') => (argument, "this argument".to_owned()),
        None => (start.to_token_stream(), "this argument".to_owned()),
    };
    let help =
        if text.starts_with('/') { assigned(format!("{text:?}")) } else { example.to_owned() };
    errors.add(at, format!("{what} cannot be read: {why}"), format!("`{help}`"));
}

/// The tokens with keywords as plain names, and the first of those.
fn with_raw_keywords(tokens: TokenStream, first: &mut Option<Ident>) -> TokenStream {
    let raw = |token| match token {
        TokenTree::Group(group) => {
            let inner = with_raw_keywords(group.stream(), first);
            Group::new(group.delimiter(), inner).into()
        }
        TokenTree::Ident(word) if is_keyword(&word) => {
            let Some(name) = name_like(&word.to_string()) else { return word.into() };
            first.get_or_insert_with(|| word.clone());
            syn::parse_str::<Ident>(&name).map_or(word.into(), TokenTree::from)
        }
        token => token,
    };
    tokens.into_iter().map(raw).collect()
}

/// Reads a key and the `=` behind it, if there is one. What was only meant as a key is a mistake.
fn read_key(input: ParseStream, errors: &Errors) -> Result<Option<Ident>, ()> {
    let ahead = input.fork();
    let (key, word, name) = if let Ok(key) = ahead.parse::<LitStr>() {
        (key.to_token_stream(), None, key.value())
    } else if let Ok(words) = Words::parse_separated_nonempty_with(&ahead, Ident::parse_any) {
        let name: Vec<_> = words.iter().map(ToString::to_string).collect();
        let word = words.first().filter(|_| words.len() == 1).cloned();
        (words.to_token_stream(), word, name.join("-"))
    } else {
        return Ok(None);
    };
    let (sign, at) = (sign(&ahead), next_token(&ahead));
    (0..sign.len()).for_each(|_| skip_token(&ahead));
    let has_value = !(ahead.is_empty() || ahead.peek(Token![,]));
    if sign == "=" && has_value && word.is_some() {
        input.advance_to(&ahead);
        return Ok(word);
    }
    let is_flag = Key::of(&name).is_some_and(|key| key.takes() == Takes::Nothing);
    let may_lack = !is_flag && ahead.peek(Lit) && word.as_ref().is_some_and(|it| !is_keyword(it));
    let fix = if word.is_some() { Some(name.clone()) } else { name_like(&name.replace('-', "_")) };
    let Some(fix) = fix.filter(|_| may_lack || !sign.is_empty()) else { return Ok(None) };
    let value = if has_value { compact(take_argument(&ahead)) } else { "…".to_owned() };
    let mut help = format!("`{fix} = {value}`");
    if name.contains('-') {
        help = format!("{help}, with `#[stage_config(stages(…, {fix}(rename = {name:?})))]`");
    }
    let text = compact(&key);
    let mistake = match sign {
        _ if text.starts_with('"') => format!("the key `{text}` is in quotes"),
        _ if word.is_none() => format!("`{text}` is not a Rust identifier, so it cannot be a key"),
        "=" => format!("`{text}` has no value"),
        "" => format!("missing `=` after `{text}`"),
        sign => {
            let mistake = format!("`{text}` is followed by `{sign}` instead of `=`");
            errors.add(at, mistake, help);
            return Err(());
        }
    };
    errors.add(key, mistake, help);
    Err(())
}

/// The words of a name with hyphens.
type Words = Punctuated<Ident, Token![-]>;

/// What stands where the `=` behind a key is wanted.
fn sign(input: ParseStream) -> &'static str {
    let is_operator = input.peek(Token![==]) || input.peek(Token![::]);
    match () {
        () if is_operator => "",
        () if input.peek(Token![=>]) => "=>",
        () if input.peek(Token![=]) => "=",
        () if input.peek(Token![:]) => ":",
        () => "",
    }
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

/// A word or a string literal in quotes.
pub(crate) fn quoted(value: &Expr) -> Option<String> {
    let word = || ident(value).map(|word| word.unraw().to_string());
    string(value).map(LitStr::value).or_else(word).map(|text| format!("{text:?}"))
}

/// The word that a value is, if it may be a name.
pub(crate) fn plain(value: &Expr) -> Option<Ident> {
    ident(value).filter(|word| !is_keyword(word)).cloned()
}

/// Whether a key comes next, and not an expression that begins with a word.
fn at_key(input: ParseStream) -> bool {
    let is_assigned = input.peek2(Token![=]) && !input.peek2(Token![==]);
    let is_mistyped = input.peek2(Token![:]) && !input.peek2(Token![::]);
    input.peek(Ident::peek_any) && (is_assigned || is_mistyped)
}

/// Whether a word is one to the compiler, so that it cannot be a name as it stands.
pub(crate) fn is_keyword(word: &Ident) -> bool {
    syn::parse2::<Ident>(word.to_token_stream()).is_err()
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

/// All up to the next comma, or to the next key if a comma was forgotten.
fn take_argument(input: ParseStream) -> TokenStream {
    let mut argument = TokenStream::new();
    while !input.peek(Token![,]) && (argument.is_empty() || !at_key(input)) {
        let Ok(token) = input.parse::<TokenTree>() else { break };
        argument.extend([token]);
    }
    argument
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
    fn what_is_too_much_is_one_mistake() {
        for (attr, wanted, help) in [
            (
                parse_quote!(#[a("/a" "/b", default = 1)]),
                &["\"/a\"", "default = 1"],
                "remove `\\\"/b\\\"`",
            ),
            (
                parse_quote!(#[a(dev = 1 2 + 3, prod = 4)]),
                &["dev = 1", "prod = 4"],
                "remove `2 + 3`",
            ),
            (
                parse_quote!(#[a(dev = 1; prod = 4)]),
                &["dev = 1", "prod = 4"],
                "`dev = 1, prod = 4`",
            ),
            (parse_quote!(#[a(dev = 1 prod = 4)]), &["dev = 1", "prod = 4"], "`dev = 1, prod = 4`"),
        ] {
            let (args, damaged, said) = read(&attr);
            let said = said.unwrap();
            assert_eq!((args.as_slice(), damaged), (&wanted.map(str::to_owned)[..], true));
            assert!(said.contains(&format!("help: {help}")), "{said}");
            assert_eq!(said.matches("compile_error").count(), 1, "{said}");
        }
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
