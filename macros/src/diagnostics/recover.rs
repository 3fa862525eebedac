//! Guesses what an invalid argument was meant to be.
//!
//! This module does not decide what is valid. It receives the tokens of one argument after parsing
//! failed.

use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use stage_config_names::{NameKind, closest};
use syn::{Attribute, LitStr};

use crate::diagnostics::other_stage::is_usual_stage;
use crate::diagnostics::print::{compact, did_you_mean, known, list, name_like};
use crate::diagnostics::{Errors, Help};
use crate::parse::arguments::Unreadable;
use crate::parse::keywords::{Key, Kind, Setting, is_doubtful, is_never_stage};
use crate::parse::stages::Declared;

/// Arguments that are not in parentheses.
pub(crate) fn shape(attr: &Attribute, content: &TokenStream, errors: &Errors) {
    let word = compact(attr.path());
    let what = format!("`#[{word}]` takes its arguments in parentheses");
    let text = compact(content);
    let stages =
        (word == "stage_config" && !text.contains(['=', '('])).then(|| fix_stages(content));
    let code = format!("#[{word}({})]", stages.flatten().unwrap_or(text));
    errors.add(attr.path(), what, Help::replace(attr, code));
}

/// A key of another attribute. `all` is the whole argument.
pub(crate) fn foreign_key(kind: Kind, name: &str, all: &TokenStream) -> Option<(String, Help)> {
    let help = Help::remove(all);
    if Setting::from_word(name).is_some() {
        let what = format!("`{name}` belongs on the struct, not in {kind}");
        let written = format!("write `#[stage_config({})]` on the struct", compact(all));
        Some((what, help.and([written])))
    } else if let Some(other) = Kind::from_word(name) {
        Some((format!("{other} is an attribute, not a key of {kind}"), help))
    } else if Key::from_word(name).is_some() {
        Some((format!("{kind} does not take `{name}`"), help))
    } else {
        None
    }
}

/// An argument of a field's attribute.
pub(crate) fn argument(kind: Kind, attr: &Attribute, argument: &Unreadable, errors: &Errors) {
    let Unreadable { tokens, why, .. } = argument;
    if separators(argument, errors) {
        return;
    }
    let recover = Recover { kind, attr, tokens, errors };
    match Loose::read(tokens) {
        Some(loose) => recover.loose(&loose, why),
        None => recover.no_literal(tokens, None, why),
    }
}

