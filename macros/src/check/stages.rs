//! The stages of a struct, and the stage that a key names.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use stage_config_names::{closest, outside_of_names};
use syn::ext::IdentExt;
use syn::{Attribute, Ident, LitStr};

use super::agreement::{self, Agreed};
use super::names::outer_whitespace;
use crate::diagnostics::other_stage;
use crate::diagnostics::print::{compact, did_you_mean, known, list, name_like};
use crate::diagnostics::{Errors, Help, recover};
use crate::model::{self, PerStage};
use crate::parse::Input;
use crate::parse::attribute::Given;
use crate::parse::keywords::{Key, Kind, is_doubtful, is_never_stage};
use crate::parse::settings::Settings;
use crate::parse::stages::Declared;

/// The stages of a struct.
pub(super) struct Stages<'a> {
    known: Vec<Stage<'a>>,
    /// Whether `stages(…)` declares them.
    are_declared: bool,
    /// If none are declared, a field that names all of them.
    model: Option<&'a Ident>,
    /// Whether everything was read, so that a missing stage is a mistake.
    is_whole: bool,
}

struct Stage<'a> {
    /// Its identifier in attributes.
    key: String,
    /// The names that it is deployed as: its own, then its aliases.
    names: Vec<String>,
    /// The tokens of its own name, or of its identifier.
    at: TokenStream,
    /// If none are declared, the first field that names it.
    named_by: Option<&'a Ident>,
}

impl<'a> Stages<'a> {
    /// The stages that `stages(…)` declares, or else those that the fields name.
    pub(super) fn of(input: &'a Input<'_>, errors: &Errors) -> Self {
        let is_whole = errors.is_empty();
        if let Some((_, declared)) = &input.settings.stages {
            let known = check_declared(declared, errors);
            return Self { known, are_declared: true, model: None, is_whole };
        }
        let Agreed { stages, model } = agreement::of(input);
        let mut known: Vec<Stage> = Vec::new();
        for (word, field, key) in stages {
            if let Some(first) =
                known.iter().find(|it| it.key.to_lowercase() == word.to_lowercase())
            {
                report_twice(key, &first.key, &word, errors);
            }
            let (names, at) = (vec![word.clone()], key.to_token_stream());
            known.push(Stage { key: word, names, at, named_by: Some(field) });
        }
        Self { known, are_declared: false, model, is_whole }
    }

    fn keys(&self) -> impl Iterator<Item = &str> {
        self.known.iter().map(|stage| stage.key.as_str())
    }

