//! Guesses what an invalid argument of a field's attribute was meant to be.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use stage_config_names::NameKind;
use syn::{Expr, LitStr};

use super::loose::{Loose, string};
use super::print::compact;
use super::{Errors, Help};
use crate::parse::arguments;
use crate::parse::keywords::{Key, Kind};

/// Reports an argument that cannot be read.
pub(crate) fn argument(kind: Kind, tokens: &TokenStream, why: &syn::Error, errors: &Errors) {
    let Some(loose) = Loose::read(tokens) else { return unreadable(kind, tokens, why, errors) };
    let (word, key, inner) = (loose.word(), kind.key(&loose.name), loose.inner());
    let value = syn::parse2::<Expr>(inner.clone()).ok();
    let is_pair = !loose.sign.is_empty() || string(&loose.key).is_none() && value.is_some();
    let Some(word) = word.filter(|_| is_pair && (key.is_some() || !kind.reserves(&loose.name)))
    else {
        return unreadable(kind, tokens, why, errors);
    };
    let is_key = syn::parse2::<Ident>(loose.key.clone()).is_ok();
    if is_key && compact(&loose.sign) == "=" && !inner.is_empty() {
        return unreadable(kind, &loose.value, why, errors);
    }
    let is_valid = value.is_some_and(|value| match key {
        Some(key) => key.accepts(Some(&value)),
        None => kind == Kind::Value || arguments::string(&value).is_some(),
    });
    if let Some(flag) = key.filter(|key| key.is_flag()) {
        let help = Help::flag(tokens, &word, &compact(&inner));
        return errors.add(tokens, format!("`{word}` takes {}", flag.takes()), help);
    }
    let help = match key {
        _ if is_valid => Help::replace(tokens, format!("{word} = {}", compact(&inner))),
        Some(key) => Help::replace(tokens, key.shape()),
        None => Help::replace(tokens, kind.pair(&word)),
    };
    let rename = loose.name.contains('-').then(|| {
        let stage = format!("{word}(rename = {:?})", loose.name);
        format!("if it is a stage, with `#[stage_config(stages(…, {stage}))]`")
    });
    let what = format!("expected `key = value`, found `{}`", compact(tokens));
    errors.add(tokens, what, help.and(rename));
}

fn unreadable(kind: Kind, tokens: &TokenStream, why: &syn::Error, errors: &Errors) {
    if kind == Kind::Value {
        let what = format!("this argument cannot be read: {why}");
        errors.add(tokens, what, Help::replace(tokens, "…"));
    } else {
        not_literal(kind, tokens, errors);
    }
}

/// Reports tokens in the place of a name.
pub(crate) fn not_literal(kind: Kind, value: &impl ToTokens, errors: &Errors) {
    let text = compact(value);
    let what = format!(
        "`{text}` is not a string literal; the names in {kind} are checked at compile time"
    );
    let is_word = syn::parse2::<Ident>(value.to_token_stream()).is_ok();
    // In capitals, it is a constant, but variables of the environment are too.
    let is_name = is_word && (kind == Kind::Env || text.starts_with(char::is_lowercase));
    let slash = if is_name && kind.name_of() == Some(NameKind::Path) { "/" } else { "" };
    let is_known = is_name || text.starts_with('/');
    let name = if is_known { format!("{slash}{text}") } else { "…".to_owned() };
    errors.add(value, what, Help::replace(value, format!("{name:?}")));
}

/// Reports a key without a value, or with one that it does not accept.
pub(crate) fn value_of(key: Key, word: &Ident, value: Option<&Expr>, errors: &Errors) {
    let Some(value) = value else {
        let help = Help::replace(word, key.shape());
        return errors.add(word, format!("`{word}` has no value"), help);
    };
    let (all, what) = (quote!(#word = #value), format!("`{word}` takes {}", key.takes()));
    if key.is_flag() {
        return errors.add(&all, what, Help::flag(&all, key.word(), &compact(value)));
    }
    let accepted =
        |code: &String| syn::parse_str::<Expr>(code).is_ok_and(|code| key.accepts(Some(&code)));
    // The compiler reports texts that it cannot split into tokens.
    let is_path = |text: &String| text.chars().all(|c| c.is_alphanumeric() || "_:".contains(c));
    let unquoted = arguments::string(value).map(LitStr::value).filter(is_path);
    let quoted = arguments::ident(value).map(|word| format!("{:?}", word.to_string()));
    let code = unquoted.into_iter().chain(quoted).find(accepted);
    let code = code.map(|code| format!("{word} = {code}"));
    errors.add(value, what, Help::replace(all, code.unwrap_or_else(|| key.shape().to_owned())));
}
