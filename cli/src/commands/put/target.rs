//! Which parameters are put, and as what.

use std::ptr;

use aws_sdk_ssm::types::ParameterType;
use stage_config_names::Name;

use super::Options;
use super::values::Values;
use crate::account::{Account, Answer, Found, Look};
use crate::description::{Deployment, Field, Parameter};
use crate::error::{Error, Result};

/// A parameter to put.
pub(super) struct Target<'a> {
    pub(super) parameter: &'a Parameter<'a>,
    /// Its whole name; under a path, with its key.
    pub(super) name: Name,
    /// The key below a path.
    key: Option<String>,
    pub(super) r#type: ParameterType,
    /// The version that is there.
    pub(super) replaces: Option<i64>,
    /// Names that are there and may be meant.
    pub(super) near: Vec<String>,
}

impl<'a> Target<'a> {
    fn new(parameter: &'a Parameter<'a>, key: Option<&str>) -> Self {
        let name = match key {
            Some(key) => Name::from(format!("{}/{key}", parameter.name())),
            None => parameter.name().clone(),
        };
        let r#type = if parameter.is_secret() {
            ParameterType::SecureString
        } else if parameter.fields.iter().any(|field| field.is_list()) {
            ParameterType::StringList
        } else {
            ParameterType::String
        };
        let (key, near) = (key.map(str::to_owned), Vec::new());
        Self { parameter, name, key, r#type, replaces: None, near }
    }

    /// The fields that read it.
    pub(super) fn fields(&self) -> String {
        match &self.key {
            Some(key) => format!("{}/{key}", self.parameter.fields()),
            None => self.parameter.fields(),
        }
    }

    /// What its fields say it is.
    pub(super) fn description(&self) -> Option<String> {
        self.parameter.fields.iter().find_map(|field| field.doc.clone())
    }

    pub(super) fn is_secure(&self) -> bool {
        self.r#type == ParameterType::SecureString
    }

    /// What may stand for it in a file.
    pub(super) fn keys(&self) -> Vec<String> {
        let below = self.key.as_ref().map(|key| format!("/{key}")).unwrap_or_default();
        let fields = self.parameter.fields.iter().map(|field| format!("{}{below}", field.path));
        fields.chain([self.name.to_string()]).collect()
    }

    /// Whether a text can be its value. The error continues "the value", and holds nothing of it.
    pub(super) fn check(&self, text: &str) -> std::result::Result<(), String> {
        check(self.parameter.fields.iter().copied(), text)
    }

    /// Takes its place of what is there, if that is allowed.
    fn replace(mut self, found: &Found) -> Result<Self> {
        let name = &self.name;
        if self.is_secure() && !found.is_secure() {
            return Err(Error::new(format!(
                "`{name}` is a {}, and the type of a parameter cannot change to SecureString",
                found.r#type
            ))
            .help(format!("delete it first: aws ssm delete-parameter --name {name}")));
        }
        self.r#type = ParameterType::from(&*found.r#type);
        self.replaces = Some(found.version);
        Ok(self)
    }
}

/// Whether all these fields can read a text.
pub(super) fn check<'a>(
    fields: impl IntoIterator<Item = &'a Field>,
    text: &str,
) -> std::result::Result<(), String> {
    if text.is_empty() {
        return Err("is empty, which a parameter cannot be".to_owned());
    }
    let mut checked = fields.into_iter().filter_map(|field| field.check(text));
    checked.try_for_each(|checked| checked.map_err(|why| why.to_string()))
}

