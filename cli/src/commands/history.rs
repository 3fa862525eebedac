//! `stage-config history`

use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;

use aws_sdk_ssm::types::ParameterHistory;
use secrecy::{ExposeSecret as _, SecretString};
use stage_config_names::Name;

use crate::account::{self, Account, Failure, minute};
use crate::args::Global;
use crate::artifact;
use crate::description::Deployment;
use crate::error::{Error, Result};
use crate::print::{Progress, Table, one_line};

/// Show the versions of a parameter: when, who and which labels
///
/// It needs the right `ssm:GetParameterHistory`.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// The field that reads it, or its name
    field: String,
    /// The stage, as it is deployed
    #[arg(long, value_name = "NAME")]
    stage: Option<String>,
    /// Show the values too, on a terminal only
    #[arg(long)]
    reveal: bool,
}

pub(crate) fn run(options: &Options, global: &Global) -> Result<ExitCode> {
    if options.reveal && !io::stdout().is_terminal() {
        return Err(Error::usage("`--reveal` shows values on a terminal only"));
    }
    let descriptions = artifact::descriptions(&global.source)?;
    let stage = options.stage.as_deref();
    let deployments = descriptions.iter().map(|it| it.at(stage)).collect::<Result<Vec<_>>>()?;
    let name = Deployment::find(&deployments, &options.field)?.name().clone();
    account::run(async {
        let account = Account::reach(&global.aws).await?;
        let mut out = anstream::stdout().lock();
        writeln!(out, "{account}\n\n`{name}`")?;
        let mut versions = {
            let _progress = Progress::start(format!("reading the versions of `{name}`"));
            versions(&account, &name, options.reveal).await?
        };
        versions.reverse();
        let heads = ["version", "changed", "by", "type", "labels"];
        let value = options.reveal.then_some("value");
        let mut table = Table::new(heads.into_iter().chain(value));
        for version in versions {
            let value = SecretString::from(version.value.clone().unwrap_or_default());
            let cells = [
                version.version.to_string(),
                version.last_modified_date.as_ref().map(minute).unwrap_or_default(),
                version.last_modified_user.unwrap_or_default(),
                version.r#type.map(|it| it.as_str().to_owned()).unwrap_or_default(),
                version.labels.unwrap_or_default().join(", "),
            ];
            if options.reveal {
                table.add(cells.into_iter().chain([one_line(value.expose_secret())]));
            } else {
                table.add(cells);
            }
        }
        writeln!(out, "{table}")?;
        Ok(ExitCode::SUCCESS)
    })
}

/// All versions, the oldest first. Values are decrypted only to be shown.
async fn versions(account: &Account, name: &Name, reveal: bool) -> Result<Vec<ParameterHistory>> {
    let path = name.parse().map(|name| name.path().to_owned());
    let path = path.map_err(|fault| Error::new(format!("the name `{name}` {fault}")))?;
    let call = account.ssm.get_parameter_history().name(path).with_decryption(reveal);
    let mut pages = call.max_results(50).into_paginator().send();
    let mut versions = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page.map_err(Failure::from).map_err(|failure| {
            if failure.is_missing() {
                return Error::new(format!("`{name}` does not exist in {}", account.region));
            }
            failure.into()
        })?;
        versions.extend(page.parameters.unwrap_or_default());
    }
    Ok(versions)
}
