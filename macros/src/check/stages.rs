//! Finds the stages of a struct: those that `stages(…)` declares, or else those on which its fields
//! agree.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use quote::ToTokens;
use stage_config_names::{closest, one_edit_apart, outside_of_names};
use syn::Ident;
use syn::ext::IdentExt;

use crate::diagnostics::other_stage::is_usual_stage;
use crate::diagnostics::print::{did_you_mean, known, name_like};
use crate::diagnostics::{Errors, Help};
use crate::model;
use crate::parse::Input;
use crate::parse::attribute::Given;
use crate::parse::keywords::Key;
use crate::parse::settings::Settings;
use crate::parse::stages::Stage;

/// The stages of a struct.
pub(super) struct KnownStages<'a> {
    pub(super) all: Vec<Stage>,
    /// Their identifiers in attributes.
    pub(super) words: Vec<String>,
    /// If none are declared, the first field that names each.
    pub(super) fields: Option<Vec<&'a Ident>>,
    /// Whether they are declared, but some were refused.
    pub(super) are_partial: bool,
    /// Whether they are all there. After a mistake, the fields may lack some.
    pub(super) are_complete: bool,
}

impl<'a> KnownStages<'a> {
    pub(super) fn new(input: &'a Input<'_>, errors: &Errors) -> Self {
        let is_sound = errors.count() == 0;
        let declared = input.settings.stages.as_ref().filter(|stages| !stages.is_empty());
        let (mut all, fields) = match declared {
            Some(stages) => (stages.clone(), None),
            None => agree(input),
        };
        for (index, stage) in all.iter().enumerate() {
            check(stage, &all[..index], errors);
        }
        // The fields that name one have made no other mistake, so a refused one is known.
        let mut words = Vec::new();
        all.retain(|stage| {
            let is_new = !words.contains(&stage.word());
            words.extend(is_new.then(|| stage.word()));
            is_new
        });
        let are_partial = fields.is_none() && input.settings.are_stages_partial;
        let are_complete = is_sound || fields.is_none() && !are_partial;
        Self { all, words, fields, are_partial, are_complete }
    }

    pub(super) fn are_declared(&self) -> bool {
        self.fields.is_none()
    }

    /// Reports stages whose name cannot be part of the name of a parameter.
    pub(super) fn report_outside_of_names(&self, errors: &Errors) {
        for stage in self.all.iter().filter(|stage| outside_of_names(&stage.name()).is_some()) {
            let (name, key) = (stage.name(), &stage.key);
            let at = stage.rename.as_ref().map_or(key as &dyn ToTokens, |it| it);
            let what = format!(
                "stage `{name}` cannot take the place of `{{stage}}`, which may have letters, \
                 digits and `_ . -`"
            );
            let help = Help::note(format!("give it another name, as `{key}(rename = \"…\")`"));
            errors.add(at.to_token_stream(), what, help);
        }
    }

    /// The stages of the model, with the settings for all others.
    pub(super) fn finish(self, settings: &Settings, errors: &Errors) -> model::Stages {
        let find = |word: &str| self.all.iter().find(|stage| stage.word() == word);
        let fallback = match &settings.fallback {
            None => find("dev"),
            Some(none) if none == "none" => None,
            Some(stage) => {
                let found = find(&stage.unraw().to_string());
                if found.is_none() && self.are_complete {
                    self.report_fallback(stage, errors);
                }
                found
            }
        };
        model::Stages {
            fallback: fallback.map(Stage::name),
            allow_near_misses: settings.allow_near_misses.is_some(),
            declared: self.all.iter().map(Stage::names).collect(),
        }
    }

    fn report_fallback(&self, stage: &Ident, errors: &Errors) {
        let name = stage.unraw().to_string();
        let words = self.words.iter().map(String::as_str).chain(["none"]);
        let meant = self.named(&name).or_else(|| closest(&name, words));
        let hint = did_you_mean(meant);
        let what = format!("`{stage}` cannot be the fallback, because it is not declared{hint}");
        let known = known("stage", &self.words);
        let help = match meant.and_then(name_like) {
            Some(meant) => Help::replace(stage, meant).and(known),
            None => Help::note("declare it in `stages(…)`").and(known),
        };
        errors.add(stage, what, help);
    }

