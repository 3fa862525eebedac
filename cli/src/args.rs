//! The command line.

use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::commands::{
    check, completions, diff, example, export, history, list, policy, put, serve, snapshot, unused,
};

/// As cargo's.
const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

const EXAMPLES: &str = "\
Before the first deployment:
  stage-config put --stage prod
  stage-config check --stage prod
  stage-config policy --stage prod --format sam

Run `stage-config help COMMAND` for the options of a command.";

/// Puts, checks and compares the parameters that Lambda functions read, stage by stage.
///
/// The functions say themselves what they read: a program with `#[derive(StageConfig)]` contains its
/// description. It is looked for in what `cargo lambda build` or `cargo build` left in `target/`, or in
/// the file that `--artifact` names. The AWS account is found as the AWS CLI finds it.
#[derive(Debug, Parser)]
#[command(
    name = "stage-config",
    bin_name = "stage-config",
    version,
    about = "Parameters of Lambda functions, by deployment stage",
    after_help = EXAMPLES,
    arg_required_else_help = true,
    disable_help_subcommand = false,
    max_term_width = 100,
    styles = STYLES
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) global: Global,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    List(list::Options),
    Put(put::Options),
    Check(check::Options),
    Policy(policy::Options),
    Diff(diff::Options),
    History(history::Options),
    Unused(unused::Options),
    Snapshot(snapshot::Options),
    Export(export::Options),
    Example(example::Options),
    Serve(serve::Options),
    Completions(completions::Options),
}

/// The options of all commands.
#[derive(Debug, Args)]
pub(crate) struct Global {
    #[command(flatten)]
    pub(crate) color: colorchoice_clap::Color,
    #[command(flatten)]
    pub(crate) source: Source,
    #[command(flatten)]
    pub(crate) aws: Aws,
}

/// Where the descriptions of configurations are.
#[derive(Debug, Args)]
#[command(next_help_heading = "Configuration")]
pub(crate) struct Source {
    /// The program, a zip with it, or its description in JSON [default: what is in `target/`]
    #[arg(long, value_name = "FILE", global = true)]
    pub(crate) artifact: Option<PathBuf>,
    /// The struct, if the program has several
    #[arg(long, value_name = "NAME", global = true)]
    pub(crate) config: Option<String>,
}

/// Which account.
#[derive(Debug, Args)]
#[command(next_help_heading = "AWS account")]
pub(crate) struct Aws {
    /// The profile of the AWS CLI
    #[arg(long, value_name = "NAME", global = true)]
    pub(crate) profile: Option<String>,
    /// The region
    #[arg(long, value_name = "REGION", global = true)]
    pub(crate) region: Option<String>,
    /// Another endpoint than that of AWS, such as that of `stage-config-local`
    #[arg(long, value_name = "URL", global = true)]
    pub(crate) endpoint_url: Option<String>,
}

/// How a command prints what it found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Format {
    /// For people
    #[default]
    Table,
    /// For programs
    Json,
}
