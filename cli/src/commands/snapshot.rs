//! `stage-config snapshot`

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::SystemTime;

use aws_sdk_ssm::primitives::{DateTime, DateTimeFormat};
use serde::{Deserialize, Serialize};
use stage_config_names::Name;

use crate::account::{self, Account, Answer, Found, Look};
use crate::args::Global;
use crate::artifact;
use crate::description::Deployment;
use crate::error::{Error, Result};
use crate::print::{Progress, count};

/// Write the names that exist at a stage into a file, to check the code against
///
/// `#[stage_config(snapshot = "parameters")]` makes a name that does not exist a compile error. The
/// file has names and types, and no value: commit it. It has what the configuration reads, and what
/// is beside that in the same folders.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// The declared stage
    #[arg(long, value_name = "NAME")]
    stage: Option<String>,
    /// The folder of the file
    #[arg(long, value_name = "FOLDER", default_value = "parameters")]
    folder: PathBuf,
    /// Write nothing, and fail if the file is not up to date
    #[arg(long)]
    check: bool,
}

/// The file of a stage.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Snapshot {
    version: u32,
    stage: String,
    account: String,
    region: String,
    /// The day on which something in it changed.
    date: String,
    /// By name, with their types.
    parameters: BTreeMap<String, String>,
}

pub(crate) fn run(options: &Options, global: &Global) -> Result<ExitCode> {
    let descriptions = artifact::descriptions(&global.source)?;
    let stage = options.stage.as_deref();
    let deployments = descriptions.iter().map(|it| it.at(stage)).collect::<Result<Vec<_>>>()?;
    let Some(first) = deployments.first() else {
        return Err(Error::new("no configuration is described"));
    };
    let stage = &first.stage;
    if !first.is_declared() {
        return Err(Error::usage(format!("{} has no snapshot of its own", first.title()))
            .help("name a declared stage"));
    }
    let path = options.folder.join(format!("{stage}.json"));
    account::run(async {
        let account = Account::reach(&global.aws).await?;
        for deployment in &deployments {
            account.check_is_one_of(deployment.accounts(), &deployment.title())?;
        }
        let Some(id) = account.id() else { return Err(Error::new(format!("this is {account}"))) };
        let parameters = {
            let _progress = Progress::start("listing names");
            parameters(&account, &deployments).await?
        };
        let mut snapshot = Snapshot {
            version: 1,
            stage: stage.clone(),
            account: id.to_owned(),
            region: account.region.clone(),
            date: today(),
            parameters,
        };
        let before: Option<Snapshot> =
            fs::read_to_string(&path).ok().and_then(|text| serde_json::from_str(&text).ok());
        let mut out = anstream::stdout().lock();
        let (at, number) = (path.display(), count(snapshot.parameters.len(), "parameter"));
        if let Some(before) = before {
            // The date alone is no reason for a diff.
            let date = std::mem::replace(&mut snapshot.date, before.date.clone());
            if before == snapshot {
                writeln!(out, "`{at}` is up to date: {number} of account {id}")?;
                return Ok(ExitCode::SUCCESS);
            }
            snapshot.date = date;
        }
        if options.check {
            return Err(Error::new(format!("`{at}` is not up to date"))
                .help("run the command without `--check`, and commit the file"));
        }
        let mut text = serde_json::to_string_pretty(&snapshot)
            .map_err(|error| Error::new(error.to_string()))?;
        text.push('\n');
        fs::create_dir_all(&options.folder)
            .and_then(|()| fs::write(&path, text))
            .map_err(|error| Error::new(format!("cannot write `{at}`: {error}")))?;
        writeln!(out, "wrote `{at}`: {number} of account {id}")?;
        Ok(ExitCode::SUCCESS)
    })
}

/// What the configurations read, and what is beside it in the same folders.
async fn parameters(
    account: &Account,
    deployments: &[Deployment<'_>],
) -> Result<BTreeMap<String, String>> {
    let (mut folders, mut at_root) = (BTreeSet::new(), Vec::<Name>::new());
    for parameter in deployments.iter().flat_map(|it| &it.parameters) {
        if parameter.name().is_secret() || parameter.is_by_arn() {
            continue;
        }
        let name = parameter.name().as_str();
        match name.rsplit_once('/') {
            _ if parameter.is_path() => drop(folders.insert(name)),
            Some((folder, _)) if !folder.is_empty() => drop(folders.insert(folder)),
            _ => at_root.push(parameter.name().clone()),
        }
    }
    let mut found: Vec<Found> = Vec::new();
    let is_inside = |folder: &str, outer: &str| {
        folder.strip_prefix(outer).is_some_and(|rest| rest.starts_with('/'))
    };
    for folder in &folders {
        if !folders.iter().any(|outer| is_inside(folder, outer)) {
            found.extend(account.names_below(folder).await?);
        }
    }
    for (_, answer) in account.ask(&at_root, Look::Names).await? {
        if let Answer::Found(it) = answer {
            found.push(it);
        }
    }
    Ok(found.into_iter().map(|it| (it.name.to_string(), it.r#type)).collect())
}

/// In UTC: `2026-11-27`.
fn today() -> String {
    let now = DateTime::from(SystemTime::now()).fmt(DateTimeFormat::DateTime);
    now.ok().and_then(|text| text.get(..10).map(str::to_owned)).unwrap_or_default()
}
