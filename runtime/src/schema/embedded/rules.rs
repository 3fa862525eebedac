//! The rules that a derive applies to a table, as far as others rely on them. The bytes may be those of
//! any file, so what they cause is limited.

use std::collections::{HashMap, HashSet};

use stage_config_names::{
    Account, MAX_LENGTH, MAX_LEVELS, MAX_SECRET, NameKind, STAGE, is_template, may_be_in_names,
    outside_of_names, render,
};

use super::error::{Why, damaged};
use crate::escape::one_line;
use crate::schema::stages::Stages;
use crate::schema::table::{Kind, Names, ParameterTable};

/// Enough for every stage of a company in each region.
const MAX_STAGES: usize = 256;

/// The bytes of the names and paths that a description causes, at all of its stages together. What
/// tools print of it is not much more.
#[derive(Debug)]
pub(super) struct Budget(usize);

impl Budget {
    /// Twice what a template with 256 stages needs.
    const PER_BYTE: usize = 512;
    /// What 4,000 templates with 64 stages need: 16 MiB.
    const MOST: usize = 16 << 20;

    /// That of a description with this length.
    pub(super) fn new(length: usize) -> Self {
        Self(length.saturating_mul(Self::PER_BYTE).min(Self::MOST))
    }

    fn spend(&mut self, bytes: usize) -> Result<(), Why> {
        let left = self.0.checked_sub(bytes);
        self.0 = left.ok_or_else(|| damaged("its names at all of its stages are too long"))?;
        Ok(())
    }
}

pub(super) fn check_stages(stages: &Stages) -> Result<(), Why> {
    let Stages { rules, accounts } = stages;
    let aliases = rules.aliases.iter();
    let names: Vec<_> =
        rules.declared.iter().chain(aliases.clone().map(|(alias, _)| alias)).collect();
    if names.len() > MAX_STAGES {
        let names = names.len();
        return Err(damaged(format!("it has {names} stages and aliases, more than {MAX_STAGES}")));
    }
    if let Some(name) = names.iter().find(|name| name.is_empty() || name.trim() != ***name) {
        return Err(damaged(format!("`{}` is not the name of a stage", one_line(name))));
    }
    let declared: HashSet<_> = rules.declared.iter().collect();
    if declared.len() < rules.declared.len() {
        return Err(damaged("a stage is declared twice"));
    }
    let others = aliases.chain(*accounts).map(|(_, stage)| stage).chain(&rules.fallback);
    if let Some(other) = others.into_iter().find(|stage| !declared.contains(stage)) {
        return Err(damaged(format!("stage `{}` is not declared", one_line(other))));
    }
    match accounts.iter().find(|(account, _)| Account::parse(account).is_none()) {
        Some((other, _)) => Err(damaged(format!("`{}` is not an account", one_line(other)))),
        None => Ok(()),
    }
}

/// One name for each stage, or a single one.
pub(super) fn check_names(
    of: NameKind,
    names: &[&str],
    stages: Stages,
    budget: &mut Budget,
) -> Result<(), Why> {
    let declared = stages.declared();
    if names.len() != 1 && names.len() != declared.len() || names.is_empty() {
        let (names, stages) = (names.len(), declared.len());
        return Err(damaged(format!("a field has {names} names for {stages} stages")));
    }
    for (index, name) in names.iter().enumerate() {
        let at = if names.len() == 1 { declared } else { &declared[index..=index] };
        check_name(of, name, at, budget)?;
    }
    Ok(())
}

/// A name at the stages for which this is the name.
fn check_name(of: NameKind, name: &str, stages: &[&str], budget: &mut Budget) -> Result<(), Why> {
    let wrong = |why: String| damaged(format!("{of} `{}` {why}", one_line(name)));
    of.check(name).map_err(|error| wrong(error.to_string()))?;
    if !is_template(name) {
        return Ok(());
    }
    let count = name.matches(STAGE).count();
    for stage in stages {
        if outside_of_names(stage).is_some() {
            return Err(wrong(format!("cannot have stage `{}` in it", one_line(stage))));
        }
        budget.spend(name.len() + count * stage.len())?;
        of.check(&render(name, stage)).map_err(|error| wrong(error.to_string()))?;
    }
    Ok(())
}

/// Checks that each nested struct fits into the one around it, as `check_nested` does in a constant. It
/// visits each name once.
pub(super) fn check_fit(table: &ParameterTable, budget: &mut Budget) -> Result<(), Why> {
    let stages = match table.stages.declared() {
        [] => &[""],
        declared => declared,
    };
    let prefixes = vec![Part::default(); stages.len()];
    let outermost = Around { stages, prefixes, has_prefix: false, path: 0 };
    outermost.check(table, budget)
}