/// Arguments of `#[stage_config(…)]`.
pub(crate) fn settings(unreadable: &[Unreadable], errors: &Errors) {
    let is_lone = |it: &&Unreadable| match Loose::read(&it.tokens) {
        Some(it) => {
            let is_word = it.sign == Sign::None && it.value.is_empty();
            is_word && Setting::meant(&it.name).is_none() && !means_something_else(&it.name)
        }
        None => false,
    };
    let (lone, others): (Vec<_>, Vec<_>) = unreadable.iter().partition(is_lone);
    if !lone.is_empty() {
        let tokens = lone.iter().map(|it| &it.tokens);
        let all = quote!(#(#tokens),*);
        let fix = fix_stages(&all).unwrap_or_else(|| Setting::Stages.shape().to_owned());
        let what = format!("`{}` is outside of `stages(…)`", compact(&all));
        errors.add(&all, what, Help::replace(&all, fix));
    }
    for argument in others {
        if !separators(argument, errors) {
            setting(argument, errors);
        }
    }
}

/// Reports an extra or a missing comma, and another sign in its place.
fn separators(argument: &Unreadable, errors: &Errors) -> bool {
    let tokens: Vec<_> = argument.tokens.clone().into_iter().collect();
    if let (true, Some(comma)) = (tokens.is_empty(), &argument.comma) {
        errors.add(comma, "an argument is missing before `,`", Help::remove(comma));
        return true;
    }
    let is_sign = |token: Option<&TokenTree>| {
        matches!(token, Some(TokenTree::Punct(it))
            if it.as_char() == '=' && it.spacing() == Spacing::Alone || it.as_char() == ':')
    };
    let begins = |at: usize| {
        let is_word = matches!(tokens.get(at), Some(TokenTree::Ident(_)));
        let is_key = is_word || matches!(tokens.get(at), Some(TokenTree::Literal(_)));
        is_key && is_sign(tokens.get(at + 1)) || at + 1 == tokens.len() && is_word
    };
    let semicolon =
        |token: &TokenTree| matches!(token, TokenTree::Punct(it) if it.as_char() == ';');
    let is_literal = |token: &TokenTree| matches!(token, TokenTree::Literal(_));
    let follows = |at: usize| {
        let is_value = matches!(tokens[at - 1], TokenTree::Literal(_) | TokenTree::Group(_));
        is_value || at > 1 && matches!(tokens[at - 1], TokenTree::Ident(_))
    };
    let place = (1..tokens.len()).find(|&at| {
        let is_second = is_literal(&tokens[at - 1]) && is_literal(&tokens[at]);
        semicolon(&tokens[at]) || is_second || follows(at) && begins(at)
    });
    let Some(at) = place else { return false };
    if is_literal(&tokens[at]) && !begins(at) {
        let what = format!("unexpected `{}` after `{}`", tokens[at], tokens[at - 1]);
        errors.add(&tokens[at], what, Help::remove(&tokens[at]));
        return true;
    }
    let behind = at + usize::from(semicolon(&tokens[at]));
    let [before, after] =
        [&tokens[..at], &tokens[behind..]].map(|it| it.iter().cloned().collect::<TokenStream>());
    let what = if behind > at {
        "`;` instead of `,`".to_owned()
    } else {
        format!("missing `,` before `{}`", tokens[at])
    };
    let comma = if after.is_empty() { "" } else { ", " };
    let code = format!("{}{comma}{}", compact(before), compact(after));
    errors.add(&tokens[at], what, Help::replace(&argument.tokens, code));
    true
}

/// A key, or what was meant as one, and the tokens after it.
struct Loose {
    key: TokenStream,
    name: String,
    sign: Sign,
    /// The sign, if it is not `=`.
    sign_at: TokenStream,
    value: TokenStream,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    None,
    Assign,
    /// `:` or `=>`
    Other,
}

impl Loose {
    fn read(tokens: &TokenStream) -> Option<Self> {
        let mut rest = tokens.clone().into_iter().peekable();
        let mut key = Vec::new();
        let mut name = match rest.next()? {
            TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
                // A fragment of `macro_rules`.
                return Self::read(&group.stream().into_iter().chain(rest).collect());
            }
            TokenTree::Ident(word) => {
                let name = word.to_string();
                key.push(TokenTree::from(word));
                name
            }
            TokenTree::Literal(text) => {
                let name = syn::parse2::<LitStr>(text.to_token_stream()).ok()?.value();
                key.push(text.into());
                name
            }
            _ => return None,
        };
        let is = |token: &TokenTree, c| matches!(token, TokenTree::Punct(it) if it.as_char() == c);
        while let Some(minus) = rest.next_if(|token| is(token, '-')) {
            key.push(minus);
            let word = rest.next()?;
            name = format!("{name}-{word}");
            key.push(word);
        }
        let mut sign_at = Vec::new();
        while let Some(TokenTree::Punct(punct)) =
            rest.next_if(|it| matches!(it, TokenTree::Punct(_)))
        {
            let goes_on = punct.spacing() == Spacing::Joint;
            sign_at.push(punct);
            if !goes_on {
                break;
            }
        }
        let text: String = sign_at.iter().map(Punct::as_char).collect();
        let sign = match text.as_str() {
            "" => Sign::None,
            "=" => Sign::Assign,
            ":" | "=>" => Sign::Other,
            _ => return None,
        };
        let sign_at = sign_at.into_iter().map(TokenTree::from).collect();
        let name = name.strip_prefix("r#").unwrap_or(&name).to_owned();
        Some(Self { key: key.into_iter().collect(), name, sign, sign_at, value: rest.collect() })
    }

    fn is_quoted(&self) -> bool {
        syn::parse2::<LitStr>(self.key.clone()).is_ok()
    }

    /// The only group of the value, or else its tokens.
    fn inner(&self) -> TokenStream {
        group(&self.value).map_or_else(|| self.value.clone(), |group| group.stream())
    }

    /// `` `:` is …`` instead of a `=`, or a key that is not a word.
    fn report_form(&self, tokens: &TokenStream, key: String, errors: &Errors) -> bool {
        let (text, value) = (compact(&self.key), self.value_text());
        let (at, what) = if self.is_quoted() && self.sign != Sign::None {
            (&self.key, format!("the key `{text}` is in quotes"))
        } else if self.name.contains('-') {
            (&self.key, format!("`{text}` is not a Rust identifier, so it cannot be a key"))
        } else if self.sign == Sign::Other {
            let sign = compact(&self.sign_at);
            (&self.sign_at, format!("`{text}` is followed by `{}` instead of `=`", sign.trim()))
        } else if self.sign == Sign::Assign && syn::parse2::<syn::Ident>(self.key.clone()).is_err()
        {
            (&self.key, format!("`{text}` is a Rust keyword, so it cannot be a key"))
        } else {
            return false;
        };
        let code = if Key::from_word(&key).is_some_and(Key::is_flag) {
            key
        } else {
            format!("{key} = {value}")
        };
        let hyphen = self.name.contains('-');
        let declare = hyphen.then(|| {
            let word = self.name.replace('-', "_");
            let stage = format!("{word}(rename = {:?})", self.name);
            format!("if it is a stage, with `#[stage_config(stages(…, {stage}))]`")
        });
        errors.add(at, what, Help::replace(tokens, code).and(declare));
        true
    }

    fn value_text(&self) -> String {
        if self.value.is_empty() { "…".to_owned() } else { compact(&self.value) }
    }
}

