//! What may stand behind the names in a field's attribute.

use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::{Expr, Ident, LitStr};

use crate::args;
use crate::errors::Errors;
use crate::grammar::Key;
use crate::print::compact;
use crate::slot::Slot;

/// The slots of all keys; which of them an attribute takes is for its grammar to say.
#[derive(Default)]
pub(crate) struct Keys {
    pub(crate) default: Slot<Expr>,
    pub(crate) json: Slot<()>,
    pub(crate) json_key: Slot<LitStr>,
    pub(crate) base64: Slot<()>,
    pub(crate) parse_with: Slot<Expr>,
    pub(crate) required: Slot<()>,
}

impl Keys {
    /// Fills the slot of a key, if the value is one that it takes.
    pub(crate) fn take(
        &mut self,
        key: Key,
        word: &Ident,
        value: Option<&Expr>,
        errors: &Errors,
    ) -> bool {
        let flag = || value.is_none().then_some(());
        let understood = match key {
            Key::Default => self.default.fill_if(word, value.cloned(), errors),
            Key::Json => self.json.fill_if(word, flag(), errors),
            Key::Member => {
                let name = value.and_then(args::string).filter(|name| is_key(&name.value()));
                self.json_key.fill_if(word, name.cloned(), errors)
            }
            Key::Base64 => self.base64.fill_if(word, flag(), errors),
            Key::ParseWith => {
                let path = value.filter(|value| matches!(args::ungrouped(value), Expr::Path(_)));
                self.parse_with.fill_if(word, path.cloned(), errors)
            }
            Key::Required => self.required.fill_if(word, flag(), errors),
        };
        if !understood {
            report_misuse(key, word, value, errors);
        }
        understood
    }

    /// Whether a key is given.
    pub(crate) fn has(&self, word: &str) -> bool {
        let Self { default, json, json_key, base64, parse_with, required } = self;
        let keys = [
            default.key(),
            json.key(),
            json_key.key(),
            base64.key(),
            parse_with.key(),
            required.key(),
        ];
        keys.into_iter().flatten().any(|key| key.unraw() == word)
    }
}

/// Whether it names a key of a JSON object, nested by dots.
fn is_key(name: &str) -> bool {
    name.split('.').all(|part| !part.is_empty())
}

fn report_misuse(key: Key, word: &Ident, value: Option<&Expr>, errors: &Errors) {
    let Some(value) = value else {
        let help = match key {
            Key::Default => format!("`{}`, {}", key.example(), key.wants()),
            _ => format!("`{}`", key.example()),
        };
        return errors.add(word, format!("`{word}` has no value"), help);
    };
    let fix = match (key, args::ident(value), args::string(value)) {
        (Key::Json, _, Some(name)) if is_key(&name.value()) => {
            format!("json_key = {:?}", name.value())
        }
        (Key::Member, Some(name), _) => format!("{word} = \"{}\"", name.unraw()),
        (Key::Member, _, Some(name)) if name.value().contains(|c| c != '.') => {
            let name = name.value();
            let parts: Vec<_> = name.split('.').filter(|part| !part.is_empty()).collect();
            format!("{word} = {:?}", parts.join("."))
        }
        (Key::ParseWith, _, Some(path)) if syn::parse_str::<syn::Path>(&path.value()).is_ok() => {
            format!("{word} = {}", path.value())
        }
        (Key::ParseWith, ..) if let Expr::Call(call) = value => {
            format!("{word} = {}", compact(&call.func))
        }
        _ => key.example().to_owned(),
    };
    let at = if key.is_flag() { quote!(#word = #value) } else { value.to_token_stream() };
    errors.add(at, format!("`{word}` takes {}", key.wants()), format!("`{fix}`"));
}

/// Says that a key was written like a call.
pub(crate) fn report_call(key: Key, call: &syn::ExprCall, errors: &Errors) {
    let word = key.word();
    let fix = match call.args.first() {
        Some(only) if call.args.len() == 1 && !key.is_flag() => {
            format!("{word} = {}", compact(only))
        }
        _ => key.example().to_owned(),
    };
    errors.add(call, format!("`{word}` takes no parentheses"), format!("`{fix}`"));
}