    /// The names that they are deployed as.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.known.iter().map(Stage::name)
    }

    /// Reports stages whose name cannot be part of the name of a parameter.
    pub(super) fn report_outside_of_names(&self, errors: &Errors) {
        for Stage { key, at, names, .. } in &self.known {
            let Some(name) = names.first().filter(|name| outside_of_names(name).is_some()) else {
                continue;
            };
            let what = format!(
                "stage `{name}` cannot take the place of `{{stage}}`, which may have letters, \
                 digits and `_ . -`"
            );
            let help = match syn::parse2::<LitStr>(at.clone()) {
                Ok(_) => Help::replace(at, "\"…\""),
                Err(_) if self.are_declared => Help::replace(at, format!("{key}(rename = \"…\")")),
                Err(_) => {
                    let stage = format!("{key}(rename = \"…\")");
                    Help::note(format!("rename it: `#[stage_config(stages({stage}, …))]`"))
                }
            };
            errors.add(at, what, help);
        }
    }

    /// Sorts the arguments of an attribute by stage.
    pub(super) fn place<'g, T: ToTokens>(
        &self,
        kind: Kind,
        attr: &Attribute,
        given: &'g Given<T>,
        errors: &Errors,
    ) -> Option<PerStage<&'g T>> {
        let mut each: Vec<Option<&T>> = vec![None; self.known.len()];
        let (mut unknown, mut unplaced) = (Vec::new(), 0);
        for (key, value) in &given.each {
            match self.position(key, kind).map(|place| &mut each[place]) {
                Some(slot @ None) => *slot = Some(value),
                Some(Some(_)) => {
                    // Most likely, a missing stage was meant.
                    unplaced += 1;
                    let what = format!("`{key}` is given twice in {kind}");
                    errors.add(key, what, Help::remove(quote!(#key = #value)));
                }
                None => unknown.push((key, value)),
            }
        }
        if let (Some(all), []) = (&given.all, &unknown[..]) {
            let Some((stage, one)) = given.each.first() else { return Some(PerStage::Same(all)) };
            let word = syn::parse2::<Ident>(all.to_token_stream()).ok();
            match word.filter(|word| self.keys().any(|key| word == key)) {
                Some(word) => {
                    let help = Help::replace(&word, format!("{word} = …"));
                    errors.add(&word, format!("`{word}` has no value"), help);
                }
                None => report_both(kind, all, stage, one, errors),
            }
            return None;
        }
        // Words that look like a stage come first. Others get what is left.
        unknown.sort_by_key(|(key, _)| self.meant(&key.unraw().to_string(), kind, given).is_none());
        for &(key, value) in &unknown {
            let free = each.iter().position(Option::is_none);
            let unknown = Unknown { kind, key, value, given, free };
            match self.report_unknown(&unknown, errors) {
                Some(place) => drop(each[place].get_or_insert(value)),
                None => unplaced += 1,
            }
        }
        if given.all.is_some() {
            return None;
        }
        if unplaced == 0 {
            self.report_missing(&each, kind, attr, given, errors);
        }
        let names = self.names().map(str::to_owned);
        let values = each.into_iter().collect::<Option<Vec<_>>>()?;
        (unknown.is_empty() && unplaced == 0).then(|| PerStage::Each(names.zip(values).collect()))
    }

    /// The index of the stage that a key names.
    fn position(&self, key: &Ident, kind: Kind) -> Option<usize> {
        let word = key.unraw().to_string();
        let is_taken = !self.are_declared && kind.reserves(&word);
        let is_stage = kind.is_by_stage() && !is_taken;
        self.keys().position(|stage| stage == word).filter(|_| is_stage)
    }

    /// The most likely intended stage or key: if possible, a stage without an argument.
    fn meant<T>(&self, word: &str, kind: Kind, given: &Given<T>) -> Option<&str> {
        let keys = kind.keys().iter().map(|key| key.word());
        // A stage of another attribute may be a reserved word in this one.
        let is_other =
            |stage: &&Stage| self.are_declared || stage.key != word || !kind.reserves(word);
        let stages = self.known.iter().filter(|it| kind.is_by_stage() && is_other(it));
        let mut named = stages.clone().filter(|stage| stage.names.iter().any(|it| it == word));
        if let Some(named) = named.next().filter(|_| self.are_declared) {
            return Some(&named.key);
        }
        let stages = stages.map(|stage| stage.key.as_str());
        let (taken, free): (Vec<_>, Vec<_>) = stages.partition(|stage| given.has(stage));
        let is_full = free.is_empty();
        closest(word, keys.chain(free)).or_else(|| closest(word, taken).filter(|_| is_full))
    }

    /// Reports missing stages, and the field that names them.
    fn report_missing<T: ToTokens>(
        &self,
        each: &[Option<&T>],
        kind: Kind,
        attr: &Attribute,
        given: &Given<T>,
        errors: &Errors,
    ) {
        let missing = self.known.iter().zip(each).filter(|(_, given)| given.is_none());
        let missing: Vec<_> = missing.map(|(stage, _)| stage).collect();
        let (Some(first), Some((key, value))) = (missing.first(), given.each.last()) else {
            return;
        };
        let whose = match first.named_by {
            Some(other) => format!("used by `{other}`"),
            None => "declared in `stages`".to_owned(),
        };
        let stages = list(missing.iter().map(|stage| &stage.key));
        let s = if missing.len() == 1 { "" } else { "s" };
        let noun = kind.takes();
        let es = if noun.ends_with('x') && !s.is_empty() { "es" } else { s };
        let what = format!("missing {noun}{es} for stage{s} {stages} ({whose})");
        let text = |value: &T| Some(syn::parse2::<LitStr>(value.to_token_stream()).ok()?.value());
        let others: Vec<_> =
            self.names().zip(each).filter_map(|(stage, it)| Some((stage, text((*it)?)?))).collect();
        let others: Vec<_> = others.iter().map(|(stage, name)| (*stage, &**name)).collect();
        let fixes = missing.iter().map(|stage| {
            let key = name_like(&stage.key).unwrap_or_default();
            let made = kind.name_of().and_then(|of| other_stage::name(of, stage.name(), &others));
            match made {
                Some(name) => format!("{key} = {name:?}"),
                None if kind == Kind::Value => format!("{key} = …"),
                None => format!("{key} = \"…\""),
            }
        });
        let fixes = fixes.collect::<Vec<_>>().join(", ");
        let is_only = kind == Kind::Value && given.each.len() == 1;
        let same = is_only.then(|| {
            format!("or, if it is the same at every stage, `{}`", kind.with(&compact(value)))
        });
        errors.add(attr.path(), what, Help::insert(quote!(#key = #value), fixes).and(same));
    }

    /// Reports an unknown key. Returns the index of the most likely intended stage: a similar one,
    /// or else the only one without an argument.
    fn report_unknown<T: ToTokens>(
        &self,
        unknown: &Unknown<'_, T>,
        errors: &Errors,
    ) -> Option<usize> {
        let Unknown { kind, key, value, given, free } = *unknown;
        let name = key.unraw().to_string();
        let pair = quote!(#key = #value);
        let stages: Vec<_> = self.keys().filter(|_| kind.is_by_stage()).collect();
        let keys: Vec<_> = kind.keys().iter().map(|key| key.word()).collect();
        let meant = self.meant(&name, kind, given);
        let place = meant.and_then(|meant| stages.iter().position(|stage| *stage == meant));
        let is_like_stage = kind.is_by_stage()
            && given.all.is_none()
            && meant.is_none()
            && !(kind.reserves(&name) || is_doubtful(&name))
            && !(self.are_declared && Kind::from_word(&name).is_some());

        let foreign = recover::foreign_key(kind, &name, &pair);
        if let Some((what, help)) = foreign.filter(|_| meant.is_none() && !is_like_stage) {
            let is_elsewhere = !self.are_declared && stages.contains(&&*name);
            let note = is_elsewhere.then(|| if_another(key, &stages, None));
            errors.add(key, what, help.and(note));
            return None;
        }
        let what = match self.model.filter(|_| is_like_stage) {
            Some(model) => {
                format!("unknown stage `{key}` in {kind}; `{model}` names {}", list(&stages))
            }
            None => format!("unknown key `{key}` in {kind}{}", did_you_mean(meant)),
        };
        let is_free = |meant: &&str| !given.has(meant);
        let help = if let Some(meant) = meant.filter(is_free) {
            let flag = Key::from_word(meant).is_some_and(Key::is_flag);
            let code = if flag { meant.into() } else { format!("{meant} = {}", compact(value)) };
            Help::replace(pair, code)
        } else if is_like_stage && free.is_some() {
            Help::note(known("stage", &stages).unwrap_or_default())
        } else if is_never_stage(&name) && given.all.is_none() && given.each.len() == 1 {
            Help::replace(pair, compact(value))
        } else {
            Help::remove(pair)
        };
        let is_elsewhere = stages.contains(&&*name);
        let is_more = place.is_some() || is_like_stage || is_elsewhere;
        let notes: Vec<_> = if !self.are_declared && is_more && !stages.is_empty() {
            vec![if_another(key, &stages, (!is_elsewhere).then_some(&*name))]
        } else if is_like_stage && free.is_some() {
            Vec::new()
        } else {
            let other = if stages.is_empty() { "key" } else { "other key" };
            known("stage", &stages).into_iter().chain(known(other, &keys)).collect()
        };
        errors.add(key, what, help.and(notes));
        place.or(free.filter(|_| is_like_stage))
    }

    /// The stages of the model, with the settings for all others.
    pub(super) fn finish(self, settings: &Settings, errors: &Errors) -> model::Stages {
        if self.is_whole && self.known.is_empty() {
            report_idle(settings, errors);
        }
        let find = |key: &str| self.known.iter().find(|stage| stage.key == key);
        let fallback = match &settings.fallback {
            None => find("dev"),
            Some((_, none)) if none == "none" => None,
            Some((_, stage)) => {
                let known = find(&stage.unraw().to_string());
                if known.is_none() && (self.is_whole || self.are_declared) {
                    report_fallback(stage, &self, errors);
                }
                known
            }
        };
        let fallback = fallback.map(|stage| stage.name().to_owned());
        let allow_near_misses = settings.allow_near_misses.is_some();
        let declared = self.known.into_iter().map(|stage| stage.names).collect();
        model::Stages { declared, fallback, allow_near_misses }
    }
}

/// The help that declares a key as another stage.
fn if_another(key: &Ident, stages: &[&str], more: Option<&str>) -> String {
    let all = stages.iter().copied().chain(more).collect::<Vec<_>>().join(", ");
    format!("if `{key}` is another stage: `#[stage_config(stages({all}))]`")
}

/// A key that is neither a stage nor a key of the attribute.
struct Unknown<'u, T> {
    kind: Kind,
    key: &'u Ident,
    value: &'u T,
    given: &'u Given<T>,
    /// The first stage without a value.
    free: Option<usize>,
}

impl Stage<'_> {
    /// The name that it is deployed as.
    fn name(&self) -> &str {
        self.names.first().unwrap_or(&self.key)
    }
}

/// Those that are there once, each checked. Refused or not, the fields that name one have made no
/// further mistake.
fn check_declared<'a>(declared: &[Declared], errors: &Errors) -> Vec<Stage<'a>> {
    let mut known: Vec<&Declared> = Vec::new();
    for stage in declared {
        let word = stage.word();
        if let Some(first) = known.iter().find_map(|other| other.called(&word)) {
            report_twice(&stage.key, &first, &word, errors);
            if known.iter().any(|other| other.word() == word) {
                continue;
            }
        } else if word == "none" || Key::from_word(&word).is_some() {
            let what = format!("`{word}` cannot be a stage, because it has another meaning");
            let help = Help::note(format!("give it another word, as `…(rename = \"{word}\")`"));
            errors.add(&stage.key, what, help);
        }
        let names = stage.names();
        let is_own_written = usize::from(stage.rename.is_some());
        let written = stage.rename.iter().chain(&stage.aliases);
        for (place, name) in (1 - is_own_written..).zip(written) {
            let text = name.value();
            let same = |other: &&String| other.to_lowercase() == text.to_lowercase();
            let own = names[..place].iter().find(same).cloned();
            match own.or_else(|| known.iter().find_map(|other| other.called(&text))) {
                Some(first) => report_twice(name, &first, &text, errors),
                None => check_name(name, &word, errors),
            }
        }
        known.push(stage);
    }
    let stages = known.into_iter().map(|stage| {
        let own = stage.rename.as_ref();
        let at = own.map_or_else(|| stage.key.to_token_stream(), ToTokens::to_token_stream);
        Stage { key: stage.word(), names: stage.names(), at, named_by: None }
    });
    stages.collect()
}

fn report_twice(at: impl ToTokens, first: &str, second: &str, errors: &Errors) {
    let what = if first == second {
        format!("stage `{second}` is declared twice")
    } else {
        format!("stages `{first}` and `{second}` differ only in case")
    };
    errors.add(at, what, Help::note(format!("keep one: `{first}`")));
}

/// Checks a name that a stage is deployed as.
fn check_name(name: &LitStr, key: &str, errors: &Errors) {
    let text = name.value();
    if let Some(what) = outer_whitespace(&text) {
        let fix = if text.trim().is_empty() { "…" } else { text.trim() };
        let what = format!("the name of stage `{key}` {what}");
        errors.add(name, what, Help::replace(name, format!("{fix:?}")));
    }
}

fn report_both(
    kind: Kind,
    all: &impl ToTokens,
    stage: &Ident,
    one: &impl ToTokens,
    errors: &Errors,
) {
    let noun = kind.takes();
    let what = format!("{kind} has a {noun} for all stages and one for `{stage}`");
    let each = kind.with(&format!("{stage} = {}, …", compact(one)));
    let help = Help::remove(quote!(#stage = #one)).and([format!("or write `{each}`")]);
    errors.add(all, what, help);
}

/// Reports settings that have no effect without stages.
fn report_idle(settings: &Settings, errors: &Errors) {
    let none = settings.fallback.as_ref().filter(|(_, stage)| stage == "none");
    let none = none.map(|(key, none)| (key, quote!(#key = #none)));
    let near = settings.allow_near_misses.as_ref().map(|(key, ())| (key, quote!(#key)));
    for (key, all) in none.into_iter().chain(near) {
        let what = format!("`{}` does nothing, because no field names a stage", compact(&all));
        let help = Help::remove(all).and(["or declare the stages: `stages(…)`".to_owned()]);
        errors.add(key, what, help);
    }
}

fn report_fallback(stage: &Ident, stages: &Stages, errors: &Errors) {
    let name = stage.unraw().to_string();
    let meant = stages.known.iter().find(|stage| stage.names.contains(&name));
    let meant = meant.map(|stage| stage.key.as_str()).or_else(|| closest(&name, stages.keys()));
    let meant = meant.or_else(|| closest(&name, ["none"]));
    let hint = did_you_mean(meant);
    let what = format!("`{stage}` cannot be the fallback, because it is not declared{hint}");
    let all: Vec<_> = stages.keys().collect();
    let help = match (meant, known("stage", &all)) {
        (Some(meant), known) => Help::replace(stage, meant).and(known),
        (None, Some(known)) => Help::note(known).and(["`none` means no fallback".to_owned()]),
        (None, None) => Help::note(format!("declare it: `stages({stage}, …)`")),
    };
    errors.add(stage, what, help);
}
