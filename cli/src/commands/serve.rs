//! `stage-config serve`

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use stage_config_local::{LocalStore, from_toml};

use crate::error::{Error, Result};

const EXAMPLES: &str = "\
Examples:
  stage-config serve parameters.toml -- cargo lambda watch";

/// Run a command beside a local Parameter Store
///
/// It sets endpoint, region and credentials in the environment of the command, so that each AWS SDK
/// reads from the store, and ends when the command ends.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Options {
    /// The parameters, as `stage-config example` prints them
    #[arg(value_name = "PARAMETERS.toml")]
    file: PathBuf,
    /// The command: `cargo lambda watch`
    #[arg(last = true, required = true, value_name = "COMMAND")]
    command: Vec<OsString>,
}

pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    let at = options.file.display();
    let text = fs::read_to_string(&options.file)
        .map_err(|error| Error::new(format!("cannot read `{at}`: {error}")))?;
    // It quotes no value.
    let parameters = from_toml(&text).map_err(|error| Error::new(format!("`{at}`: {error}")))?;
    let store = LocalStore::start(parameters)
        .map_err(|error| Error::new(format!("cannot serve `{at}`: {error}")))?;
    let Some((program, arguments)) = options.command.split_first() else {
        return Err(Error::usage("no command is given"));
    };
    store
        .run(Command::new(program).args(arguments))
        .map_err(|error| Error::new(format!("cannot run `{}`: {error}", program.display())))
}
