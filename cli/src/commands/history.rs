//! `stage-config history`

use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;

use aws_sdk_ssm::types::ParameterHistory;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Serialize;
use stage_config_names::Name;

use crate::account::{self, Account, Failure, Time};
use crate::args::{Format, Global};
use crate::artifact;
use crate::description::{Deployment, Description};
use crate::error::{Error, Result};
use crate::print::{self, Progress, Table, one_line};

const EXAMPLES: &str = "\
Examples:
  stage-config history stripe_secret_key --stage prod";

/// Show the versions of a parameter: when, by whom, and their labels
///
/// It needs the right `ssm:GetParameterHistory`.
///
/// As JSON: `account`, `region`, `name`, and `versions`, the newest first, each with `version`,
/// `changed`, `by`, `type` and `labels`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Options {
    /// The field that reads the parameter, or its name
    field: String,
    /// The stage, as it is deployed
    #[arg(long, value_name = "NAME")]
    stage: Option<String>,
    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Show the values too, in a table on a terminal only
    #[arg(long)]
    reveal: bool,
}

/// What `--format json` prints.
#[derive(Serialize)]
struct Report<'a> {
    account: Option<&'a str>,
    region: &'a str,
    name: &'a str,
    versions: Vec<Change>,
}

/// What made a version of a parameter.
#[derive(Serialize)]
struct Change {
    version: i64,
    changed: Option<Time>,
    by: Option<String>,
    r#type: Option<String>,
    labels: Vec<String>,
    /// Only to be revealed.
    #[serde(skip)]
    value: Option<SecretString>,
}

pub(crate) fn run(options: &Options, global: &Global) -> Result<ExitCode> {
    if options.reveal && (!io::stdout().is_terminal() || options.format != Format::Table) {
        return Err(Error::usage("`--reveal` shows values in a table on a terminal only"));
    }
    let descriptions = artifact::descriptions(&global.source)?;
    let deployments = Description::all_at(&descriptions, options.stage.as_deref())?;
    let name = Deployment::find(&deployments, &options.field)?.name();
    account::run(async {
        let account = Account::reach_for(&global.aws, &deployments).await?;
        let versions = {
            let _progress = Progress::start(format!("reading the versions of `{name}`"));
            versions(&account, name, options.reveal).await?
        };
        let mut out = anstream::stdout().lock();
        match options.format {
            Format::Table => {
                let table = table(versions, options.reveal);
                writeln!(out, "{account}\n\n`{name}`\n{table}")?;
            }
            Format::Json => {
                let (region, name) = (&*account.region, name.as_str());
                let report = Report { account: account.id(), region, name, versions };
                print::json(&mut out, &report)?;
            }
        }
        Ok(ExitCode::SUCCESS)
    })
}

fn table(versions: Vec<Change>, reveal: bool) -> Table {
    let heads = ["version", "changed", "by", "type", "labels"];
    let mut table = Table::new(heads.into_iter().chain(reveal.then_some("value")));
    for it in versions {
        let changed = it.changed.map(|time| time.to_string());
        let [changed, by, r#type] = [changed, it.by, it.r#type].map(Option::unwrap_or_default);
        let cells = [it.version.to_string(), changed, by, r#type, it.labels.join(", ")];
        let value = it.value.filter(|_| reveal).map(|value| one_line(value.expose_secret()));
        table.add(cells.into_iter().chain(value));
    }
    table
}

/// All versions, the newest first. Values are decrypted only to be shown.
async fn versions(account: &Account, name: &Name, reveal: bool) -> Result<Vec<Change>> {
    let path = name.parse().map(|name| name.path().to_owned());
    let path = path.map_err(|fault| Error::new(format!("the name `{name}` {fault}")))?;
    let call = account.ssm.get_parameter_history().name(path).with_decryption(reveal);
    let mut pages = call.max_results(50).into_paginator().send();
    let mut versions = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page.map_err(Failure::from).map_err(|failure| {
            if failure.is_missing() {
                return Error::new(format!("`{name}` does not exist"))
                    .help(format!("this is {account}"));
            }
            failure.into()
        })?;
        versions.extend(page.parameters.unwrap_or_default().into_iter().map(Change::from));
    }
    versions.reverse();
    Ok(versions)
}

impl From<ParameterHistory> for Change {
    fn from(it: ParameterHistory) -> Self {
        Self {
            version: it.version,
            changed: it.last_modified_date.map(Time::from),
            by: it.last_modified_user,
            r#type: it.r#type.map(|it| it.as_str().to_owned()),
            labels: it.labels.unwrap_or_default(),
            value: it.value.map(Into::into),
        }
    }
}
