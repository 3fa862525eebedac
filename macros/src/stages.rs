//! Which stages there are, and which stage a key names.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use stage_config_names::{closest, outside_of_names};
use syn::ext::IdentExt;
use syn::{Expr, Ident, LitStr};

use crate::args;
use crate::attr::{FieldAttr, Input};
use crate::declared::{self, Declared};
use crate::errors::Errors;
use crate::grammar::{
    Key, Kind, OptionKey, Takes, is_doubtful, is_never_stage, means_something_else,
};
use crate::model;
use crate::named::{self, Named};
use crate::options::{self, Options};
use crate::print::{compact, did_you_mean, known, list, name_like};

/// The stages of a struct.
pub(crate) struct Stages<'a> {
    known: Vec<Stage<'a>>,
    /// They stand in `stages(…)`, rather than being all that the fields name.
    declared: bool,
    /// A field that names all of them, where none are declared.
    model: Option<&'a Ident>,
    /// All that says so was understood, so that something follows from what is absent.
    is_whole: bool,
}

pub(crate) struct Stage<'a> {
    /// The word for it in attributes.
    pub(crate) key: String,
    /// The names that it is deployed under, the first being its own.
    names: Vec<String>,
    /// Where its own name stands, or else the word for it.
    pub(crate) at: TokenStream,
    /// The field that names it first, where none are declared.
    named_by: Option<&'a Ident>,
}

/// What an attribute gives by stage.
pub(crate) struct Placed<'a> {
    /// In the order of the stages.
    pub(crate) each: Vec<Option<(&'a Ident, &'a Expr)>>,
    /// Each key is a stage, and none is there twice.
    pub(crate) sound: bool,
    /// A key that was refused may have been meant for a stage that is not there.
    may_lack: bool,
}

impl<'a> Stages<'a> {
    /// Those that `stages(…)` declares, or else those that the fields name.
    pub(crate) fn of(input: &Input<'a>, errors: &Errors) -> Self {
        if let Some(declared) = input.options.stages.get() {
            let known =
                declared::check(declared, errors).into_iter().map(Stage::declared).collect();
            return Self { known, declared: true, model: None, is_whole: !input.options.damaged };
        }
        let Named { stages, model } = named::read(input, errors);
        Self { known: stages, declared: false, model, is_whole: input.is_whole() }
    }

