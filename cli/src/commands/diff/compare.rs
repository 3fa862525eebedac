//! What both stages have for each field.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use secrecy::ExposeSecret as _;
use serde::Serialize;
use stage_config_names::Name;

use crate::account::{Account, Answer, Failure, Found, Look, Time};
use crate::description::{Deployment, Parameter};
use crate::error::Result;
use crate::print::count;

/// What there is for the same fields at two stages.
#[derive(Serialize)]
pub(super) struct Compared {
    pub(super) fields: Vec<String>,
    /// Whether the values are the same. `None` if one of them could not be read.
    pub(super) same: Option<bool>,
    pub(super) from: Side,
    pub(super) to: Side,
}

/// A parameter at one of the stages. Never its value.
#[derive(Serialize)]
pub(super) struct Side {
    pub(super) name: String,
    pub(super) status: Status,
    r#type: Option<String>,
    version: Option<i64>,
    changed: Option<Time>,
    /// For people.
    detail: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Status {
    Found,
    Missing,
    Denied,
    Unreadable,
}

/// A configuration at a stage, and the account of that.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    pub(super) account: &'a Account,
    pub(super) deployment: &'a Deployment<'a>,
}

/// Compares what each field reads.
pub(super) async fn compare(from: At<'_>, to: At<'_>) -> Result<Vec<Compared>> {
    let (at_from, at_to) = (from.answers().await?, to.answers().await?);
    let mut compared = Vec::new();
    for one in &from.deployment.parameters {
        for other in &to.deployment.parameters {
            let is_in_other = |path: &&str| other.fields.iter().any(|field| field.path == **path);
            let fields = one.fields.iter().map(|field| &*field.path).filter(is_in_other);
            let fields: Vec<_> = fields.map(str::to_owned).collect();
            if fields.is_empty() {
                continue;
            }
            if one.is_path() {
                compared.extend(below(&fields, (from, one), (to, other)).await);
            } else {
                let (from, to) = (used(one, &at_from), used(other, &at_to));
                let same = same(from.1.found(), to.1.found());
                let (from, to) = (Side::new(from.0, from.1), Side::new(to.0, to.1));
                compared.push(Compared { fields, same, from, to });
            }
        }
    }
    Ok(compared)
}

impl At<'_> {
    /// For each name that is no path.
    async fn answers(self) -> Result<HashMap<Name, Answer>> {
        let names = self.deployment.parameters.iter().filter(|it| !it.is_path());
        self.account.ask(names.flat_map(|it| &it.names), Look::Values).await
    }
}

/// The name that a load uses, and its answer.
fn used<'a>(
    parameter: &'a Parameter<'_>,
    answers: &'a HashMap<Name, Answer>,
) -> (&'a Name, &'a Answer) {
    let answer = |name: &'a Name| (name, answers.get(name).unwrap_or(&Answer::Missing));
    let there = parameter.names.iter().map(answer).find(|(_, it)| !matches!(it, Answer::Missing));
    there.unwrap_or_else(|| answer(parameter.name()))
}

/// Compares what is below two paths, key by key.
async fn below(
    fields: &[String],
    (from, one): (At<'_>, &Parameter<'_>),
    (to, other): (At<'_>, &Parameter<'_>),
) -> Vec<Compared> {
    let at_from = from.account.below(&one.names, Look::Values).await;
    let at_to = to.account.below(&other.names, Look::Values).await;
    if let (Ok(at_from), Ok(at_to)) = (&at_from, &at_to) {
        let keys: BTreeSet<_> = at_from.keys().chain(at_to.keys()).collect();
        if !keys.is_empty() {
            let compared = keys.into_iter().map(|key| {
                let side = |path: &Parameter<'_>, found: Option<&Found>| {
                    let name = Name::from(format!("{}/{key}", path.name()));
                    let missing = || Side::with(&name, Status::Missing, String::new());
                    found.map_or_else(missing, |found| Side::found(&found.name, found))
                };
                let (from, to) = (at_from.get(key), at_to.get(key));
                let fields = fields.iter().map(|field| format!("{field}/{key}")).collect();
                let same = same(from, to);
                Compared { fields, same, from: side(one, from), to: side(other, to) }
            });
            return compared.collect();
        }
    }
    let (from, to) = (Side::path(one.name(), &at_from), Side::path(other.name(), &at_to));
    vec![Compared { fields: fields.to_vec(), same: None, from, to }]
}

/// Whether both exist with the same value. `None` if that cannot be told.
fn same(from: Option<&Found>, to: Option<&Found>) -> Option<bool> {
    let (from, to) = (from?.value.as_ref()?, to?.value.as_ref()?);
    Some(from.expose_secret() == to.expose_secret())
}

impl Side {
    fn new(name: &Name, answer: &Answer) -> Self {
        match answer {
            Answer::Found(found) => Self::found(name, found),
            Answer::Missing => Self::with(name, Status::Missing, String::new()),
            Answer::Failed(failure) => Self::failed(name, failure),
            Answer::NotLookedUp(why) => Self::with(name, Status::Unreadable, (*why).to_owned()),
        }
    }

    fn found(name: &Name, found: &Found) -> Self {
        let side = Self::with(name, Status::Found, String::new());
        if name.is_secret() {
            // Secrets Manager has neither types nor versions.
            return side;
        }
        let (r#type, version) = (Some(found.r#type.clone()), Some(found.version));
        Self { r#type, version, changed: found.changed.clone(), ..side }
    }

    /// All that is below a path.
    fn path(
        name: &Name,
        below: &std::result::Result<BTreeMap<String, Found>, (&Name, Failure)>,
    ) -> Self {
        match below {
            Ok(below) if below.is_empty() => Self::with(name, Status::Missing, String::new()),
            Ok(below) => {
                let detail = format!("{} below it", count(below.len(), "parameter"));
                Self::with(name, Status::Found, detail)
            }
            Err((path, failure)) => Self::failed(path, failure),
        }
    }

    fn failed(name: &Name, failure: &Failure) -> Self {
        let status = if failure.is_denied() { Status::Denied } else { Status::Unreadable };
        Self::with(name, status, failure.to_string())
    }

    fn with(name: &Name, status: Status, detail: String) -> Self {
        let name = name.own().to_owned();
        Self { name, status, r#type: None, version: None, changed: None, detail }
    }

    /// `String, version 3, 2026-11-27 09:30`
    pub(super) fn sentence(&self) -> String {
        let version = self.version.map(|version| format!("version {version}"));
        let changed = self.changed.as_ref().map(Time::to_string);
        let detail = match self.status {
            Status::Missing => Some("missing".to_owned()),
            _ => Some(self.detail.clone()).filter(|detail| !detail.is_empty()),
        };
        let parts = [self.r#type.clone(), version, changed, detail].into_iter().flatten();
        parts.collect::<Vec<_>>().join(", ")
    }
}
