//! `stage-config completions`

use std::io::Write as _;
use std::process::ExitCode;

use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::args::Cli;
use crate::error::Result;

/// Print the completions for a shell
///
/// In `~/.bashrc`: `source <(stage-config completions bash)`
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// The shell
    shell: Shell,
}

pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    // `generate` panics if its output is closed.
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut Cli::command(), "stage-config", &mut script);
    std::io::stdout().write_all(&script)?;
    Ok(ExitCode::SUCCESS)
}
