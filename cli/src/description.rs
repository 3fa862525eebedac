//! What a configuration reads, as `ParameterTable::to_json` describes it.
//!
//! | module | content |
//! |---|---|
//! | `deployment` | a configuration at one stage, and the parameters that it reads there |

mod deployment;

use std::collections::BTreeMap;

use serde::Deserialize;
use stage_config::schema::{Reads, Unreadable};
use stage_config_names::{Name, STAGE, StageRules, Why, outside_of_names, render};

use crate::error::{Error, Result};

pub(crate) use self::deployment::{Deployment, Parameter};

#[derive(Debug, Deserialize)]
pub(crate) struct Description {
    pub(crate) config: String,
    pub(crate) stages: Vec<Stage>,
    pub(crate) fallback: Option<String>,
    pub(crate) allow_near_misses: bool,
    pub(crate) fields: Vec<Field>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Stage {
    pub(crate) name: String,
    pub(crate) aliases: Vec<String>,
    /// The AWS accounts of the stage. Empty if any will do.
    #[serde(default)]
    pub(crate) accounts: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Field {
    pub(crate) path: String,
    pub(crate) doc: Option<String>,
    pub(crate) kind: Kind,
    /// By declared stage.
    pub(crate) names: Option<BTreeMap<String, AtStage>>,
    pub(crate) json_key: Option<String>,
    pub(crate) r#type: String,
    /// What its text is read as. `None` if only the program can tell.
    #[serde(default)]
    reads: Option<String>,
    pub(crate) required: bool,
    pub(crate) optional_struct: Option<String>,
    pub(crate) secret: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    Ssm,
    Secret,
    SsmPath,
    Env,
    Stage,
    Value,
}

/// The name of a field at one stage.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct AtStage {
    /// As it is requested from Parameter Store.
    pub(crate) requested: String,
    /// The name with `{stage}`, if it is a template.
    pub(crate) template: Option<String>,
}

impl Field {
    pub(crate) fn reads(&self) -> Option<Reads> {
        Reads::parse(self.reads.as_deref()?)
    }

    /// Whether it can read a text. `None` if only the program can tell. The error holds nothing of
    /// the text.
    pub(crate) fn check(&self, text: &str) -> Option<std::result::Result<(), Unreadable>> {
        let reads = self.reads()?;
        let checked = match &self.json_key {
            Some(key) => reads.check_key(text, key),
            None => reads.check(text),
        };
        Some(
            checked
                .or_else(|why| if why.is_absent() && !self.required { Ok(()) } else { Err(why) }),
        )
    }

    /// Whether it is kept as a StringList.
    pub(crate) fn is_list(&self) -> bool {
        self.reads().is_some_and(|reads| reads.is_list())
    }
}

impl AtStage {
    /// Whether it is this parameter, at this stage or at a preview stage that falls back to it.
    fn stands_for(&self, name: &Name, kind: Kind) -> bool {
        let is_it = |written: &str| {
            if kind == Kind::SsmPath {
                return name.as_str().strip_prefix(written).is_some_and(|it| it.starts_with('/'));
            }
            Name::from(written).parse().is_ok_and(|written| *name == *written.path())
        };
        if is_it(&self.requested) {
            return true;
        }
        let Some(template) = &self.template else { return false };
        let Some((before, _)) = template.split_once(STAGE) else { return false };
        let Some(rest) = name.as_str().strip_prefix(before) else { return false };
        let level = rest.split('/').next().unwrap_or_default();
        (1..=level.len()).filter_map(|end| level.get(..end)).any(|it| is_it(&render(template, it)))
    }
}

impl Description {
    /// What it reads if it is deployed as `stage`; of all stages alike if it declares none.
    pub(crate) fn at(&self, stage: Option<&str>) -> Result<Deployment<'_>> {
        if self.stages.is_empty() {
            return Ok(Deployment::new(self, stage.unwrap_or_default(), None));
        }
        let Some(deployed) = stage.filter(|stage| !stage.is_empty()) else {
            return Err(Error::usage(format!("`{}` needs a stage", self.config))
                .help(format!("add `--stage NAME`; the stages are {}", self.list_stages())));
        };
        let choice = self.rules().choose(Some(deployed)).map_err(|refusal| {
            // Its text lists the stages.
            Error::new(refusal.to_string())
        })?;
        let preview = (choice.why == Why::NotDeclared).then_some(deployed);
        let chosen = choice.declared.unwrap_or_default();
        if let (Some(preview), true) = (preview, self.has_templates_at(chosen))
            && let Some(c) = outside_of_names(preview)
        {
            return Err(Error::new(format!(
                "stage `{}` cannot be part of a name, because of `{}`",
                preview.escape_debug(),
                c.escape_debug()
            ))
            .help("a stage that is part of a name has only letters, digits and `_ . -`"));
        }
        let stage = self.stages.iter().find(|stage| stage.name == chosen);
        Ok(Deployment::new(self, if preview.is_some() { deployed } else { chosen }, stage))
    }

    /// Each of them at this stage.
    pub(crate) fn all_at<'a>(all: &'a [Self], stage: Option<&str>) -> Result<Vec<Deployment<'a>>> {
        all.iter().map(|it| it.at(stage)).collect()
    }

    /// At each declared stage; once if it declares none.
    pub(crate) fn at_all(&self) -> Vec<Deployment<'_>> {
        if self.stages.is_empty() {
            return vec![Deployment::new(self, "", None)];
        }
        let stages = self.stages.iter();
        stages.map(|stage| Deployment::new(self, &stage.name, Some(stage))).collect()
    }

    /// Whether it reads this parameter at any stage, preview stages included.
    pub(crate) fn reads(&self, name: &Name) -> bool {
        self.fields.iter().any(|field| {
            let names = field.names.iter().flat_map(BTreeMap::values);
            names.into_iter().any(|at| at.stands_for(name, field.kind))
        })
    }

    fn has_templates_at(&self, stage: &str) -> bool {
        let names = self.fields.iter().filter_map(|field| field.names.as_ref()?.get(stage));
        names.into_iter().any(|name| name.template.is_some())
    }

    fn list_stages(&self) -> String {
        let names: Vec<_> = self.stages.iter().map(|it| format!("`{}`", it.name)).collect();
        names.join(", ")
    }

    /// The rules of the derive, which takes the names of stages from the source code. So these are
    /// leaked; a program has few of them and ends soon.
    fn rules(&self) -> StageRules {
        fn leak(text: &str) -> &'static str {
            Box::leak(text.into())
        }
        let declared: Vec<_> = self.stages.iter().map(|stage| leak(&stage.name)).collect();
        let aliases = self
            .stages
            .iter()
            .flat_map(|stage| stage.aliases.iter().map(|alias| (leak(alias), leak(&stage.name))));
        let mut rules = StageRules::new(declared.leak());
        rules.aliases = aliases.collect::<Vec<_>>().leak();
        rules.fallback = self.fallback.as_deref().map(leak);
        rules.allow_near_misses = self.allow_near_misses;
        rules
    }
}
