//! The attribute of a field.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Expr, ExprPath, Ident, LitStr, Meta, Token};

use crate::diagnostics::print::compact;
use crate::diagnostics::{Errors, Help, recover};
use crate::parse::arguments;
use crate::parse::keywords::{Key, Kind};

/// Where the value of a field comes from, as written.
pub(crate) enum Source {
    Stage,
    Value(Given<Expr>),
    Ssm(Given<LitStr>, Keys),
    Secret(Given<LitStr>, Keys),
    Env(Given<LitStr>, Keys),
    SsmPath(Given<LitStr>, Keys),
    Nested(Given<LitStr>),
}

/// Names or values: for all stages, and by stage.
pub(crate) struct Given<T> {
    pub(crate) all: Option<T>,
    /// By keys that have no other meaning, so they should be stages.
    pub(crate) each: Vec<(Ident, T)>,
}

impl<T> Given<T> {
    /// Whether there is an argument for this key.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.each.iter().any(|(key, _)| key.unraw() == word)
    }
}

/// The keys that are not stages.
#[derive(Default)]
pub(crate) struct Keys {
    pub(crate) default: Option<(Ident, Expr)>,
    pub(crate) json: Option<Ident>,
    pub(crate) json_key: Option<(Ident, LitStr)>,
    pub(crate) base64: Option<Ident>,
    pub(crate) parse_with: Option<(Ident, Expr)>,
    pub(crate) required: Option<Ident>,
}

/// `None` if any of it was refused. The mistake was reported.
pub(crate) fn read(kind: Kind, attr: &Attribute, errors: &Errors) -> Option<Source> {
    let names = |make: fn(Given<LitStr>, Keys) -> Source| {
        let (given, keys) = read_arguments(kind, attr, errors)?;
        Some(make(given, keys))
    };
    match kind {
        Kind::Stage if matches!(attr.meta, Meta::Path(_)) => Some(Source::Stage),
        Kind::Stage => {
            let help = Help::replace(attr, kind.shape());
            errors.add(attr.path(), "`#[stage]` takes no arguments", help);
            None
        }
        Kind::Value => {
            let given: Given<Expr> = read_arguments(kind, attr, errors)?.0;
            let word = given.all.as_ref().filter(|_| !given.each.is_empty());
            let word = word.and_then(arguments::ident);
            if let Some(key) = word.filter(|it| Key::from_word(&it.to_string()).is_some()) {
                errors.add(key, format!("{kind} does not take `{key}`"), Help::remove(key));
                return None;
            }
            Some(Source::Value(given))
        }
        Kind::Ssm => names(Source::Ssm),
        Kind::Secret => names(Source::Secret),
        Kind::Env => names(Source::Env),
        Kind::SsmPath => names(Source::SsmPath),
        Kind::Nested => names(|given, _| Source::Nested(given)),
    }
}

impl Source {
    /// The keys that should be stages. If there is a name for all stages, there are none.
    pub(crate) fn stages(&self) -> impl Iterator<Item = &Ident> {
        fn keys<T>(given: &Given<T>) -> Vec<&Ident> {
            let each = given.each.iter().filter(|_| given.all.is_none());
            each.map(|(key, _)| key).collect()
        }
        let keys = match self {
            Self::Stage | Self::Env(..) => Vec::new(),
            Self::Value(given) => keys(given),
            Self::Ssm(given, _)
            | Self::Secret(given, _)
            | Self::SsmPath(given, _)
            | Self::Nested(given) => keys(given),
        };
        keys.into_iter()
    }

    /// All names in it.
    pub(crate) fn names(&self) -> impl Iterator<Item = &LitStr> {
        let names = match self {
            Self::Stage | Self::Value(_) => None,
            Self::Ssm(names, _)
            | Self::Secret(names, _)
            | Self::Env(names, _)
            | Self::SsmPath(names, _)
            | Self::Nested(names) => Some(names),
        };
        let names = names.into_iter();
        names.flat_map(|names| names.all.iter().chain(names.each.iter().map(|(_, name)| name)))
    }
}