/// Guesses the meaning of an argument of a field's attribute.
struct Recover<'a> {
    kind: Kind,
    attr: &'a Attribute,
    tokens: &'a TokenStream,
    errors: &'a Errors,
}

impl Recover<'_> {
    fn add(&self, at: impl ToTokens, what: String, code: impl Into<String>) {
        self.errors.add(at, what, Help::replace(self.tokens, code));
    }

    fn loose(&self, loose: &Loose, why: &syn::Error) {
        let Self { kind, tokens, .. } = *self;
        let Loose { key, name, sign, value, .. } = loose;
        let word = name_like(&name.replace('-', "_"));
        if let Some(word) = &word
            && loose.report_form(tokens, word.clone(), self.errors)
        {
            return;
        }
        match sign {
            _ if loose.is_quoted() => self.no_literal(tokens, None, why),
            Sign::Assign if value.is_empty() => self.no_value(loose),
            _ if let Some(key) = kind.key(name) => self.misuse(key, loose),
            Sign::Assign if let Some(meant) = self.meant(name) => self.typo(loose, meant),
            Sign::Assign if let Some((what, help)) = foreign_key(kind, name, tokens) => {
                self.errors.add(key, what, help);
            }
            Sign::Assign if is_never_stage(name) || word.is_none() => {
                let keys: Vec<_> = kind.keys().iter().map(|key| key.word()).collect();
                let what = format!("unknown key `{name}` in {kind}");
                self.errors.add(key, what, Help::remove(tokens).and(known("key", &keys)));
            }
            Sign::Assign => self.no_literal(value, Some(name), why),
            _ if value.is_empty() => self.lone(loose, why),
            _ if kind == Kind::Nested && name == "prefix" && group(value).is_some() => {
                let what = "`#[nested]` takes its prefix without `prefix(…)`".to_owned();
                self.add(key, what, compact(loose.inner()));
            }
            _ if kind != Kind::Value && is_string(&loose.inner()) => {
                let what = match group(value) {
                    Some(_) => format!("`{name}` takes no parentheses"),
                    None => format!("missing `=` after `{name}`"),
                };
                self.add(key, what, format!("{name} = {}", compact(loose.inner())));
            }
            _ => self.no_literal(tokens, None, why),
        }
    }

    /// A single word: a typo of a key, a stage without a name, or a name without quotes.
    fn lone(&self, loose: &Loose, why: &syn::Error) {
        let Self { kind, tokens, .. } = *self;
        let name = &loose.name;
        let has_more = self.attr.to_token_stream().to_string().contains(['=', ',']);
        if let Some(meant) = self.meant(name) {
            self.typo(loose, meant);
        } else if Key::from_word(name).is_some()
            && let Some((what, help)) = foreign_key(kind, name, tokens)
        {
            self.errors.add(tokens, what, help);
        } else if kind.is_by_stage() && (is_usual_stage(name) || has_more) {
            self.no_value(loose);
        } else {
            self.no_literal(tokens, None, why);
        }
    }

    /// The most likely intended key.
    fn meant(&self, name: &str) -> Option<Key> {
        closest(name, self.kind.keys().iter().map(|key| key.word())).and_then(Key::from_word)
    }

    fn typo(&self, loose: &Loose, meant: Key) {
        let hint = did_you_mean(Some(meant.word()));
        let what = format!("unknown key `{}` in {}{hint}", loose.name, self.kind);
        let code = if meant.is_flag() || loose.value.is_empty() {
            meant.shape().to_owned()
        } else {
            format!("{} = {}", meant.word(), compact(&loose.value))
        };
        self.add(&loose.key, what, code);
    }

    fn no_value(&self, loose: &Loose) {
        let name = &loose.name;
        let value = if self.kind == Kind::Value { "…" } else { "\"…\"" };
        let code = match self.kind.key(name) {
            Some(key) => key.shape().to_owned(),
            None => format!("{name} = {value}"),
        };
        self.add(&loose.key, format!("`{name}` has no value"), code);
    }

    /// A key with an invalid value.
    fn misuse(&self, key: Key, loose: &Loose) {
        if loose.value.is_empty() {
            return self.no_value(loose);
        }
        let inner = loose.inner();
        if key.is_flag() && is_refusal(&inner) {
            let what = format!("`{}` takes {}", key.word(), key.takes());
            return self.errors.add(self.tokens, what, Help::remove(self.tokens));
        }
        let text = string(&inner);
        let code = match key {
            Key::Json => {
                text.filter(|it| !it.is_empty()).map(|name| format!("json_key = {name:?}"))
            }
            Key::Member => {
                let name = text.unwrap_or_else(|| compact(&inner));
                let parts = name.split('.').map(|part| part.split('[').next().unwrap_or(part));
                let parts: Vec<_> = parts.filter(|part| !matches!(*part, "" | "$")).collect();
                (!parts.is_empty()).then(|| format!("json_key = {:?}", parts.join(".")))
            }
            Key::ParseWith => {
                let path = text.unwrap_or_else(|| compact(&inner));
                let path = path.split('(').next().unwrap_or(&path);
                let is_path = syn::parse_str::<syn::Path>(path).is_ok();
                is_path.then(|| format!("parse_with = {path}"))
            }
            Key::Default if loose.sign == Sign::None => {
                Some(format!("default = {}", compact(&inner)))
            }
            Key::Default | Key::Base64 | Key::Required => None,
        };
        let code = code.unwrap_or_else(|| key.shape().to_owned());
        let at = if key.is_flag() { self.tokens } else { &loose.value };
        self.add(at, format!("`{}` takes {}", key.word(), key.takes()), code);
    }

    /// Tokens in the place of a name or an expression.
    fn no_literal(&self, value: &TokenStream, stage: Option<&str>, why: &syn::Error) {
        let kind = self.kind;
        let text = compact(value);
        if kind == Kind::Value {
            let what = match stage {
                Some(stage) => format!("the value of `{stage}` cannot be read: {why}"),
                None => format!("this argument cannot be read: {why}"),
            };
            return self.errors.add(value, what, Help::replace(value, "…"));
        }
        let what = format!(
            "`{text}` is not a string literal; the names in {kind} are checked at compile time"
        );
        let is_word = syn::parse2::<Ident>(value.clone()).is_ok();
        // In capitals, it is a constant, but variables of the environment are too.
        let is_name = is_word && (kind == Kind::Env || text.starts_with(char::is_lowercase));
        let slash = if is_name && kind.name_of() == Some(NameKind::Path) { "/" } else { "" };
        let is_known = is_name || text.starts_with('/');
        let code =
            if is_known { format!("{:?}", format!("{slash}{text}")) } else { "\"…\"".into() };
        self.errors.add(value, what, Help::replace(value, code));
    }
}