    /// The word of the stage that is deployed as this.
    pub(super) fn named(&self, name: &str) -> Option<&str> {
        let index = self.all.iter().position(|stage| stage.names().iter().any(|it| it == name))?;
        Some(&self.words[index])
    }
}

/// The stages that most fields name. Among several sets, the one with the fewest typos, then the
/// largest, the most usual, the first. Fields that name others have made a mistake.
fn agree<'a>(input: &'a Input<'_>) -> (Vec<Stage>, Option<Vec<&'a Ident>>) {
    let mut sets: Vec<(BTreeSet<&Ident>, usize)> = Vec::new();
    let mut named: Vec<(&Ident, &Ident)> = Vec::new();
    for field in &input.fields {
        let keys: Vec<_> = field.given.iter().flat_map(Given::stages).collect();
        named.extend(keys.iter().map(|key| (*key, field.ident)));
        let set: BTreeSet<_> = keys.into_iter().collect();
        match sets.iter_mut().find(|(other, _)| *other == set) {
            _ if set.is_empty() => {}
            Some((_, count)) => *count += 1,
            None => sets.push((set, 1)),
        }
    }
    let chosen = sets.into_iter().min_by_key(|(set, count)| {
        let words: Vec<_> = set.iter().map(|key| key.unraw().to_string()).collect();
        let typos = words.iter().filter(|word| words.iter().any(|other| is_typo(word, other)));
        let usual = words.iter().filter(|word| is_usual_stage(word));
        (Reverse(*count), typos.count(), Reverse(set.len()), Reverse(usual.count()))
    });
    let mut chosen = chosen.map(|(set, _)| set).unwrap_or_default();
    named.retain(|(key, _)| chosen.remove(key));
    let (keys, fields) =
        named.into_iter().map(|(key, field)| (Stage::new(key.clone()), field)).unzip();
    (keys, Some(fields))
}

/// Whether a stage looks like a typo of another one. Numbers differ on purpose.
fn is_typo(word: &str, other: &str) -> bool {
    let [lower, other_lower] = [word, other].map(str::to_lowercase);
    let is_long = other.chars().count() >= 4 && !word.ends_with(|c: char| c.is_ascii_digit());
    word != other && (lower == other_lower || is_long && one_edit_apart(&lower, &other_lower))
}

/// Checks the names of a stage beside those before it.
fn check(stage: &Stage, before: &[Stage], errors: &Errors) {
    let word = stage.word();
    if word == "none" || Key::from_word(&word).is_some() {
        let what = format!("`{word}` cannot be a stage, because it has another meaning");
        let help = Help::note(format!("give it another word, as `…(rename = \"{word}\")`"));
        errors.add(&stage.key, what, help);
    }
    let called = |stage: &Stage| [stage.names(), vec![stage.word()]].concat();
    let mut taken: Vec<_> = before.iter().flat_map(called).collect();
    let mut claim = |at: &dyn ToTokens, name: String| {
        let first = taken.iter().find(|other| other.to_lowercase() == name.to_lowercase());
        let what = match first {
            None => return taken.push(name),
            Some(first) if *first == name => format!("stage `{name}` is declared twice"),
            Some(first) => format!("stages `{first}` and `{name}` differ only in case"),
        };
        errors.add(at.to_token_stream(), what, Help::note("keep one of them"));
    };
    claim(&stage.key, word.clone());
    for name in stage.rename.iter().chain(&stage.aliases) {
        let text = name.value();
        if text.is_empty() || text.trim() != text {
            let what = format!("the name of stage `{word}` is empty or has whitespace around it");
            let fix = if text.trim().is_empty() { "…" } else { text.trim() };
            errors.add(name, what, Help::replace(name, format!("{fix:?}")));
        } else if stage.rename.is_none() || text.to_lowercase() != word.to_lowercase() {
            claim(name, text);
        }
    }
}
