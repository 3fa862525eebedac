//! Guesses what an invalid argument of `#[stage_config(…)]` was meant to be.

use proc_macro2::{Ident, TokenStream};

use super::loose::{Loose, is_path, string};
use super::print::{compact, did_you_mean, list, name_like};
use super::{Errors, Help};
use crate::parse::keywords::{Key, Kind, Setting};
use crate::parse::settings::Settings;

/// Reports an unknown key, or one with an invalid value. Returns whether it may be a stage.
pub(crate) fn argument(tokens: &TokenStream, errors: &Errors) -> bool {
    let keys = format!("the keys are {}", list(Setting::ALL.map(Setting::shape)));
    let Some(loose) = Loose::read(tokens) else {
        errors.add(tokens, format!("`{}` has no key", compact(tokens)), Help::note(keys));
        return false;
    };
    let (name, inner) = (&loose.name, loose.inner());
    let unknown = format!("unknown key `{name}` in `#[stage_config]`");
    let Some(meant) = Setting::meant(name) else {
        let is_of_field = Key::from_word(name).is_some() || Kind::from_word(name).is_some();
        let is_stage = !is_of_field && inner.is_empty();
        let (more, help) = match () {
            () if is_of_field => (", which belongs on a field", Help::remove(tokens)),
            () if is_stage => ("", Help::note(format!("write stages as `stages({name}, …)`"))),
            () => ("", Help::remove(tokens)),
        };
        errors.add(&loose.key, unknown + more, help.and([keys]));
        return is_stage;
    };
    let help = if meant == Setting::AllowNearMisses && !inner.is_empty() {
        Help::flag(tokens, meant.word(), &compact(&inner))
    } else {
        Help::replace(tokens, code(meant, &inner).unwrap_or_else(|| meant.shape().to_owned()))
    };
    if name == meant.word() {
        let at = if loose.value.is_empty() { &loose.key } else { &loose.value };
        errors.add(at, format!("`{name}` takes {}", meant.takes()), help);
    } else {
        errors.add(&loose.key, unknown + &did_you_mean(Some(meant.word())), help);
    }
    meant == Setting::Stages
}

/// The setting with this value, if it is valid with or without quotes or a leading `::`.
fn code(setting: Setting, value: &TokenStream) -> Option<String> {
    let word = setting.word();
    let text = string(value).unwrap_or_else(|| compact(value));
    let mut all = vec![
        word.to_owned(),
        format!("{word}({})", compact(value)),
        format!("{word} = {}", name_like(&text).unwrap_or_default()),
        format!("{word} = {text:?}"),
    ];
    if is_path(&text) {
        // Only the user knows where a path leads that begins with `self` or `super`.
        let is_relative = text.starts_with("self") || text.starts_with("super");
        let root = if is_relative { "" } else { "::" };
        all.extend([format!("{word} = {text}"), format!("{word} = {root}{text}")]);
    }
    all.into_iter().find(|code| Settings::accept(code))
}

/// Reports an invalid stage in `stages(…)`.
pub(crate) fn stage(tokens: &TokenStream, errors: &Errors) {
    let what = format!("`{}` is not a stage", compact(tokens));
    let loose = Loose::read(tokens);
    let help = if loose.as_ref().is_some_and(|it| Setting::from_word(&it.name).is_some()) {
        Help::note("write it outside of `stages(…)`")
    } else if let Some(code) = stage_code(tokens) {
        Help::replace(tokens, code)
    } else {
        let word = loose.and_then(|it| it.word()).unwrap_or_else(|| "…".to_owned());
        Help::replace(tokens, format!("{word}(rename = \"…\")"))
    };
    errors.add(tokens, what, help);
}

/// The stage that an identifier or a string literal was meant to be, with the name that is assigned
/// to it.
fn stage_code(tokens: &TokenStream) -> Option<String> {
    let loose = Loose::read(tokens)?;
    let word = loose.word()?;
    let is_whole = loose.value.is_empty() && loose.sign.is_empty();
    let name = if is_whole { loose.name.clone() } else { string(&loose.value)? };
    let is_own = name == word.trim_start_matches("r#");
    Some(if is_own { word } else { format!("{word}(rename = {name:?})") })
}

/// Reports an invalid name of a stage.
pub(crate) fn stage_name(tokens: &TokenStream, errors: &Errors) {
    let what = format!("`{}` is not a name of a stage", compact(tokens));
    let loose = Loose::read(tokens);
    let key =
        if loose.as_ref().is_some_and(|it| it.name.contains("name")) { "rename" } else { "alias" };
    let inner = loose.map(|it| it.inner()).unwrap_or_default();
    let word = || syn::parse2::<Ident>(inner.clone()).ok().map(|word| word.to_string());
    let name = string(&inner).or_else(word).unwrap_or_else(|| "…".to_owned());
    let code = |key: &str| format!("{key} = {name:?}");
    // A second `rename`.
    let key = if code(key) == compact(tokens) { "alias" } else { key };
    let help = Help::replace(tokens, code(key));
    let note = "a stage has one `rename` and any number of `alias`";
    errors.add(tokens, what, help.and([note.to_owned()]));
}