fn read_arguments<T: Parse + ToTokens>(
    kind: Kind,
    attr: &Attribute,
    errors: &Errors,
) -> Option<(Given<T>, Keys)> {
    let tokens = arguments::of(attr).map_err(|all| recover::shape(attr, &all, errors)).ok()?;
    let (mut given, mut keys) = (Given { all: None, each: Vec::new() }, Keys::default());
    let mut seconds = Vec::new();
    let unreadable = arguments::read_each(tokens.clone(), |input| {
        if let Some(word) = arguments::key(input)? {
            match kind.key(&word.unraw().to_string()) {
                Some(key) => seconds.extend(keys.take(key, word, Some(input))?),
                None => given.each.push((word, input.parse()?)),
            }
        } else if let Some((key, word)) = flag(kind, input) {
            seconds.extend(keys.take(key, word, None)?);
        } else {
            seconds.extend(fill(&mut given.all, input.parse()?).map(T::into_token_stream));
        }
        Ok(())
    });
    for argument in &unreadable {
        recover::argument(kind, attr, argument, errors);
    }
    // An argument that was refused may have another meaning.
    for second in seconds.iter().filter(|_| unreadable.is_empty()) {
        report_second(kind, second, errors);
    }
    let is_empty = given.all.is_none() && given.each.is_empty() && unreadable.is_empty();
    if is_empty && kind != Kind::Nested {
        let comma = if tokens.is_empty() { "" } else { ", " };
        let name = if kind == Kind::Value { "…" } else { "\"…\"" };
        let help = Help::replace(attr, kind.with(&format!("{name}{comma}{}", compact(&tokens))));
        errors.add(attr.path(), format!("{kind} has no {}", kind.takes()), help);
    } else if unreadable.is_empty() && seconds.is_empty() {
        return Some((given, keys));
    }
    None
}

/// A key without a value. If something follows it, `recover` guesses what was meant.
fn flag(kind: Kind, input: ParseStream) -> Option<(Key, Ident)> {
    let ahead = input.fork();
    let word: Ident = ahead.parse().ok()?;
    let key = kind.key(&word.to_string())?;
    if !(ahead.is_empty() || ahead.peek(Token![,])) {
        return None;
    }
    Some((key, input.parse().ok()?))
}

/// Fills an empty slot, or returns the value.
fn fill<T>(slot: &mut Option<T>, value: T) -> Option<T> {
    if slot.is_some() {
        return Some(value);
    }
    *slot = Some(value);
    None
}

impl Keys {
    /// Reads the value of a key. Returns a second value of the same key.
    fn take(
        &mut self,
        key: Key,
        word: Ident,
        value: Option<ParseStream>,
    ) -> syn::Result<Option<TokenStream>> {
        let pair = |(word, value): (Ident, TokenStream)| quote!(#word = #value);
        let refused = || syn::Error::new(word.span(), format!("{} takes {}", word, key.takes()));
        let second = match (key, value) {
            (Key::Json, None) => fill(&mut self.json, word).map(Ident::into_token_stream),
            (Key::Base64, None) => fill(&mut self.base64, word).map(Ident::into_token_stream),
            (Key::Required, None) => fill(&mut self.required, word).map(Ident::into_token_stream),
            (Key::Default, Some(input)) => {
                let second = fill(&mut self.default, (word, input.parse()?));
                second.map(|(word, value)| pair((word, value.into_token_stream())))
            }
            (Key::Member, Some(input)) => {
                let name: LitStr = input.parse()?;
                if !is_json_key(&name.value()) {
                    return Err(refused());
                }
                let second = fill(&mut self.json_key, (word, name));
                second.map(|(word, value)| pair((word, value.into_token_stream())))
            }
            (Key::ParseWith, Some(input)) => {
                let path: ExprPath = input.parse()?;
                let second = fill(&mut self.parse_with, (word, path.into()));
                second.map(|(word, value)| pair((word, value.into_token_stream())))
            }
            _ => return Err(refused()),
        };
        Ok(second)
    }
}

/// Whether it is a key of a JSON object, with dots for nested objects, and not a path of another
/// language.
fn is_json_key(name: &str) -> bool {
    name.split('.').all(|part| !(part.is_empty() || part == "$" || part.ends_with(']')))
}

fn report_second(kind: Kind, second: &TokenStream, errors: &Errors) {
    let word = second.clone().into_iter().next().map(|word| word.to_string());
    let help = Help::remove(second);
    if let Some(word) = word.filter(|word| Key::from_word(word).is_some()) {
        let what = match kind.key(&word) {
            Some(_) => format!("`{word}` is given twice"),
            None => format!("{kind} does not take `{word}`"),
        };
        return errors.add(second, what, help);
    }
    let shape =
        if kind == Kind::Value { "dev = …, prod = …" } else { "dev = \"…\", prod = \"…\"" };
    let by_stage = format!("or give one for each stage: `{}`", kind.with(shape));
    let what = format!("{kind} has a second {}", kind.takes());
    errors.add(second, what, help.and(kind.is_by_stage().then_some(by_stage)));
}