/// Chooses the parameters to put, in the order of the fields.
pub(super) async fn choose<'a>(
    options: &Options,
    account: &Account,
    deployments: &'a [Deployment<'a>],
    values: &Values,
) -> Result<Vec<Target<'a>>> {
    let targets = if options.is_told_what_to_put() {
        named(options, deployments, values)?
    } else {
        needed(options, deployments)
    };
    let fallbacks = targets.iter().filter(|it| it.key.is_none()).flat_map(|it| &it.parameter.names);
    let all: Vec<_> = targets.iter().map(|it| &it.name).chain(fallbacks).cloned().collect();
    let answers = account.ask(&all, Look::Names).await?;
    let is_there = |name: &Name| answers.get(name).and_then(Answer::found).is_some();

    let (mut chosen, mut there) = (Vec::new(), Vec::new());
    for target in targets {
        match answers.get(&target.name) {
            Some(Answer::Failed(why)) => {
                return Err(Error::new(format!("cannot put `{}`: {why}", target.name)));
            }
            Some(Answer::Found(found)) if options.overwrite => chosen.push(target.replace(found)?),
            Some(Answer::Found(found)) if options.is_told_what_to_put() && !options.missing => {
                there.push(format!("`{}` (version {})", target.name, found.version));
            }
            Some(Answer::Found(_)) => {}
            // A preview stage that inherits it does not need its own.
            _ if !options.is_told_what_to_put() && target.parameter.names.iter().any(is_there) => {}
            _ => chosen.push(target),
        }
    }
    if there.is_empty() {
        find_near(account, deployments, &mut chosen).await;
        return Ok(chosen);
    }
    let exist = if there.len() == 1 { "exists" } else { "exist" };
    Err(Error::new(format!("{} already {exist}", there.join(", ")))
        .help("`--overwrite` replaces, `--missing` leaves out what is there"))
}

/// Looks for names that may be meant by those that are new.
async fn find_near(account: &Account, deployments: &[Deployment<'_>], targets: &mut [Target<'_>]) {
    let new: Vec<_> =
        targets.iter().filter(|it| it.replaces.is_none() && it.key.is_none()).collect();
    if new.is_empty() {
        return;
    }
    let is_known = |name: &Name| deployments.iter().any(|it| it.description.reads(name));
    let mut near = account.near(new.into_iter().map(|it| &it.name), is_known).await;
    for target in targets {
        target.near = near.remove(&target.name).unwrap_or_default();
    }
}

/// What the user names, or has values for in a file.
fn named<'a>(
    options: &Options,
    deployments: &'a [Deployment<'a>],
    values: &Values,
) -> Result<Vec<Target<'a>>> {
    let named: Vec<_> = options.fields.iter().map(|field| &**field).collect();
    let named = if named.is_empty() { values.keys() } else { named };
    let mut targets: Vec<Target<'a>> = Vec::new();
    for key in named {
        let target = find(deployments, key)?;
        if !targets.iter().any(|known| known.name == target.name) {
            targets.push(target);
        }
    }
    let all: Vec<_> = deployments.iter().flat_map(|it| &it.parameters).collect();
    targets.sort_by_key(|it| all.iter().position(|known| ptr::eq(*known, it.parameter)));
    Ok(targets)
}

/// What is required; with `--missing`, also what may be absent.
fn needed<'a>(options: &Options, deployments: &'a [Deployment<'a>]) -> Vec<Target<'a>> {
    let mut targets: Vec<Target<'a>> = Vec::new();
    for parameter in deployments.iter().flat_map(|it| &it.parameters) {
        let is_wanted = options.missing || parameter.is_required();
        let is_new = !targets.iter().any(|known| known.name == *parameter.name());
        if is_wanted && is_new && parameter.can_be_put().is_ok() {
            targets.push(Target::new(parameter, None));
        }
    }
    targets
}

/// The parameter that a field or a name stands for, or a key below a path.
fn find<'a>(deployments: &'a [Deployment<'a>], key: &str) -> Result<Target<'a>> {
    for parameter in deployments.iter().flat_map(|it| &it.parameters).filter(|it| it.is_path()) {
        let paths = parameter.fields.iter().map(|field| &*field.path);
        for path in paths.chain([parameter.name().as_str()]) {
            if let Some(below) = key.strip_prefix(path).and_then(|rest| rest.strip_prefix('/')) {
                return Ok(Target::new(parameter, Some(below)));
            }
        }
    }
    let parameter = Deployment::find(deployments, key)?;
    parameter.can_be_put()?;
    Ok(Target::new(parameter, None))
}