/// Whether a word is not a stage, and was not meant as one.
fn means_something_else(name: &str) -> bool {
    name == "none" || is_doubtful(name) || closest(name, Key::ALL.map(Key::word)).is_some()
}

fn setting(argument: &Unreadable, errors: &Errors) {
    let tokens = &argument.tokens;
    let Some(loose) = Loose::read(tokens) else {
        let what = format!("`{}` has no key", compact(tokens));
        return errors.add(tokens, what, Help::note(all_settings()));
    };
    let name = &loose.name;
    let Some(meant) = Setting::meant(name) else {
        let is_of_a_field = Key::from_word(name).is_some() || Kind::from_word(name).is_some();
        let field = if is_of_a_field { ", which belongs on a field" } else { "" };
        let what = format!("unknown key `{name}` in `#[stage_config]`{field}");
        return errors.add(&loose.key, what, Help::remove(tokens).and([all_settings()]));
    };
    let refuses = meant == Setting::AllowNearMisses && is_refusal(&loose.value);
    let help = if refuses {
        Help::remove(tokens)
    } else {
        let code = fix_setting(meant, &loose).unwrap_or_else(|| meant.shape().to_owned());
        Help::replace(tokens, code)
    };
    if name != meant.word() {
        let hint = did_you_mean(Some(meant.word()));
        let what = format!("unknown key `{name}` in `#[stage_config]`{hint}");
        return errors.add(&loose.key, what, help);
    }
    let inner_key = |stage: &TokenStream| {
        let loose = Loose::read(stage)?;
        let is_key = loose.sign == Sign::Assign && Setting::from_word(&loose.name).is_some();
        is_key.then_some(stage.clone())
    };
    if meant == Setting::Stages
        && let Some(inside) = split(&loose.inner()).iter().find_map(inner_key)
    {
        let what = format!("`{}` is inside `stages(…)`", compact(&inside));
        return errors.add(inside, what, help);
    }
    let at = if loose.value.is_empty() { &loose.key } else { &loose.value };
    errors.add(at, format!("`{name}` takes {}", meant.takes()), help);
}

