//! What a configuration reads, as `ParameterTable::to_json` describes it.

use std::collections::BTreeMap;

use serde::Deserialize;
use stage_config::schema::{Reads, Unreadable};
use stage_config_names::{
    Name, SECRETS, STAGE, StageRules, Why, closest, outside_of_names, render,
};

use crate::error::{Error, Result};

/// The key of the names if no stage is declared.
const ANY_STAGE: &str = "*";

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
            return Ok(self.deployment(stage.unwrap_or_default(), None));
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
        Ok(self.deployment(if preview.is_some() { deployed } else { chosen }, stage))
    }

    /// Each of them at this stage.
    pub(crate) fn all_at<'a>(all: &'a [Self], stage: Option<&str>) -> Result<Vec<Deployment<'a>>> {
        all.iter().map(|it| it.at(stage)).collect()
    }

    /// At each declared stage; once if it declares none.
    pub(crate) fn at_all(&self) -> Vec<Deployment<'_>> {
        if self.stages.is_empty() {
            return vec![self.deployment("", None)];
        }
        self.stages.iter().map(|stage| self.deployment(&stage.name, Some(stage))).collect()
    }

    /// Whether it reads this parameter at any stage, preview stages included.
    pub(crate) fn reads(&self, name: &Name) -> bool {
        self.fields.iter().any(|field| {
            let names = field.names.iter().flat_map(BTreeMap::values);
            names.into_iter().any(|at| at.stands_for(name, field.kind))
        })
    }

    fn deployment<'a>(&'a self, deployed: &str, chosen: Option<&'a Stage>) -> Deployment<'a> {
        let key = chosen.map_or(ANY_STAGE, |stage| &*stage.name);
        let is_preview = chosen.is_some_and(|stage| stage.name != deployed);
        let mut parameters: Vec<Parameter<'a>> = Vec::new();
        for field in &self.fields {
            let Some(name) = field.names.as_ref().and_then(|names| names.get(key)) else {
                continue;
            };
            let own = name.template.as_deref().filter(|_| is_preview).map(|template| {
                let prefix = if field.kind == Kind::Secret { SECRETS } else { "" };
                Name::from(format!("{prefix}{}", render(template, deployed)))
            });
            let names: Vec<_> = own.into_iter().chain([Name::from(&name.requested)]).collect();
            let is_path = field.kind == Kind::SsmPath;
            match parameters.iter_mut().find(|it| it.names == names && it.is_path() == is_path) {
                Some(known) => known.fields.push(field),
                None => parameters.push(Parameter { names, fields: vec![field] }),
            }
        }
        Deployment { description: self, stage: deployed.to_owned(), chosen, parameters }
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

/// A configuration at one stage.
#[derive(Debug)]
pub(crate) struct Deployment<'a> {
    pub(crate) description: &'a Description,
    /// The stage as deployed; of a declared stage, its own name. Empty if none is declared.
    pub(crate) stage: String,
    /// The declared stage that was chosen.
    chosen: Option<&'a Stage>,
    pub(crate) parameters: Vec<Parameter<'a>>,
}

impl Deployment<'_> {
    /// Which configuration at which stage, for people.
    pub(crate) fn title(&self) -> String {
        let config = &self.description.config;
        match self.chosen {
            None => format!("`{config}`"),
            Some(stage) if self.is_declared() => format!("`{config}` at `{}`", stage.name),
            Some(stage) => {
                format!("`{config}` at `{}`, which falls back to `{}`", self.stage, stage.name)
            }
        }
    }

    /// Whether the stage is one that is declared, or none is.
    pub(crate) fn is_declared(&self) -> bool {
        self.chosen.is_none_or(|stage| stage.name == self.stage)
    }

    /// The accounts that it may be deployed to. Empty if any will do.
    pub(crate) fn accounts(&self) -> &[String] {
        self.chosen.map(|stage| &*stage.accounts).unwrap_or_default()
    }
}

impl<'a> Deployment<'a> {
    /// The parameter that a field reads, or that has this name.
    pub(crate) fn find(deployments: &'a [Self], key: &str) -> Result<&'a Parameter<'a>> {
        let all = || deployments.iter().flat_map(|it| &it.parameters);
        let is_it = |it: &&Parameter<'_>| {
            it.fields.iter().any(|field| field.path == key) || *it.name() == *key
        };
        all().find(is_it).ok_or_else(|| {
            let known: Vec<_> = all().flat_map(|it| &it.fields).map(|field| &*field.path).collect();
            let hint = closest(key, known.iter().copied());
            let hint = hint.map(|it| format!("; did you mean `{it}`?")).unwrap_or_default();
            let fields = match &*known {
                [] => "no field reads a parameter".to_owned(),
                known => format!("the fields are `{}`", known.join("`, `")),
            };
            Error::usage(format!("no field `{key}` reads a parameter{hint}")).help(fields)
        })
    }
}

/// A parameter, secret or path that fields read.
#[derive(Debug)]
pub(crate) struct Parameter<'a> {
    /// Its name, or those of a preview stage and of its fallback: the first that exists is read.
    pub(crate) names: Vec<Name>,
    pub(crate) fields: Vec<&'a Field>,
}

impl Parameter<'_> {
    /// The name that is read if it exists.
    pub(crate) fn name(&self) -> &Name {
        &self.names[0]
    }

    pub(crate) fn is_path(&self) -> bool {
        self.fields[0].kind == Kind::SsmPath
    }

    /// Whether another account shares it, so that its ARN is its name.
    pub(crate) fn is_by_arn(&self) -> bool {
        self.name().parse().is_ok_and(|name| name.arn().is_some())
    }

    /// Whether it is one parameter of the account, of which a new version is what is read.
    pub(crate) fn can_be_put(&self) -> Result<()> {
        let name = self.name();
        let own = name.own();
        if self.is_path() {
            return Err(Error::usage(format!("`{}` is everything below `{name}`", self.fields()))
                .help(format!("name a key of it: `{}/KEY`", self.fields[0].path)));
        }
        if name.is_secret() {
            return Err(Error::new(format!("`{own}` is a secret of Secrets Manager")).help(
                format!("aws secretsmanager create-secret --name {own} --secret-string file://…"),
            ));
        }
        let parsed =
            name.parse().map_err(|fault| Error::new(format!("the name `{name}` {fault}")))?;
        if let Some(arn) = parsed.arn() {
            let account = arn.account();
            return Err(Error::new(format!("`{name}` is shared by account {account}"))
                .help("it has to be put in that account"));
        }
        let Some(selector) = parsed.selector() else { return Ok(()) };
        let path = parsed.path();
        Err(Error::new(format!("`{own}` is fixed to `{selector}`, and `put` makes a new version"))
            .help(format!(
                "aws ssm put-parameter --name {path}, then name or label the new version"
            )))
    }

    /// Whether a field keeps it secret.
    pub(crate) fn is_secret(&self) -> bool {
        self.fields.iter().any(|field| field.secret || field.kind == Kind::Secret)
    }

    /// Whether it is an error if it is absent. An optional struct may be absent as a whole.
    pub(crate) fn is_required(&self) -> bool {
        self.fields.iter().any(|field| field.required && field.optional_struct.is_none())
    }

    /// The paths of the fields.
    pub(crate) fn fields(&self) -> String {
        let paths: Vec<_> = self.fields.iter().map(|field| &*field.path).collect();
        paths.join(", ")
    }
}
