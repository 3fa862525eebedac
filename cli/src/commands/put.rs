//! `stage-config put`
//!
//! | module | content |
//! |---|---|
//! | `target` | which parameters are put, and as what |
//! | `values` | values from a file or from standard input |
//! | `prompt` | values from the terminal |

mod prompt;
mod target;
mod values;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use aws_sdk_ssm::types::ParameterType;
use secrecy::{ExposeSecret as _, SecretString};

use crate::account::{self, Account, Failure};
use crate::args::Global;
use crate::artifact;
use crate::description::Description;
use crate::error::{Error, Result};
use crate::print::{Table, did_you_mean};

use self::target::Target;
use self::values::Values;

const EXAMPLES: &str = "\
Examples:
  stage-config put --stage prod --dry-run
  stage-config put --stage prod
  stage-config put --stage prod stripe_secret_key --overwrite
  pass stripe/live | stage-config put --stage prod stripe_secret_key --stdin";

/// Put what is missing, each value checked before it is written
///
/// Without FIELD, it asks for each required parameter that is not there. It hides what you type
/// for a secret field, and stores it as a SecureString. If the field cannot read a value, it asks
/// again. Ctrl-C loses nothing: what was put stays, and the next run asks for the rest.
///
/// A value is never an argument, because the history of the shell and the list of processes would
/// show it: it comes from the terminal, from a file or from standard input.
///
/// It needs the rights `ssm:DescribeParameters` and `ssm:PutParameter`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag")]
pub(crate) struct Options {
    /// These fields only: `stripe_secret_key`, `database.url`, or `flags/KEY` for a key below a path
    #[arg(value_name = "FIELD")]
    fields: Vec<String>,
    /// The stage, as it is deployed
    #[arg(long, value_name = "NAME")]
    stage: Option<String>,
    /// Also what may be absent, and nothing that is there
    #[arg(long, conflicts_with = "overwrite")]
    missing: bool,
    /// Replace what is there, by a new version
    #[arg(long)]
    overwrite: bool,
    /// Take the values from a TOML file, by field or by name: `"/limit/prod" = "5"`
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// Take the value of the one FIELD from standard input, without the last line break
    #[arg(long, conflicts_with = "from")]
    stdin: bool,
    /// Encrypt under this KMS key instead of the one that AWS manages
    #[arg(long, value_name = "KEY")]
    key_id: Option<String>,
    /// Show what would be put, and put nothing
    #[arg(long)]
    dry_run: bool,
}

impl Options {
    /// Otherwise, what is missing is put.
    fn is_told_what_to_put(&self) -> bool {
        !self.fields.is_empty() || self.from.is_some()
    }
}

pub(crate) fn run(options: &Options, global: &Global) -> Result<ExitCode> {
    if options.overwrite && !options.is_told_what_to_put() {
        return Err(Error::usage("`--overwrite` replaces what you name")
            .help("name each FIELD, or use `--from FILE`"));
    }
    let descriptions = artifact::descriptions(&global.source)?;
    let deployments = Description::all_at(&descriptions, options.stage.as_deref())?;
    let values = Values::of(options)?;
    account::run(async {
        let account = Account::reach_for(&global.aws, &deployments).await?;
        if let Some(deployment) = deployments.iter().find(|it| !it.accounts().is_empty()) {
            let (title, accounts) = (deployment.title(), deployment.accounts().join(" or "));
            account.known_id().map_err(|error| {
                error.help(format!(
                    "{title} belongs to account {accounts}: allow `sts:GetCallerIdentity`"
                ))
            })?;
        }
        let targets = target::choose(options, &account, &deployments, &values).await?;
        let mut out = anstream::stdout().lock();
        writeln!(out, "{account}")?;
        for deployment in &deployments {
            writeln!(out, "{}", deployment.title())?;
        }
        if targets.is_empty() {
            writeln!(out, "\nnothing is missing")?;
            return Ok(ExitCode::SUCCESS);
        }
        writeln!(out, "\n{}", plan(&targets))?;
        let given = values.take(&targets)?;
        if options.dry_run {
            writeln!(out, "\nnothing was put, because of `--dry-run`")?;
            return Ok(ExitCode::SUCCESS);
        }
        writeln!(out)?;
        let mut written = Vec::new();
        let done = put_all(&mut out, options, &account, &targets, given, &mut written).await;
        done.map_err(|error| error.after(options, &written, targets.len()))?;
        Ok(ExitCode::SUCCESS)
    })
}

/// What is put where.
fn plan(targets: &[Target<'_>]) -> Table {
    let mut table = Table::new(["field", "parameter", "type", "change"]);
    for target in targets {
        let change = match target.replaces {
            Some(version) => format!("replaces version {version}"),
            None if target.near.is_empty() => "new".to_owned(),
            None => format!("new; {}", did_you_mean(&target.near)),
        };
        let r#type = target.r#type.as_str().to_owned();
        table.add([target.fields(), target.name.to_string(), r#type, change]);
    }
    table
}

/// Puts one after the other. Without a given value, it asks for one.
async fn put_all(
    out: &mut impl Write,
    options: &Options,
    account: &Account,
    targets: &[Target<'_>],
    given: Option<Vec<SecretString>>,
    written: &mut Vec<String>,
) -> Result<()> {
    let mut given = given.map(Vec::into_iter);
    for target in targets {
        let value = match &mut given {
            Some(values) => values.next(),
            None => prompt::ask(target)?,
        };
        let Some(value) = value else {
            writeln!(out, "skipped `{}`", target.name)?;
            continue;
        };
        let version = put(options, account, target, &value)
            .await
            .map_err(|failure| Error::new(format!("cannot put `{}`: {failure}", target.name)))?;
        written.push(target.name.to_string());
        let replaced = target.replaces.map(|version| format!(", which replaces version {version}"));
        let replaced = replaced.unwrap_or_default();
        writeln!(out, "put `{}`: version {version}{replaced}", target.name)?;
    }
    Ok(())
}

/// Writes a value, and returns its version.
async fn put(
    options: &Options,
    account: &Account,
    target: &Target<'_>,
    value: &SecretString,
) -> std::result::Result<i64, Failure> {
    let is_secure = target.r#type == ParameterType::SecureString;
    let reply = account
        .ssm
        .put_parameter()
        .name(target.name.as_str())
        .value(value.expose_secret())
        .r#type(target.r#type.clone())
        .set_description(target.description())
        .set_key_id(options.key_id.clone().filter(|_| is_secure))
        // What somebody else has put in the meantime is not replaced.
        .overwrite(target.replaces.is_some())
        .send()
        .await;
    match reply {
        Ok(reply) => Ok(reply.version),
        Err(error) => Err(Failure::from(error).without(value.expose_secret())),
    }
}

impl Error {
    /// Says what was done before it happened, and how to go on.
    fn after(self, options: &Options, written: &[String], all: usize) -> Self {
        if all < 2 {
            return self;
        }
        if written.is_empty() {
            return self.help("nothing was put");
        }
        let missing = if options.is_told_what_to_put() { " with `--missing`" } else { "" };
        self.help(format!(
            "{} of {all} were put: `{}`; run the command again{missing} for the rest",
            written.len(),
            written.join("`, `")
        ))
    }
}