fn all_settings() -> String {
    let settings = list(Setting::ALL.map(Setting::shape));
    format!("the keys are {settings}")
}

/// Whether it asks for the opposite of a flag, which is the default.
fn is_refusal(value: &TokenStream) -> bool {
    ["deny", "refuse", "forbid", "none", "false"].contains(&compact(value).as_str())
}

/// With what is given for it, without the quotes and with the colons that belong there.
fn fix_setting(setting: Setting, loose: &Loose) -> Option<String> {
    let inner = loose.inner();
    let bare = string(&inner).unwrap_or_else(|| compact(&inner));
    let path = |path: &str| syn::parse_str::<syn::Path>(path).is_ok().then(|| path.to_owned());
    let value = match setting {
        Setting::Stages => {
            let stages = string(&inner).and_then(|text| text.parse().ok()).unwrap_or(inner);
            return fix_stages(&stages);
        }
        Setting::AllowNearMisses => return Some(setting.word().to_owned()),
        Setting::Fallback | Setting::Names => name_like(&bare)?,
        Setting::StageEnv => quoted(&inner)?,
        Setting::Validate => path(bare.split('(').next().unwrap_or(&bare))?,
        Setting::Crate => path(&match bare.split_once("::") {
            Some(("self" | "super", rest)) => format!("crate::{rest}"),
            Some(("" | "crate", _)) => bare,
            _ => format!("::{bare}"),
        })?,
    };
    Some(format!("{} = {value}", setting.word()))
}

