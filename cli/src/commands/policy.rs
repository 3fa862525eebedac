//! `stage-config policy`

mod format;
mod statement;

use std::io::Write as _;
use std::process::ExitCode;

use stage_config_names::Account;

use self::format::Format;
use self::statement::{Place, statements};
use crate::args::Global;
use crate::artifact;
use crate::description::Description;
use crate::error::{Error, Result};

/// Print the IAM statements that the role of a function needs at a stage
///
/// They allow what a load requests at the stage, and no more. What is not given is a placeholder.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// The stage, as the function is deployed
    #[arg(long, value_name = "NAME")]
    stage: Option<String>,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// The account of the parameters; without it, the one of `accounts(…)`
    #[arg(long, value_name = "NUMBER", value_parser = account)]
    account: Option<String>,
    /// The partition: `aws`, `aws-cn`, `aws-us-gov`
    #[arg(long, value_name = "NAME")]
    partition: Option<String>,
    /// The id or ARN of your own KMS key that encrypts parameters or secrets
    #[arg(long, value_name = "KEY")]
    kms_key: Vec<String>,
}

fn account(text: &str) -> std::result::Result<String, String> {
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
    // Several accounts are several places, and only the user knows which.
    let declared = deployments.iter().find_map(|it| match it.accounts() {
        [account] => Some(account.clone()),
        _ => None,
    });
    let place = Place {
        partition: options.partition.clone(),
        region: global.aws.region.clone(),
        account: options.account.clone().or(declared),
    };
    let statements = statements(&deployments, &place, &options.kms_key);
    if statements.is_empty() {
        return Err(Error::new("nothing is read from the account, so the role needs no policy"));
    }
    let mut out = anstream::stdout().lock();
    write!(out, "{}", options.format.print(&statements))?;
    Ok(ExitCode::SUCCESS)
}
