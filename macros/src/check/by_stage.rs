//! Sorts the arguments of an attribute by stage.

use std::collections::BTreeSet;

use stage_config_names::closest;
use syn::ext::IdentExt;
use syn::{Expr, Ident};

use super::stages::KnownStages;
use crate::diagnostics::other_stage::{self, is_usual_stage};
use crate::diagnostics::print::{compact, did_you_mean, known, list};
use crate::diagnostics::{Errors, Help};
use crate::model::PerStage;
use crate::parse::arguments::{ident, string};
use crate::parse::attribute::{Given, pair};
use crate::parse::keywords::{Kind, elsewhere};
use crate::parse::stages::Stage;

/// The arguments by stage. `None` if any of them was refused. `check` sees the others nevertheless.
pub(super) fn sort<'g, T>(
    stages: &KnownStages,
    given: &'g Given,
    check: impl Fn(&'g Expr) -> Option<T>,
    errors: &Errors,
) -> Option<PerStage<T>> {
    let before = errors.count();
    let sorted = Sorter { stages, given, errors }.sort().map(|value| check(value?));
    sorted.filter(|_| errors.count() == before)
}

struct Sorter<'s, 'g> {
    stages: &'s KnownStages<'s>,
    given: &'g Given<'g>,
    errors: &'s Errors,
}

/// What a key was meant to be.
enum Meaning<'s> {
    /// This stage.
    Stage(usize),
    /// A stage that is not known.
    NewStage,
    /// This stage, if there is one, or this key of the attribute.
    Typo(Option<usize>, &'s str),
    /// None of these.
    Nothing,
}

