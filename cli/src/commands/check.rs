//! `stage-config check`

mod judge;

use std::io::{self, Write};
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
        if options.format == Format::Table {
            writeln!(out, "{account}")?;
        }
        let mut checked = Vec::new();
        for deployment in &deployments {
            let is_elsewhere = is_elsewhere(options, &account, deployment)?;
            let verdicts = if is_elsewhere {
                None
            } else {
                Some(verdicts(options, &account, deployment).await?)
            };
            let this = Checked { deployment, verdicts };
            if options.format == Format::Table {
                this.print(&mut out)?;
            }
            checked.push(this);
        }
        let all = checked.iter().filter_map(|it| it.verdicts.as_ref()).flatten();
        let problems = all.filter(|verdict| verdict.status.is_problem()).count();
        if options.format == Format::Json {
            print::json(&mut out, &Report::new(&account, &checked, problems))?;
        }
        Ok(if problems == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    })
}

/// A configuration at a stage, and what there is to say about its parameters.
struct Checked<'a> {
    deployment: &'a Deployment<'a>,
    /// `None` if another account has it.
    verdicts: Option<Vec<Verdict<'a>>>,
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

impl Checked<'_> {
    /// Prints a table.
    fn print(&self, out: &mut impl Write) -> io::Result<()> {
        let title = self.deployment.title();
        let Some(verdicts) = &self.verdicts else {
            let accounts = self.deployment.accounts().join(" or ");
            return writeln!(out, "\n{title}: left out, because it belongs to account {accounts}");
        };
        writeln!(out, "\n{title}\n{}\n{}", rows(verdicts), summary(verdicts))?;
        match remedy(self.deployment, verdicts) {
            Some(command) => writeln!(out, "help: {command}"),
            None => Ok(()),
        }
    }
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
    checked: Vec<Reported<'a>>,
    /// The stages that belong to other accounts.
    left_out: Vec<&'a str>,
    problems: usize,
}

#[derive(Serialize)]
struct Reported<'a> {
    config: &'a str,
    stage: &'a str,
    parameters: &'a [Verdict<'a>],
}

impl<'a> Report<'a> {
    fn new(account: &'a Account, all: &'a [Checked<'a>], problems: usize) -> Self {
        let (mut checked, mut left_out) = (Vec::new(), Vec::new());
        for Checked { deployment, verdicts } in all {
            let (config, stage) = (&*deployment.description.config, &*deployment.stage);
            match verdicts {
                Some(parameters) => checked.push(Reported { config, stage, parameters }),
                None => left_out.push(stage),
            }
        }
        Self { account: account.id(), region: &account.region, checked, left_out, problems }
    }
}
