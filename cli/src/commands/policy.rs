//! `stage-config policy`
//!
//! | module | content |
//! |---|---|
//! | `statement` | what a role needs |
//! | `lookup` | what the account itself says: whose it is, and its KMS keys |
//! | `format` | how statements are written in each language |

mod format;
mod lookup;
mod statement;

use std::io::Write as _;
use std::process::ExitCode;

use stage_config_names::Account;

use self::format::Format;
use self::lookup::Known;
use self::statement::{Place, statements};
use crate::account;
use crate::args::Global;
use crate::artifact;
use crate::description::{Deployment, Description};
use crate::error::{Error, Result};

const EXAMPLES: &str = "\
Examples:
  stage-config policy --stage prod --format terraform
  stage-config policy --stage prod --from-account --profile production";

/// Print the IAM statements that a function needs at a stage, and no more
///
/// What is not known is a placeholder, such as the account: give it, or let `--from-account` ask the
/// account itself. That also finds the KMS keys of parameters, but not those of secrets in Secrets
/// Manager. It needs the right `ssm:DescribeParameters`. Otherwise the command works offline.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Options {
    /// The stage, as the function is deployed
    #[arg(long, value_name = "NAME")]
    stage: Option<String>,
    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Ask the account for its number, region, partition and KMS keys
    #[arg(long, conflicts_with_all = ["account", "partition"])]
    from_account: bool,
    /// The number of the account; without it, that of `accounts(…)`
    #[arg(long, value_name = "NUMBER", value_parser = account_id)]
    account: Option<String>,
    /// The partition: `aws`, `aws-cn`, `aws-us-gov`
    #[arg(long, value_name = "NAME")]
    partition: Option<String>,
    /// The id or ARN of a KMS key of your own that encrypts parameters or secrets
    #[arg(long, value_name = "KEY")]
    kms_key: Vec<String>,
}

fn account_id(text: &str) -> std::result::Result<String, String> {
    Account::parse(text).map(|_| text.to_owned()).ok_or_else(|| "it has twelve digits".to_owned())
}

pub(crate) fn run(options: &Options, global: &Global) -> Result<ExitCode> {
    let descriptions = artifact::descriptions(&global.source)?;
    let deployments = Description::all_at(&descriptions, options.stage.as_deref())?;
    if let Some(alias) = options.kms_key.iter().find(|key| key.contains("alias/")) {
        return Err(Error::usage(format!("a policy cannot name the alias `{alias}`")).help(
            format!("add the key: aws kms describe-key --key-id {alias} --query KeyMetadata.Arn"),
        ));
    }
    let Known { place, keys } = if options.from_account {
        account::run(lookup::look_up(&global.aws, &deployments, &options.kms_key))?
    } else {
        Known { place: given(options, global, &deployments), keys: options.kms_key.clone() }
    };
    let statements = statements(&deployments, &place, &keys);
    if statements.is_empty() {
        return Err(Error::new("nothing is read from the account, so the role needs no policy"));
    }
    let mut out = anstream::stdout().lock();
    write!(out, "{}", options.format.print(&statements))?;
    Ok(ExitCode::SUCCESS)
}

/// What the options and the configurations say.
fn given(options: &Options, global: &Global, deployments: &[Deployment<'_>]) -> Place {
    // Several accounts are several places, and only the user knows which.
    let declared = deployments.iter().find_map(|it| match it.accounts() {
        [account] => Some(account.clone()),
        _ => None,
    });
    Place {
        partition: options.partition.clone(),
        region: global.aws.region.clone(),
        account: options.account.clone().or(declared),
    }
}
