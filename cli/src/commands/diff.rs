//! `stage-config diff`
//!
//! | module | content |
//! |---|---|
//! | `compare` | what both stages have for each field |

mod compare;

use std::io::Write as _;
use std::process::ExitCode;

use serde::Serialize;

use crate::account::{self, Account};
use crate::args::{Aws, Format, Global};
use crate::artifact;
use crate::description::Description;
use crate::error::Result;
use crate::print::{self, Progress, Table};

use self::compare::{At, Compared, Side, Status};

const EXAMPLES: &str = "\
Examples:
  stage-config diff dev prod
  stage-config diff dev prod --profile development --to-profile production";

/// Compare two stages: what is where, and whether the values are the same
///
/// For each field, it shows which parameter is read at each stage, its version and when it was changed.
/// No value is shown. If the stages are in two accounts, `--profile` chooses that of FROM and
/// `--to-profile` that of TO.
///
/// It needs the right `ssm:GetParameters`, and `ssm:GetParametersByPath` for paths.
///
/// As JSON: `from` and `to`, each with `stage`, `account` and `region`, and `compared`, a list with
/// `config` and `parameters`. Each of these has `fields`, `same` (`null` if it cannot be told) and
/// again `from` and `to`, with `name`, `status` (`found`, `missing`, `denied` or `unreadable`),
/// `type`, `version`, `changed` and `detail`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Options {
    /// A stage
    from: String,
    /// The stage to compare it with
    to: String,
    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    other: Other,
}

/// Which account the second stage is in.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "AWS account of TO, if it is another one")]
struct Other {
    /// The profile; without it, `--profile`
    #[arg(id = "to_profile", long = "to-profile", value_name = "NAME")]
    profile: Option<String>,
    /// The region; without it, `--region`, or that of the profile
    #[arg(id = "to_region", long = "to-region", value_name = "REGION")]
    region: Option<String>,
    /// The endpoint; without it, `--endpoint-url`
    #[arg(id = "to_endpoint_url", long = "to-endpoint-url", value_name = "URL")]
    endpoint_url: Option<String>,
}

impl Other {
    /// `None` if it is the account of the first stage.
    fn or(&self, from: &Aws) -> Option<Aws> {
        let Self { profile, region, endpoint_url } = self;
        let is_given = profile.is_some() || region.is_some() || endpoint_url.is_some();
        is_given.then(|| Aws {
            profile: profile.as_ref().or(from.profile.as_ref()).cloned(),
            region: region.as_ref().or(from.region.as_ref()).cloned(),
            endpoint_url: endpoint_url.as_ref().or(from.endpoint_url.as_ref()).cloned(),
        })
    }
}

/// What `--format json` prints.
#[derive(Serialize)]
struct Report<'a> {
    from: Place<'a>,
    to: Place<'a>,
    compared: Vec<Configuration<'a>>,
}

/// Where the parameters of a stage are.
#[derive(Serialize)]
struct Place<'a> {
    stage: &'a str,
    account: Option<&'a str>,
    region: &'a str,
}

#[derive(Serialize)]
struct Configuration<'a> {
    config: &'a str,
    parameters: Vec<Compared>,
}

pub(crate) fn run(options: &Options, global: &Global) -> Result<ExitCode> {
    let descriptions = artifact::descriptions(&global.source)?;
    let ones = Description::all_at(&descriptions, Some(&options.from))?;
    let others = Description::all_at(&descriptions, Some(&options.to))?;
    account::run(async {
        let first = Account::reach(&global.aws).await?;
        let second = match options.other.or(&global.aws) {
            Some(aws) => Some(Account::reach(&aws).await?),
            None => None,
        };
        let to_account = second.as_ref().unwrap_or(&first);
        for (from, to) in ones.iter().zip(&others) {
            first.check_is_of(from, "--profile")?;
            to_account.check_is_of(to, "--to-profile")?;
        }
        let mut compared = Vec::new();
        for (from, to) in ones.iter().zip(&others) {
            let config = &*from.description.config;
            let _progress = Progress::start(format!("comparing the parameters of `{config}`"));
            let from = At { account: &first, deployment: from };
            let to = At { account: to_account, deployment: to };
            compared.push(Configuration { config, parameters: compare::compare(from, to).await? });
        }
        let mut out = anstream::stdout().lock();
        if options.format == Format::Json {
            let from = Place::new(&options.from, &first);
            let to = Place::new(&options.to, to_account);
            print::json(&mut out, &Report { from, to, compared })?;
            return Ok(ExitCode::SUCCESS);
        }
        match &second {
            None => writeln!(out, "{first}")?,
            Some(second) => writeln!(out, "{}: {first}\n{}: {second}", options.from, options.to)?,
        }
        for Configuration { config, parameters } in &compared {
            writeln!(out, "\n`{config}`\n{}", table(options, parameters))?;
        }
        Ok(ExitCode::SUCCESS)
    })
}

/// Two rows for each parameter, one for each stage.
fn table(options: &Options, parameters: &[Compared]) -> Table {
    let mut table = Table::new(["value", "field", "stage", "parameter", "detail"]);
    for it in parameters {
        let verdict = match (it.from.status, it.to.status, it.same) {
            (_, _, Some(true)) => "same".to_owned(),
            (_, _, Some(false)) => "different".to_owned(),
            (Status::Found, Status::Missing, _) => format!("only {}", options.from),
            (Status::Missing, Status::Found, _) => format!("only {}", options.to),
            (Status::Missing, Status::Missing, _) => "absent".to_owned(),
            _ => "unknown".to_owned(),
        };
        let row = |verdict, fields, stage: &str, side: &Side| {
            [verdict, fields, stage.to_owned(), side.name.clone(), side.sentence()]
        };
        table.add(row(verdict, it.fields.join(", "), &options.from, &it.from));
        table.add(row(String::new(), String::new(), &options.to, &it.to));
    }
    table
}

impl<'a> Place<'a> {
    fn new(stage: &'a str, account: &'a Account) -> Self {
        Self { stage, account: account.id(), region: &account.region }
    }
}
