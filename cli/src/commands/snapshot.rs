//! `stage-config snapshot`

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::SystemTime;

use aws_sdk_ssm::primitives::{DateTime, DateTimeFormat};
use serde::{Deserialize, Serialize};
use stage_config_names::Name;

use crate::account::{self, Account, Answer, Found, Look};
use crate::args::Global;
use crate::artifact;
use crate::description::{Deployment, Description};
use crate::error::{Error, Result};
use crate::print::{Progress, count};

const EXAMPLES: &str = "\
Examples:
  stage-config snapshot --stage prod --profile production
  stage-config snapshot --stage prod --check";

/// Write down which names exist at a stage, so that the compiler checks yours
///
/// With `#[stage_config(snapshot = "parameters")]` on the struct, a name that is not in the file is a
/// compile error. The file has names and types and no value: commit it. It contains what the
/// configuration reads, and what is beside that in the same folders.
///
/// It needs the right `ssm:DescribeParameters`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Options {
    /// A declared stage
    #[arg(long, value_name = "NAME")]
    stage: Option<String>,
    /// The folder of the file
    #[arg(long, value_name = "FOLDER", default_value = "parameters")]
    folder: PathBuf,
    /// Also what is below this path, for a field that does not compile yet
    #[arg(long = "path", value_name = "PATH")]
    paths: Vec<String>,
    /// Write nothing, and fail if the file is not up to date
    #[arg(long)]
    check: bool,
}

/// The file of a stage, with its keys in the order of the alphabet.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Snapshot {
    account: String,
    /// The other stages that have a file in the folder, so that the compiler notices if one is deleted.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    beside: BTreeSet<String>,
    /// The day on which something in it changed.
    date: String,
    /// By name, with their types.
    parameters: BTreeMap<String, String>,
    region: String,
    stage: String,
    version: u32,
}

pub(crate) fn run(options: &Options, global: &Global) -> Result<ExitCode> {
    let descriptions = artifact::descriptions(&global.source)?;
    let deployments = Description::all_at(&descriptions, options.stage.as_deref())?;
    let Some(first) = deployments.first() else {
        return Err(Error::new("no configuration is described"));
    };
    let stage = &first.stage;
    if !first.is_declared() {
        let what = format!("a snapshot is of a declared stage, and this is {}", first.title());
        return Err(Error::usage(what)
            .help("name a declared stage; `#[stage_config(stages(…))]` declares them"));
    }
    let path = options.folder.join(format!("{stage}.json"));
    account::run(async {
        let account = Account::reach_for(&global.aws, &deployments).await?;
        let id = account.known_id()?;
        let before: Option<Snapshot> =
            fs::read_to_string(&path).ok().and_then(|text| serde_json::from_str(&text).ok());
        let known = before.iter().flat_map(|before| before.parameters.keys());
        let names = Names::of(&deployments, &options.paths, known.map(|name| &**name));
        let parameters = {
            let _progress = Progress::start("listing names");
            names.look_up(&account).await?
        };
        let mut snapshot = Snapshot {
            account: id.to_owned(),
            beside: beside(&options.folder, stage, before.as_ref()),
            date: today(),
            parameters,
            region: account.region.clone(),
            stage: stage.clone(),
            version: 1,
        };
        let mut out = anstream::stdout().lock();
        let (at, number) = (path.display(), count(snapshot.parameters.len(), "parameter"));
        let known = before.iter().flat_map(|before| &before.beside);
        if options.check
            && let Some(deleted) = known.into_iter().find(|it| !snapshot.beside.contains(*it))
        {
            let deleted = options.folder.join(format!("{deleted}.json"));
            return Err(Error::new(format!("`{}` was deleted", deleted.display())).help(
                "restore it; if its stage is not to be checked, run the command without `--check`",
            ));
        }
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
        snapshot.write(&path)?;
        writeln!(out, "wrote `{at}`: {number} of account {id}")?;
        for (path, mut other) in others(&options.folder, stage) {
            if other.beside.insert(stage.clone()) {
                other.write(&path)?;
                writeln!(out, "wrote `{}`: it names `{stage}`", path.display())?;
            }
        }
        Ok(ExitCode::SUCCESS)
    })
}