/// What is around a struct.
struct Around<'a> {
    stages: &'a [&'a str],
    /// The prefix of its names at each of the stages.
    prefixes: Vec<Part>,
    has_prefix: bool,
    /// The length of the path of its fields.
    path: usize,
}

/// The size of a part of a name, without its selector.
#[derive(Clone, Copy, Default)]
struct Part {
    levels: usize,
    length: usize,
    /// How often it has `{stage}`.
    templates: usize,
    /// Whether it has `{stage}` anywhere.
    is_template: bool,
}

impl Around<'_> {
    fn check(&self, table: &ParameterTable, budget: &mut Budget) -> Result<(), Why> {
        let indexes: HashMap<_, _> = table.stages.declared().iter().zip(0..).collect();
        // It may have the same stages in another order.
        let order: Vec<usize> =
            self.stages.iter().map(|stage| indexes.get(stage).copied().unwrap_or(0)).collect();
        for field in table.fields {
            let path = self.path + field.name.len() + 1;
            budget.spend(path + self.stages.len())?;
            if let Kind::Nested(inner, prefix) = field.kind {
                check_agree(table, inner)?;
                let parts = prefix.map_or_else(Vec::new, parts);
                let prefixes = self.prefixes.iter().zip(&order);
                let prefixes = prefixes.map(|(outer, own)| outer.and(part_at(&parts, *own)));
                let has_prefix = self.has_prefix || prefix.is_some();
                let prefixes = prefixes.collect();
                Around { prefixes, has_prefix, path, ..*self }.check(inner, budget)?;
                continue;
            }
            let Some((kind, names)) = field.kind.names() else { continue };
            let mut parts = parts(names);
            if self.has_prefix {
                parts.iter_mut().zip(names.names).for_each(|(part, name)| part.join(kind, name));
            }
            for ((stage, prefix), own) in self.stages.iter().zip(&self.prefixes).zip(&order) {
                let whole = prefix.and(part_at(&parts, *own));
                if whole.is_template && !may_be_in_names(stage) {
                    return Err(unfit(field.name, "cannot have the stage in it"));
                }
                if !whole.fits(kind, stage) {
                    return Err(unfit(field.name, "is too long with its prefix or stage"));
                }
            }
            let is_whole = |name: &&str| name.starts_with("arn:") || name.starts_with("/aws/");
            if self.has_prefix && kind != NameKind::Secret && names.names.iter().any(is_whole) {
                return Err(unfit(field.name, "cannot have a prefix"));
            }
        }
        Ok(())
    }
}

fn unfit(field: &str, what: &str) -> Why {
    damaged(format!("the name of `{}` {what}", one_line(field)))
}

fn parts(names: Names) -> Vec<Part> {
    names.names.iter().copied().map(Part::of).collect()
}

/// The one of a stage, or the one of all stages.
fn part_at(parts: &[Part], index: usize) -> Part {
    parts.get(index).or(parts.first()).copied().unwrap_or_default()
}

fn check_agree(outer: &ParameterTable, inner: &ParameterTable) -> Result<(), Why> {
    let (stages, others) = (outer.stages.declared(), inner.stages.declared());
    let known: HashSet<_> = stages.iter().collect();
    // In each of them, all are different.
    if others.is_empty()
        || others.len() == known.len() && others.iter().all(|it| known.contains(it))
    {
        return Ok(());
    }
    let (inner, outer) = (one_line(inner.config), one_line(outer.config));
    Err(damaged(format!("`{inner}` has other stages than `{outer}`, in which it is nested")))
}

impl Part {
    fn of(name: &str) -> Self {
        let text = name.split(':').next().unwrap_or_default();
        let templates = text.matches(STAGE).count();
        let levels = text.matches('/').count();
        let length = text.len() - templates * STAGE.len();
        Self { levels, length, templates, is_template: is_template(name) }
    }

    /// A slash joins the name to its prefix; the name of a secret has none at its beginning.
    fn join(&mut self, kind: NameKind, name: &str) {
        if !name.starts_with('/') {
            (self.levels, self.length) = (self.levels + 1, self.length + 1);
        }
        if kind == NameKind::Secret {
            self.length -= 1;
        }
    }

    fn and(self, inner: Self) -> Self {
        Self {
            levels: self.levels + inner.levels,
            length: self.length + inner.length,
            templates: self.templates + inner.templates,
            is_template: self.is_template || inner.is_template,
        }
    }

    fn fits(self, kind: NameKind, stage: &str) -> bool {
        let length = self.length + self.templates * stage.len();
        match kind {
            NameKind::Secret => length <= MAX_SECRET,
            _ => length <= MAX_LENGTH && self.levels <= MAX_LEVELS,
        }
    }
}