    /// The words for them in attributes.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        self.known.iter().map(|stage| stage.key.as_str())
    }

    /// What they are called when they are deployed.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.known.iter().map(Stage::name)
    }

    /// Whether it is certain that there are none.
    pub(crate) fn are_none(&self) -> bool {
        self.is_whole && self.known.is_empty()
    }

    /// Says which names cannot stand in those of parameters.
    pub(crate) fn report_outside_of_names(&self, errors: &Errors) {
        for Stage { key, at, names, .. } in &self.known {
            let Some(name) = names.first().filter(|name| outside_of_names(name).is_some()) else {
                continue;
            };
            let mistake = format!(
                "stage `{name}` cannot take the place of `{{stage}}`, which may have letters, \
                 digits and `_ . -`"
            );
            let fix =
                name.replace(|c: char| outside_of_names(c.encode_utf8(&mut [0; 4])).is_some(), "-");
            let help = match syn::parse2::<LitStr>(at.clone()) {
                Ok(_) => format!("`{fix:?}`"),
                Err(_) if self.declared => format!("`{key}(rename = {fix:?})`"),
                Err(_) => {
                    format!("`#[stage_config(stages({key}(rename = {fix:?}), …))]` on the struct")
                }
            };
            errors.add(at, mistake, help);
        }
    }

    /// Puts what an attribute gives by stage in the order of the stages.
    pub(crate) fn place<'i>(&self, attr: &'i FieldAttr, errors: &Errors) -> Placed<'i> {
        let mut placed =
            Placed { each: vec![None; self.known.len()], sound: true, may_lack: attr.damaged };
        let mut unknown = Vec::new();
        for (key, value) in &attr.by_stage {
            let Some(place) = self.position(key, attr.kind) else {
                unknown.push((key, value));
                continue;
            };
            let slot = &mut placed.each[place];
            if slot.is_some() {
                placed.sound = false;
                // The second was most likely meant for the stage that is missing.
                placed.may_lack = true;
                let mistake = format!("`{key}` is given twice in {}", attr.kind);
                errors.add(key, mistake, format!("keep one `{key} = {}`", compact(value)));
            } else {
                *slot = Some((key, value));
            }
        }
        // What looks like a stage is in its place before any other word takes one that is left.
        unknown.sort_by_key(|(key, _)| self.meant(&key.unraw().to_string(), attr).is_none());
        for (key, value) in unknown {
            placed.sound = false;
            let free = placed.each.iter().position(Option::is_none);
            match self.report_unknown(key, value, free, attr, errors) {
                Some(place) => {
                    placed.each[place].get_or_insert((key, value));
                }
                None => placed.may_lack = true,
            }
        }
        placed
    }

    /// The place of the stage that a key names.
    fn position(&self, key: &Ident, kind: Kind) -> Option<usize> {
        let word = key.unraw().to_string();
        let is_taken = !self.declared && kind.reserves(&word);
        let is_stage = kind.is_by_stage() && !is_taken && !args::is_keyword(key);
        self.keys().position(|stage| stage == word).filter(|_| is_stage)
    }

    /// The stage or the key that a word was most likely meant as: a stage that is not given yet, if
    /// there is one.
    fn meant(&self, word: &str, attr: &FieldAttr) -> Option<&str> {
        let kind = attr.kind;
        let keys = kind.keys().iter().map(|key| key.word());
        // What is a stage elsewhere may be reserved here.
        let is_other = |stage: &&Stage| self.declared || stage.key != word || !kind.reserves(word);
        let stages = self.known.iter().filter(|it| kind.is_by_stage() && is_other(it));
        let named = stages.clone().find(|stage| stage.names.iter().any(|it| it == word));
        if let Some(named) = named.filter(|_| self.declared) {
            return Some(&named.key);
        }
        let stages = stages.map(|stage| stage.key.as_str());
        let (given, free): (Vec<_>, Vec<_>) = stages.partition(|stage| attr.has(stage));
        let is_full = free.is_empty();
        closest(word, keys.chain(free)).or_else(|| closest(word, given).filter(|_| is_full))
    }

    /// Says which stages are missing, and who names them.
    pub(crate) fn report_missing(&self, placed: &Placed, attr: &FieldAttr, errors: &Errors) {
        let missing = self.known.iter().zip(&placed.each).filter(|(_, given)| given.is_none());
        let missing: Vec<_> = missing.map(|(stage, _)| stage).collect();
        let Some(first) = missing.first().filter(|_| !placed.may_lack) else { return };
        let whose = match first.named_by {
            Some(other) => format!("used by `{other}`"),
            None => "declared in `stages`".to_owned(),
        };
        let stages = list(missing.iter().map(|stage| &stage.key));
        let noun = attr.kind.takes();
        let plural = match missing.len() {
            1 => "",
            _ if noun.ends_with('x') => "es",
            _ => "s",
        };
        let s = if missing.len() == 1 { "" } else { "s" };
        let mistake = format!("missing {noun}{plural} for stage{s} {stages} ({whose})");
        errors.add(&attr.word, mistake, self.fix_missing(&missing, placed, attr));
    }

    /// What to write for the stages that are missing: names of their own, because one that is
    /// copied from another stage may be its secret.
    fn fix_missing(&self, missing: &[&Stage], placed: &Placed, attr: &FieldAttr) -> String {
        let given = self.names().zip(placed.each.iter().map(|given| Some(given.as_ref()?.1)));
        let text = |(stage, value): (_, Option<_>)| Some((stage, args::string(value?)?.value()));
        let names: Vec<_> = given.filter_map(text).collect();
        let names: Vec<_> = names.iter().map(|(stage, name)| (*stage, name.as_str())).collect();
        let name_of = attr.kind.name_of();
        let fixes = missing.iter().map(|stage| {
            let key = name_like(&stage.key).unwrap_or_default();
            match name_of.and_then(|of| of.for_stage(stage.name(), &names)) {
                Some(other) => format!("{key} = {other:?}"),
                None => format!("{key} = …"),
            }
        });
        let fixes = fixes.collect::<Vec<_>>().join(", ");
        match attr.by_stage.as_slice() {
            [(_, only)] if name_of.is_none() => {
                format!("`{fixes}`, or for all stages `#[{}({})]`", attr.word, compact(only))
            }
            _ => format!("`{fixes}`"),
        }
    }

    /// Says what is known instead, and returns the place of the stage that was most likely meant:
    /// one that is alike, or else the one that is `free`.
    fn report_unknown(
        &self,
        key: &Ident,
        given: &Expr,
        free: Option<usize>,
        attr: &FieldAttr,
        errors: &Errors,
    ) -> Option<usize> {
        let (kind, name, value) = (attr.kind, key.unraw().to_string(), compact(given));
        let is_by_stage = kind.is_by_stage();
        let stages: Vec<_> = self.keys().filter(|_| is_by_stage).collect();
        let keys: Vec<_> = kind.keys().iter().map(|key| key.word()).collect();
        let meant = self.meant(&name, attr);
        let place = meant.and_then(|meant| stages.iter().position(|stage| *stage == meant));
        let foreign = OptionKey::of(&name).filter(|_| meant.is_none());
        let may_be_stage = is_by_stage && (meant.is_some() || !self.declared);
        if may_be_stage && foreign.is_none() && args::is_keyword(key) {
            let mistake = format!("`{key}` is a Rust keyword, so it cannot be a stage");
            let missing = || self.keys().find(|stage| !attr.has(stage)).map(str::to_owned);
            let help = match name_like(&name).or_else(missing) {
                Some(stage) => format!("`{stage} = {value}`"),
                None => {
                    format!("remove `{key} = {value}`; `fallback` names the stage for all others")
                }
            };
            errors.add(key, mistake, help);
            return place;
        }

        let is_like_stage = is_by_stage
            && attr.for_all.is_none()
            && meant.is_none()
            && !(kind.reserves(&name) || is_doubtful(&name))
            && (!self.declared || Kind::of(&name).is_none());
        let free = free.filter(|_| is_like_stage);
        let other = Kind::of(&name).filter(|_| !is_like_stage);
        let is_key = Key::of(&name).is_some();
        let hint = match foreign {
            _ if other.is_some() => ", which is a separate attribute".to_owned(),
            Some(_) => ", which belongs on the struct".to_owned(),
            None if is_key && meant.is_none() => ", which does not take it".to_owned(),
            None => did_you_mean(meant),
        };
        let is_free = |meant: &&str| !attr.has(meant);
        let flag = meant.filter(is_free).and_then(Key::of);
        let flag = flag.filter(|key| key.takes() == Takes::Nothing);
        let fix = if let Some(other) = other {
            format!("`{}` on another field", other.written(&value))
        } else if let Some(option) = foreign {
            format!("`#[stage_config({})]`", options::fix(option, given))
        } else if let Some(flag) = flag {
            format!("`{}`", flag.example())
        } else if let Some(meant) = meant.filter(is_free).or(free.map(|place| stages[place])) {
            format!("`{meant} = {value}`")
        } else if is_never_stage(&name) && attr.for_all.is_none() {
            format!("`{}`", attr.kind.written(&value))
        } else {
            format!("remove `{key} = {value}`")
        };
        let mut help = vec![fix];
        let may_be_given = args::string(given).is_some() || !kind.takes_names();
        if is_by_stage && may_be_given && attr.for_all.is_some() && !means_something_else(&name) {
            help.push(format!("or by stage `{}`", kind.written(&format!("{key} = {value}, …"))));
        }
        let is_elsewhere = stages.contains(&&*name);
        let is_more = place.is_some() || other.is_some() || is_like_stage || is_elsewhere;
        if !self.declared && is_more && !stages.is_empty() {
            let more = Some(&*name).filter(|_| !is_elsewhere);
            let all = stages.iter().copied().chain(more).collect::<Vec<_>>().join(", ");
            help.push(format!("if `{key}` is another stage: `#[stage_config(stages({all}))]`"));
        } else {
            let other = if stages.is_empty() { "key" } else { "other key" };
            help.extend(known("stage", &stages).into_iter().chain(known(other, &keys)));
        }
        let mistake = match self.model.filter(|_| is_like_stage) {
            Some(model) => {
                format!("unknown stage `{key}` in {kind}; `{model}` names {}", list(&stages))
            }
            None => format!("unknown key `{key}` in {kind}{hint}"),
        };
        let at = flag.map_or_else(|| quote!(#key), |_| quote!(#key = #given));
        errors.add(at, mistake, help.join("; "));
        place.or(free)
    }

    /// The stages as the model has them, with what the struct says of all others.
    pub(crate) fn finish(self, options: &Options, errors: &Errors) -> model::Stages {
        if self.are_none() {
            report_idle(options, errors);
        }
        let find = |key: &str| self.known.iter().find(|stage| stage.key == key);
        let fallback = match options.fallback.get() {
            None => find("dev"),
            Some(none) if none == "none" => None,
            Some(stage) => {
                let known = find(&stage.unraw().to_string());
                if known.is_none() && self.is_whole {
                    report_fallback(stage, &self, errors);
                }
                known
            }
        };
        let fallback = fallback.map(|stage| stage.name().to_owned());
        let allow_near_misses = options.allow_near_misses.get().is_some();
        let declared = self.known.into_iter().map(|stage| stage.names).collect();
        model::Stages { declared, fallback, allow_near_misses }
    }
}

impl<'a> Stage<'a> {
    fn declared(declared: &Declared) -> Self {
        let own = declared.rename.as_ref();
        let at = own.map_or_else(|| declared.key.to_token_stream(), ToTokens::to_token_stream);
        Self { key: declared.word(), names: declared.names(), at, named_by: None }
    }

    /// Of a struct that declares none, named by this field under this key.
    pub(crate) fn named_by(field: &'a Ident, key: &Ident) -> Self {
        let word = key.unraw().to_string();
        let names = vec![word.clone()];
        Self { key: word, names, at: key.to_token_stream(), named_by: Some(field) }
    }

    /// What it is called when it is deployed.
    fn name(&self) -> &str {
        self.names.first().unwrap_or(&self.key)
    }
}

/// Says what has no meaning where there are no stages.
fn report_idle(options: &Options, errors: &Errors) {
    let none = options.fallback.with_key().filter(|(_, stage)| *stage == "none");
    let none = none.map(|(key, _)| (key, "fallback = none"));
    let near_miss =
        options.allow_near_misses.with_key().map(|(key, ())| (key, "allow_near_misses"));
    for (key, text) in none.into_iter().chain(near_miss) {
        let mistake = format!("`{text}` does nothing, because no field names a stage");
        errors.add(key, mistake, "remove it, or declare the stages: `stages(dev, prod)`");
    }
}

fn report_fallback(stage: &Ident, stages: &Stages, errors: &Errors) {
    let name = stage.unraw().to_string();
    let meant = stages.known.iter().find(|stage| stage.names.contains(&name));
    let meant = meant.map(|stage| stage.key.as_str()).or_else(|| closest(&name, stages.keys()));
    let hint = did_you_mean(meant);
    let mistake = format!("`{stage}` cannot be the fallback, because it is not declared{hint}");
    let help = if stages.known.is_empty() {
        format!("`stages({stage})`; no field names a stage")
    } else {
        let fallback = meant.unwrap_or("none");
        format!("`fallback = {fallback}`; the stages are {}", list(stages.keys()))
    };
    errors.add(stage, mistake, help);
}
