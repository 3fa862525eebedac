//! A configuration at one stage, and the parameters that it reads there.

use stage_config_names::{Name, SECRETS, render};

use super::{Description, Field, Kind, Stage};
use crate::error::{Error, Result};
use crate::print::hint;

/// The key of the names if no stage is declared.
const ANY_STAGE: &str = "*";

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

    /// Whether it is at a declared stage.
    pub(crate) fn is_declared(&self) -> bool {
        self.chosen.is_some_and(|stage| stage.name == self.stage)
    }

    /// The accounts that it may be deployed to. Empty if any will do.
    pub(crate) fn accounts(&self) -> &[String] {
        self.chosen.map(|stage| &*stage.accounts).unwrap_or_default()
    }
}

impl<'a> Deployment<'a> {
    pub(super) fn new(
        description: &'a Description,
        deployed: &str,
        chosen: Option<&'a Stage>,
    ) -> Self {
        let key = chosen.map_or(ANY_STAGE, |stage| &*stage.name);
        let is_preview = chosen.is_some_and(|stage| stage.name != deployed);
        let mut parameters: Vec<Parameter<'a>> = Vec::new();
        for field in &description.fields {
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
        Self { description, stage: deployed.to_owned(), chosen, parameters }
    }

    /// The parameter that a field reads, or that has this name.
    pub(crate) fn find(deployments: &'a [Self], key: &str) -> Result<&'a Parameter<'a>> {
        let all = || deployments.iter().flat_map(|it| &it.parameters);
        let is_it = |it: &&Parameter<'_>| {
            it.fields.iter().any(|field| field.path == key) || *it.name() == *key
        };
        all().find(is_it).ok_or_else(|| {
            let known: Vec<_> = all().flat_map(|it| &it.fields).map(|field| &*field.path).collect();
            let hint = hint(key, known.iter().copied());
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
