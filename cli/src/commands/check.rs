//! `stage-config check`

mod judge;

use std::io::Write;
use std::process::ExitCode;

use serde::Serialize;

use crate::account::{self, Account, Look};
use crate::args::{Format, Global};
use crate::artifact;
use crate::description::{Deployment, Description};
use crate::error::Result;
use crate::print::{self, Mood, Progress, Table, count};

use self::judge::{Status, Verdict};

const EXAMPLES: &str = "\
Examples:
  stage-config check --stage prod --profile production
  stage-config check --all-stages --names-only";

/// Check that what a stage reads is there and right, before it is deployed
///
/// Each parameter has to exist, to be readable, to be a SecureString if its field is secret, and to have
/// a value that its field can read. If the type is one of your own, only your program can tell: the
/// value is "not judged". No value is printed. The exit status is 1 if there is a problem.
///
/// It needs the right `ssm:GetParameters`, and `ssm:GetParametersByPath` for paths; with
/// `--names-only`, `ssm:DescribeParameters` instead. With that right, it also says which name may be
/// meant by one that is missing.
///
/// As JSON: `account`, `region`, `checked`, `left_out` (the stages of other accounts) and the number
/// of `problems`. `checked` is a list with `config`, `stage` and `parameters`. Each of these has
/// `status`, `fields`, `name`, `type`, `version`, `near` (names that may be meant) and `detail`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Options {
    /// The stage, as it is deployed
    #[arg(long, value_name = "NAME", conflicts_with = "all_stages")]
    stage: Option<String>,
    /// All declared stages, except those of other accounts
    #[arg(long)]
    all_stages: bool,
    /// Look at names and types only, which needs no right to read values
    #[arg(long)]
    names_only: bool,
    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(crate) fn run(options: &Options, global: &Global) -> Result<ExitCode> {
    let descriptions = artifact::descriptions(&global.source)?;
    let deployments = deployments(options, &descriptions)?;
    account::run(async {
        let account = Account::reach(&global.aws).await?;
        let mut out = anstream::stdout().lock();
        let checked = match options.format {
            Format::Table => table(&mut out, options, &account, &deployments).await?,
            Format::Json => json(&mut out, options, &account, &deployments).await?,
        };
        Ok(if checked { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    })
}

fn deployments<'a>(
    options: &Options,
    descriptions: &'a [Description],
) -> Result<Vec<Deployment<'a>>> {
    if options.all_stages {
        return Ok(descriptions.iter().flat_map(Description::at_all).collect());
    }
    Description::all_at(descriptions, options.stage.as_deref())
}

/// Whether a stage is left out because another account has it. A single stage is then an error.
fn is_elsewhere(options: &Options, account: &Account, deployment: &Deployment) -> Result<bool> {
    match account.check_is_of(deployment, "--profile") {
        Err(_) if options.all_stages => Ok(true),
        checked => checked.map(|()| false),
    }
}

async fn verdicts<'a>(
    options: &Options,
    account: &Account,
    deployment: &'a Deployment<'a>,
) -> Result<Vec<Verdict<'a>>> {
    let what = count(deployment.parameters.len(), "parameter");
    let _progress = Progress::start(format!("checking {what} of {}", deployment.title()));
    let look = if options.names_only { Look::Names } else { Look::Values };
    judge::verdicts(account, deployment, look).await
}

/// Prints tables, and returns whether there is no problem.
async fn table(
    out: &mut impl Write,
    options: &Options,
    account: &Account,
    deployments: &[Deployment<'_>],
) -> Result<bool> {
    writeln!(out, "{account}")?;
    let mut all_is_well = true;
    for deployment in deployments {
        let title = deployment.title();
        if is_elsewhere(options, account, deployment)? {
            let accounts = deployment.accounts().join(" or ");
            writeln!(out, "\n{title}: left out, because it belongs to account {accounts}")?;
            continue;
        }
        let verdicts = verdicts(options, account, deployment).await?;
        writeln!(out, "\n{title}\n{}\n{}", rows(&verdicts), summary(&verdicts))?;
        if let Some(command) = remedy(deployment, &verdicts) {
            writeln!(out, "help: {command}")?;
        }
        all_is_well &= !verdicts.iter().any(|it| it.status.is_problem());
    }
    Ok(all_is_well)
}

fn rows(verdicts: &[Verdict]) -> Table {
    let mut table = Table::new(["status", "field", "parameter", "detail"]);
    for verdict in verdicts {
        let Verdict { status, parameter, name, .. } = verdict;
        let mood = match status {
            Status::Ok => Mood::Good,
            Status::Absent | Status::NotJudged => Mood::Neutral,
            _ => Mood::Bad,
        };
        let (status, name) = (status.word().to_owned(), name.own().to_owned());
        table.add_with_mood(mood, [status, parameter.fields(), name, verdict.sentence()]);
    }
    table
}

/// The command that puts what is missing.
fn remedy(deployment: &Deployment<'_>, verdicts: &[Verdict]) -> Option<String> {
    let missing = verdicts.iter().filter(|it| it.status == Status::Missing);
    let missing = missing.filter(|it| it.parameter.can_be_put().is_ok());
    let fields: Vec<_> = missing.map(|it| &*it.parameter.fields[0].path).collect();
    if fields.is_empty() {
        return None;
    }
    let mut command = "stage-config put".to_owned();
    if !deployment.stage.is_empty() {
        command += " --stage ";
        command += &deployment.stage;
    }
    Some(format!("{command} {}", fields.join(" ")))
}

/// `5 parameters: 3 ok, 1 absent, 1 problem`
fn summary(verdicts: &[Verdict]) -> String {
    let number = |wanted: &dyn Fn(Status) -> bool| {
        verdicts.iter().filter(|verdict| wanted(verdict.status)).count()
    };
    let mut parts = vec![format!("{} ok", number(&|it| it == Status::Ok))];
    for status in [Status::Absent, Status::NotJudged] {
        let number = number(&|it| it == status);
        if number > 0 {
            parts.push(format!("{number} {}", status.word()));
        }
    }
    let problems = number(&Status::is_problem);
    if problems > 0 {
        parts.push(count(problems, "problem"));
    }
    format!("{}: {}", count(verdicts.len(), "parameter"), parts.join(", "))
}

/// What `--format json` prints.
#[derive(Serialize)]
struct Report<'a> {
    account: Option<&'a str>,
    region: &'a str,
    checked: Vec<Checked<'a>>,
    /// The stages that belong to other accounts.
    left_out: Vec<&'a str>,
    problems: usize,
}

#[derive(Serialize)]
struct Checked<'a> {
    config: &'a str,
    stage: &'a str,
    parameters: Vec<Verdict<'a>>,
}

/// Prints a report, and returns whether there is no problem.
async fn json(
    out: &mut impl Write,
    options: &Options,
    account: &Account,
    deployments: &[Deployment<'_>],
) -> Result<bool> {
    let (mut checked, mut left_out) = (Vec::new(), Vec::new());
    for deployment in deployments {
        if is_elsewhere(options, account, deployment)? {
            left_out.push(&*deployment.stage);
            continue;
        }
        let parameters = verdicts(options, account, deployment).await?;
        let (config, stage) = (&*deployment.description.config, &*deployment.stage);
        checked.push(Checked { config, stage, parameters });
    }
    let all = checked.iter().flat_map(|checked| &checked.parameters);
    let problems = all.filter(|verdict| verdict.status.is_problem()).count();
    let (account, region) = (account.id(), &*account.region);
    print::json(out, &Report { account, region, checked, left_out, problems })?;
    Ok(problems == 0)
}
