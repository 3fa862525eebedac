//! Guesses what an invalid argument of `#[stage_config(…)]` was meant to be.

use proc_macro2::TokenStream;

use super::loose::{Loose, string};
use super::print::{compact, did_you_mean, list, name_like};
use super::{Errors, Help, repair};
use crate::parse::keywords::{Setting, elsewhere};

/// Reports an unknown key, or one with an invalid value. Returns whether it may be a stage. Only the
/// first such key is reported.
pub(crate) fn argument(tokens: &TokenStream, has_stage: bool, errors: &Errors) -> bool {
    let keys = format!("the keys are {}", list(Setting::ALL.map(Setting::shape)));
    let Some(loose) = Loose::read(tokens) else {
        errors.add(tokens, format!("`{}` has no key", compact(tokens)), Help::note(keys));
        return false;
    };
    let name = &loose.name;
    let unknown = format!("unknown key `{name}` in `#[stage_config]`");
    let meant = Setting::meant(name).map(|meant| match meant {
        // Stages are not assigned.
        Setting::Stages if name != meant.word() && string(&loose.value).is_some() => {
            Setting::StageEnv
        }
        _ => meant,
    });
    let Some(meant) = meant else {
        let is_stage = elsewhere(name).is_empty() && loose.value.is_empty();
        if is_stage && has_stage {
            return true;
        }
        let help = if is_stage {
            Help::note(format!("write stages as `stages({name}, …)`"))
        } else {
            Help::remove(tokens)
        };
        errors.add(&loose.key, unknown + elsewhere(name), help.and([keys]));
        return is_stage;
    };
    if name == meant.word() {
        let (at, value) =
            (if loose.value.is_empty() { &loose.key } else { &loose.value }, loose.inner());
        let help = if meant == Setting::AllowNearMisses {
            Help::flag(tokens, name, &compact(&value))
        } else if meant == Setting::Accounts {
            Help::replace(tokens, meant.shape())
        } else {
            // With quotes or without, as it should be.
            let text = string(&value).unwrap_or_else(|| compact(&value));
            let text = name_like(&text).unwrap_or_else(|| "…".to_owned());
            Help::replace(tokens, meant.shape().replace('…', &text))
        };
        errors.add(at, format!("`{name}` takes {}", meant.takes()), help);
    } else {
        let help = if meant == Setting::Accounts && !loose.sign.is_empty() {
            Help::replace(tokens, meant.shape())
        } else {
            Help::replace(&loose.key, meant.word())
        };
        errors.add(&loose.key, unknown + &did_you_mean(Some(meant.word())), help);
    }
    meant == Setting::Stages
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
    let help = "write `rename = \"…\"` for its own name, and `alias = \"…\"` for each other one";
    errors.add(tokens, what, Help::note(help));
}

/// Reports an invalid argument of `accounts(…)`.
pub(crate) fn account(tokens: &TokenStream, errors: &Errors) {
    let what = format!("expected `stage = \"account\"`, found `{}`", compact(tokens));
    let loose = Loose::read(tokens).filter(|it| !it.sign.is_empty() || string(&it.key).is_none());
    let stage = loose.as_ref().and_then(Loose::word).unwrap_or_else(|| "…".to_owned());
    let value = loose.map_or_else(|| tokens.clone(), |it| it.inner());
    let number = repair::account(&compact(&value)).unwrap_or_else(|| "…".to_owned());
    errors.add(tokens, what, Help::replace(tokens, format!("{stage} = {number:?}")));
}