impl Snapshot {
    fn write(&self, path: &Path) -> Result<()> {
        let mut text =
            serde_json::to_string_pretty(self).map_err(|error| Error::new(error.to_string()))?;
        text.push('\n');
        path.parent()
            .map_or(Ok(()), fs::create_dir_all)
            .and_then(|()| fs::write(path, text))
            .map_err(|error| Error::new(format!("cannot write `{}`: {error}", path.display())))
    }
}

/// The other snapshots in the folder.
fn others(folder: &Path, stage: &str) -> impl Iterator<Item = (PathBuf, Snapshot)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(move |entry| {
        let text = fs::read_to_string(entry.path()).ok()?;
        let snapshot: Snapshot = serde_json::from_str(&text).ok()?;
        let is_its_file = entry.file_name() == *format!("{}.json", snapshot.stage);
        (is_its_file && snapshot.stage != stage).then(|| (entry.path(), snapshot))
    })
}

/// The other stages that have a file in the folder, one that cannot be read at the moment too.
fn beside(folder: &Path, stage: &str, before: Option<&Snapshot>) -> BTreeSet<String> {
    let known = before.into_iter().flat_map(|it| &it.beside).cloned();
    let there = known.filter(|other| folder.join(format!("{other}.json")).exists());
    there.chain(others(folder, stage).map(|(_, other)| other.stage)).collect()
}

/// What is looked up.
#[derive(Default)]
struct Names<'a> {
    /// The outermost folders.
    folders: BTreeSet<&'a str>,
    /// Names that are in no folder.
    at_root: Vec<Name>,
}

impl<'a> Names<'a> {
    /// The names that the configurations read, these paths, and the names that are known already;
    /// and what is beside them.
    fn of(
        deployments: &'a [Deployment<'a>],
        paths: &'a [String],
        known: impl Iterator<Item = &'a str>,
    ) -> Self {
        let mut names = Self::default();
        let mut folders: BTreeSet<_> =
            paths.iter().map(|path| path.trim_end_matches('/')).collect();
        let read = deployments.iter().flat_map(|it| &it.parameters);
        let read = read.filter(|it| !it.name().is_secret() && !it.is_by_arn());
        let read = read.map(|it| (it.name().as_str(), it.is_path()));
        for (name, is_path) in read.chain(known.map(|name| (name, false))) {
            match name.rsplit_once('/') {
                _ if is_path => drop(folders.insert(name)),
                Some((folder, _)) if !folder.is_empty() => drop(folders.insert(folder)),
                _ => names.at_root.push(Name::from(name)),
            }
        }
        let is_inside = |folder: &str, outer: &str| {
            folder.strip_prefix(outer).is_some_and(|rest| rest.starts_with('/'))
        };
        let is_outermost = |it: &&str| !folders.iter().any(|outer| is_inside(it, outer));
        names.folders = folders.iter().copied().filter(is_outermost).collect();
        names
    }

    /// Those that exist, with their types.
    async fn look_up(&self, account: &Account) -> Result<BTreeMap<String, String>> {
        let mut found: Vec<Found> = Vec::new();
        for folder in &self.folders {
            found.extend(account.names_below(folder).await?);
        }
        let at_root = account.ask(&self.at_root, Look::Names).await?;
        found.extend(at_root.values().filter_map(Answer::found).cloned());
        Ok(found.into_iter().map(|it| (it.name.to_string(), it.r#type)).collect())
    }
}

/// In UTC: `2026-11-27`.
fn today() -> String {
    let now = DateTime::from(SystemTime::now()).fmt(DateTimeFormat::DateTime);
    now.ok().and_then(|text| text.get(..10).map(str::to_owned)).unwrap_or_default()
}
