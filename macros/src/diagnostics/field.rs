//! Guesses what an invalid argument of a field's attribute was meant to be.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use stage_config_names::NameKind;
use syn::{Expr, LitStr};

use super::loose::{Loose, string};
use super::print::compact;
use super::{Errors, Help};
use crate::parse::arguments;
use crate::parse::keywords::{Key, Kind};

/// Reports an argument that cannot be read. Returns its key.
pub(crate) fn argument(
    kind: Kind,
    tokens: &TokenStream,
    why: &syn::Error,
    errors: &Errors,
) -> Option<Ident> {
    let Some(loose) = Loose::read(tokens) else {
        unreadable(kind, tokens, why, errors);
        return None;
    };
    let (inner, name) = (loose.inner(), &loose.name);
    if name == "_" {
        let help = "name each stage; others fall back to one of them, see `fallback`";
        errors.add(&loose.key, "`_` is not a stage", Help::note(help));
        return None;
    }
    let value = syn::parse2::<Expr>(inner.clone()).ok();
    let key = kind.key(name);
    let is_accepted = key.zip(value.as_ref()).is_some_and(|(key, it)| key.accepts(Some(it)));
    if let Some(key) = key.filter(|_| !is_accepted) {
        value_of(key, tokens, value.as_ref(), errors);
        return loose.ident();
    }
    let is_pair = !loose.sign.is_empty() || string(&loose.key).is_none() && value.is_some();
    let Some(word) = loose.word().filter(|_| is_pair && (is_accepted || !kind.reserves(name)))
    else {
        unreadable(kind, tokens, why, errors);
        return None;
    };
    let is_key = syn::parse2::<Ident>(loose.key.clone()).is_ok();
    let is_assigned = compact(&loose.sign) == "=" && !inner.is_empty();
    if is_key && is_assigned {
        unreadable(kind, &loose.value, why, errors);
        return loose.ident();
    }
    let is_valid =
        |value: &Expr| is_accepted || kind == Kind::Value || arguments::string(value).is_some();
    let code = match value.filter(is_valid) {
        Some(value) => format!("{word} = {}", compact(value)),
        None => kind.pair(&word),
    };
    let rename = name.contains('-').then(|| {
        format!("if it is a stage, with `#[stage_config(stages(…, {word}(rename = {name:?})))]`")
    });
    let what = if is_assigned && !name.contains('-') && compact(&loose.key) == *name {
        format!("`{name}` is a keyword of Rust")
    } else {
        format!("expected `key = value`, found `{}`", compact(tokens))
    };
    errors.add(tokens, what, Help::replace(tokens, code).and(rename));
    loose.ident()
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

/// Reports a key without a value, or with one that it does not accept. `all` is the argument.
pub(crate) fn value_of(key: Key, all: &TokenStream, value: Option<&Expr>, errors: &Errors) {
    let word = key.word();
    let Some(value) = value else {
        return errors.add(all, format!("`{word}` has no value"), Help::replace(all, key.shape()));
    };
    let what = format!("`{word}` takes {}", key.takes());
    if key.is_flag() {
        return errors.add(all, what, Help::flag(all, word, &compact(value)));
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