/// The corrected `stages(…)`, followed by settings that were inside.
fn fix_stages(tokens: &TokenStream) -> Option<String> {
    let (mut stages, mut settings) = (Vec::new(), Vec::new());
    for stage in split(tokens) {
        let loose = Loose::read(&stage)?;
        if loose.sign == Sign::Assign && Setting::from_word(&loose.name).is_some() {
            settings.push(compact(&stage));
        } else if syn::parse2::<Declared>(stage.clone()).is_ok() {
            stages.push(compact(&stage));
        } else {
            stages.push(fix_stage(&loose)?);
        }
    }
    if stages.is_empty() {
        return None;
    }
    let stages = format!("stages({})", stages.join(", "));
    Some([&[stages], &settings[..]].concat().join(", "))
}

fn fix_stage(loose: &Loose) -> Option<String> {
    let word = name_like(&loose.name.replace('-', "_"))?;
    let mut rename = loose.name.contains('-').then(|| format!("{:?}", loose.name));
    let mut aliases = Vec::new();
    if loose.sign == Sign::None {
        for argument in split(&loose.inner()) {
            let Some(key) = Loose::read(&argument).filter(|it| it.sign != Sign::None) else {
                aliases.push(string(&argument).map(|name| format!("{name:?}"))?);
                continue;
            };
            let mut names = names(&key.value)?.into_iter();
            match closest(&key.name, ["rename", "alias", "name", "aliases", "names"])? {
                "rename" | "name" if rename.is_none() => rename = names.next(),
                _ => {}
            }
            aliases.extend(names);
        }
    } else {
        // The first name is the stage's own.
        let mut names = names(&loose.value)?.into_iter();
        rename = names.next().filter(|name| *name != format!("{word:?}")).or(rename);
        aliases.extend(names);
    }
    let rename = rename.map(|name| format!("rename = {name}"));
    let aliases = aliases.into_iter().map(|name| format!("alias = {name}"));
    let keys: Vec<_> = rename.into_iter().chain(aliases).collect();
    Some(if keys.is_empty() { word } else { format!("{word}({})", keys.join(", ")) })
}

/// A name or a list of names, each in quotes.
fn names(value: &TokenStream) -> Option<Vec<String>> {
    let inner = group(value).map_or_else(|| value.clone(), |group| group.stream());
    split(&inner).iter().map(quoted).collect()
}

/// The parts between commas, semicolons, and words.
fn split(tokens: &TokenStream) -> Vec<TokenStream> {
    let mut parts: Vec<Vec<TokenTree>> = vec![Vec::new()];
    for token in tokens.clone() {
        let last = parts.last().and_then(|part| part.last());
        let follows_word =
            matches!((last, &token), (Some(TokenTree::Ident(_)), TokenTree::Ident(_)));
        match token {
            TokenTree::Punct(it) if matches!(it.as_char(), ',' | ';') => parts.push(Vec::new()),
            token if follows_word => parts.push(vec![token]),
            token => parts.last_mut().into_iter().for_each(|part| part.push(token.clone())),
        }
    }
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    parts.map(|part| part.into_iter().collect()).collect()
}

/// A word or a string literal, in quotes.
fn quoted(value: &TokenStream) -> Option<String> {
    let word = || syn::parse2::<Ident>(value.clone()).ok().map(|word| word.to_string());
    string(value).or_else(word).map(|text| format!("{text:?}"))
}

fn string(value: &TokenStream) -> Option<String> {
    syn::parse2::<LitStr>(value.clone()).ok().map(|text| text.value())
}

fn is_string(value: &TokenStream) -> bool {
    string(value).is_some()
}

/// The group, if the tokens are a single group.
fn group(tokens: &TokenStream) -> Option<Group> {
    let mut all = tokens.clone().into_iter();
    match (all.next(), all.next()) {
        (Some(TokenTree::Group(group)), None) => Some(group),
        _ => None,
    }
}