impl<'g> Sorter<'_, 'g> {
    fn sort(&self) -> PerStage<Option<&'g Expr>> {
        let Given { kind, attr, all, each, .. } = self.given;
        let noun = kind.takes();
        let (words, all): (Vec<_>, Vec<_>) = all.iter().partition(|value| self.is_lone_key(value));
        let words = words.into_iter().filter_map(|word| Some((ident(word)?, None)));
        let keys = each.iter().map(|(key, value)| (key, Some(value))).chain(words);
        let keys: Vec<_> = keys.map(|(key, value)| (key, value, self.meaning(key))).collect();
        if all.is_empty() && keys.is_empty() && self.given.is_whole() {
            let help = Help::note(format!("write `{}`", kind.shape()));
            self.errors.add(attr.path(), format!("{kind} has no {noun}"), help);
        }
        if all.is_empty() && kind.is_by_stage() {
            return self.sort_each(keys);
        }
        let is_stage = |meaning: &Meaning| matches!(meaning, Meaning::Stage(_) | Meaning::NewStage);
        let (stages, others): (Vec<_>, Vec<_>) =
            keys.into_iter().partition(|(_, value, meaning)| value.is_some() && is_stage(meaning));
        for (key, value, meaning) in others {
            self.report(key, value, &meaning, None);
        }
        if let Some((stage, ..)) = stages.first() {
            let (what, help) = if let Some(all) = all.first() {
                let what = format!("{kind} has a {noun} for all stages and one for `{stage}`");
                (what, format!("keep `{}`, or give one for each stage", compact(all)))
            } else {
                let what = format!("{kind} takes one {noun} for all stages");
                (what, format!("write `{}`", kind.shape()))
            };
            self.errors.add(stage, what, Help::note(help));
        }
        for second in all.iter().skip(1) {
            let each = kind.is_by_stage().then(|| "or give one for each stage".to_owned());
            let help = Help::remove(second).and(each);
            self.errors.add(second, format!("{kind} has a second {noun}"), help);
        }
        PerStage::Same(all.first().copied())
    }

    fn sort_each(
        &self,
        mut keys: Vec<(&Ident, Option<&'g Expr>, Meaning)>,
    ) -> PerStage<Option<&'g Expr>> {
        let Self { stages, given: Given { kind, refused, .. }, .. } = self;
        let mut values: Vec<Option<&Expr>> = vec![None; stages.all.len()];
        let mut missing: BTreeSet<_> = (0..values.len()).collect();
        let mut is_sorted = true;
        for key in refused {
            let word = key.as_ref().map(|key| key.unraw().to_string()).unwrap_or_default();
            let index = stages.words.iter().position(|stage| *stage == word);
            let is_known = index.is_some_and(|index| missing.remove(&index));
            is_sorted &= is_known || kind.key(&word).is_some();
        }
        // Known stages first, then typos of them. New stages get what is left.
        keys.sort_by_key(|(.., meaning)| match meaning {
            Meaning::Stage(_) => 0,
            Meaning::NewStage => 2,
            _ => 1,
        });
        for (key, value, meaning) in keys {
            let free = missing.first().copied();
            let index = match meaning {
                Meaning::Stage(index) if value.is_some() && missing.remove(&index) => {
                    values[index] = value;
                    continue;
                }
                Meaning::Stage(index) | Meaning::Typo(Some(index), _) => Some(index),
                Meaning::NewStage => free,
                _ => None,
            };
            let is_free = index.is_some_and(|index| missing.contains(&index));
            let is_new = matches!(meaning, Meaning::NewStage) || index.is_some() && !is_free;
            if stages.are_partial && is_new && value.is_some() {
                // It may be a declared one that was refused.
                continue;
            }
            self.report(key, value, &meaning, free);
            if let Some(index) = index.filter(|index| missing.remove(index)) {
                values[index] = value;
            } else {
                // Most likely, a missing stage was meant.
                is_sorted &= matches!(meaning, Meaning::Typo(None, _));
            }
        }
        if is_sorted {
            self.report_missing(&missing, &values);
        }
        let names = stages.all.iter().map(Stage::name);
        PerStage::Each(names.zip(values).collect())
    }

    fn meaning(&self, key: &Ident) -> Meaning<'_> {
        let Self { stages, given: Given { kind, all, each, .. }, .. } = self;
        let word = key.unraw().to_string();
        let is_stage = kind.is_by_stage() && (stages.are_declared() || !kind.reserves(&word));
        if let Some(index) = stages.words.iter().position(|stage| *stage == word && is_stage) {
            return Meaning::Stage(index);
        }
        // If possible, a stage without an argument.
        let has = |word: &str| each.iter().any(|(key, _)| key.unraw() == word);
        let (taken, free): (Vec<_>, Vec<_>) = stages.words.iter().partition(|stage| has(stage));
        let known = if free.is_empty() { taken } else { free };
        let known = known.into_iter().map(String::as_str);
        let known = known.filter(|stage| kind.is_by_stage() && *stage != word);
        let keys = kind.keys().iter().map(|key| key.word());
        let named = stages.named(&word).filter(|it| kind.is_by_stage() && *it != word);
        if let Some(meant) = named.or_else(|| closest(&word, keys.chain(known))) {
            let index = stages.words.iter().position(|stage| stage == meant);
            Meaning::Typo(index.filter(|_| kind.is_by_stage()), meant)
        } else if kind.reserves(&word)
            || !all.is_empty() && !is_usual_stage(&word)
            || !kind.is_by_stage() && (each.len() == 1 || !all.is_empty())
        {
            Meaning::Nothing
        } else {
            Meaning::NewStage
        }
    }

    /// Whether it is not a value, but a key without one.
    fn is_lone_key(&self, value: &Expr) -> bool {
        let Given { kind, all, each, .. } = self.given;
        let Some(word) = ident(value) else { return false };
        let is_alone = all.len() + each.len() == 1;
        let is_keyword = !elsewhere(&word.to_string()).is_empty();
        match self.meaning(word) {
            // Other words are constants.
            meaning if *kind == Kind::Value => {
                !is_alone && (is_keyword || matches!(meaning, Meaning::Stage(_)))
            }
            Meaning::NewStage | Meaning::Nothing if is_alone => {
                kind.is_by_stage() && is_usual_stage(&word.to_string()) || is_keyword
            }
            _ => true,
        }
    }

    /// Reports an argument whose key is not a stage, is given twice, or has no value. If a stage is
    /// free, it may be the one that was meant.
    fn report(&self, key: &Ident, value: Option<&Expr>, meaning: &Meaning, free: Option<usize>) {
        let Self { stages, given: Given { kind, all, each, .. }, .. } = self;
        let argument = pair(key, value);
        let with = |word: &str| match value {
            Some(value) => format!("{word} = {}", compact(value)),
            None => kind.pair(word),
        };
        let codes = stages.all.iter().map(|stage| stage.key.to_string());
        let codes: Vec<_> = codes.filter(|_| kind.is_by_stage()).collect();
        let unknown = format!("unknown key `{key}` in {kind}");
        let (what, help) = match meaning {
            Meaning::Stage(_) | Meaning::NewStage if value.is_none() => {
                let is_for_all = all.iter().any(|value| !self.is_lone_key(value));
                let help = if is_for_all {
                    Help::remove(argument)
                } else {
                    Help::replace(argument, kind.pair(&key.to_string()))
                };
                return self.errors.add(key, format!("`{key}` has no value"), help);
            }
            Meaning::Stage(_) => {
                let what = format!("`{key}` is given twice in {kind}");
                return self.errors.add(key, what, Help::remove(argument));
            }
            Meaning::Typo(index, meant) => {
                let code = match (kind.key(meant), index) {
                    (_, Some(index)) => with(&codes[*index]),
                    (Some(key), _) if key.is_flag() || value.is_none() => key.shape().to_owned(),
                    _ => with(meant),
                };
                let is_taken = each.iter().any(|(key, _)| key.unraw() == meant);
                let help =
                    if is_taken { Help::remove(argument) } else { Help::replace(argument, code) };
                (unknown + &did_you_mean(Some(meant)), help)
            }
            Meaning::NewStage if free.is_some() => {
                let what = format!("unknown stage `{key}` in {kind}");
                (what, Help::note(known("stage", &codes).unwrap_or_default()))
            }
            Meaning::NewStage => {
                (format!("unknown stage `{key}` in {kind}"), Help::remove(argument))
            }
            Meaning::Nothing => {
                let more = elsewhere(&key.to_string());
                let is_name = more.is_empty() && all.len() + each.len() == 1;
                let help = match value.filter(|_| is_name) {
                    Some(value) if *kind == Kind::Value || string(value).is_some() => {
                        Help::replace(argument, compact(value))
                    }
                    Some(_) => Help::replace(argument, "\"…\""),
                    None => Help::remove(argument),
                };
                (unknown + more, help)
            }
        };
        let is_stage = matches!(meaning, Meaning::NewStage | Meaning::Typo(Some(_), _));
        if is_stage && !stages.are_declared() && !codes.is_empty() {
            let all = [&codes[..], &[key.to_string()]].concat().join(", ");
            let note = format!("if `{key}` is another stage: `#[stage_config(stages({all}))]`");
            return self.errors.add(key, what, help.and([note]));
        }
        let keys: Vec<_> = kind.keys().iter().map(|key| key.word()).collect();
        let other = if codes.is_empty() { "key" } else { "other key" };
        let stages = known("stage", &codes).filter(|_| !(is_stage && free.is_some()));
        self.errors.add(key, what, help.and(stages).and(known(other, &keys)));
    }

    /// Reports missing stages, and the field that names them.
    fn report_missing(&self, missing: &BTreeSet<usize>, values: &[Option<&Expr>]) {
        let Self { stages, given: Given { kind, attr, each, .. }, .. } = self;
        let (Some(first), Some((key, value))) = (missing.first(), each.last()) else { return };
        let whose = match &stages.fields {
            Some(fields) => format!("used by `{}`", fields[*first]),
            None => "declared in `stages`".to_owned(),
        };
        let s = if missing.len() == 1 { "" } else { "s" };
        let words = list(missing.iter().map(|index| &stages.words[*index]));
        let what = format!("missing {}{s} for stage{s} {words} ({whose})", kind.takes());
        let names: Vec<_> = stages.all.iter().map(Stage::name).collect();
        let others = names.iter().zip(values);
        let others = others.filter_map(|(stage, slot)| Some((&**stage, string((*slot)?)?.value())));
        let others: Vec<_> = others.collect();
        let code = missing.iter().map(|index| {
            let key = stages.all[*index].key.to_string();
            let made = kind.name_of().and_then(|of| other_stage::name(of, &names[*index], &others));
            made.map_or_else(|| kind.pair(&key), |name| format!("{key} = {name:?}"))
        });
        let code = code.collect::<Vec<_>>().join(", ");
        let is_only = *kind == Kind::Value && each.len() == 1;
        let same = is_only.then(|| {
            format!("or, if it is the same at every stage, `{}`", kind.with(&compact(value)))
        });
        let help = Help::insert(pair(key, Some(value)), code).and(same);
        self.errors.add(attr.path(), what, help);
    }
}
