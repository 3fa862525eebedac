//! What may stand behind the names in a field's attribute.

use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::{Expr, Ident, LitStr, Path};

use crate::args;
use crate::errors::Errors;
use crate::grammar::{Key, Takes};
use crate::print::compact;

/// The keys that are given, each with what it takes; which an attribute takes is for its grammar to
/// say.
#[derive(Default)]
pub(crate) struct Keys(Vec<(Key, Ident, Option<Expr>)>);

impl Keys {
    /// Takes a key in, if the value is one that it takes and there is none yet.
    pub(crate) fn take(
        &mut self,
        key: Key,
        word: &Ident,
        value: Option<&Expr>,
        errors: &Errors,
    ) -> bool {
        let understood = match (key.takes(), value) {
            (Takes::Nothing, value) => value.is_none(),
            (_, None) => false,
            (Takes::Expression, Some(_)) => true,
            (Takes::Member, Some(name)) => {
                args::string(name).is_some_and(|name| is_member(&name.value()))
            }
            (Takes::Function, Some(path)) => matches!(args::ungrouped(path), Expr::Path(_)),
        };
        if !understood {
            report_misuse(key, word, value, errors);
        } else if self.word(key).is_some() {
            errors.add(word, format!("`{word}` is given twice"), format!("keep one `{word}`"));
        } else {
            self.0.push((key, word.clone(), value.cloned()));
        }
        understood
    }

    /// The word that gives a key, if it is given.
    pub(crate) fn word(&self, key: Key) -> Option<&Ident> {
        self.0.iter().find(|(it, ..)| *it == key).map(|(_, word, _)| word)
    }

    /// What is given for a key.
    pub(crate) fn value(&self, key: Key) -> Option<&Expr> {
        self.0.iter().find(|(it, ..)| *it == key)?.2.as_ref()
    }

    /// Whether a key is given.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.0.iter().any(|(key, ..)| key.word() == word)
    }
}

/// Whether it names a key of a JSON object, nested by dots, and is no path of another language.
fn is_member(name: &str) -> bool {
    name.split('.').all(|part| !(part.is_empty() || part == "$" || part.ends_with(']')))
}

fn report_misuse(key: Key, word: &Ident, value: Option<&Expr>, errors: &Errors) {
    let (takes, example) = (key.takes(), key.example());
    let Some(value) = value else {
        let more = if takes == Takes::Expression { format!(", {takes}") } else { String::new() };
        return errors.add(word, format!("`{word}` has no value"), format!("`{example}`{more}"));
    };
    let text = args::string(value).map(LitStr::value);
    let fix = match (key, args::ident(value), text) {
        (Key::Json, _, Some(name)) if is_member(&name) => format!("json_key = {name:?}"),
        (Key::OfJson, Some(name), _) => format!("{word} = \"{}\"", name.unraw()),
        (Key::OfJson, _, Some(name)) if name.contains(|c| c != '.') => {
            let parts = name.split('.').map(|part| part.split('[').next().unwrap_or(part));
            let parts: Vec<_> = parts.filter(|part| !matches!(*part, "" | "$")).collect();
            format!("{word} = {:?}", parts.join("."))
        }
        (Key::ParseWith, _, Some(path)) if syn::parse_str::<Path>(&path).is_ok() => {
            format!("{word} = {path}")
        }
        (Key::ParseWith, ..) if let Expr::Call(call) = value => {
            format!("{word} = {}", compact(&call.func))
        }
        _ => example.to_owned(),
    };
    let flag = takes == Takes::Nothing;
    let at = if flag { quote!(#word = #value) } else { value.to_token_stream() };
    errors.add(at, format!("`{word}` takes {takes}"), format!("`{fix}`"));
}
