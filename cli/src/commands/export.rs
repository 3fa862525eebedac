//! `stage-config export`

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::list;
use crate::args::Global;
use crate::artifact;
use crate::error::{Error, Result};

const EXAMPLES: &str = "\
Examples:
  stage-config export
  stage-config export --check";

/// Write what a configuration reads into files to commit, for tools and for people
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Options {
    /// Check that the files are up to date, and write nothing
    #[arg(long)]
    check: bool,
    /// The file for Terraform, CDK and other tools
    #[arg(long, value_name = "FILE", default_value = "stage-config.json")]
    json: PathBuf,
    /// The file for people
    #[arg(long, value_name = "FILE", default_value = "CONFIG.md")]
    markdown: PathBuf,
}

pub(crate) fn run(options: &Options, global: &Global) -> Result<ExitCode> {
    let all = artifact::described(&global.source)?;
    let files = [(&options.json, list::json(&all)), (&options.markdown, list::markdown(&all)?)];
    let is_stale = |(path, text): &&(&PathBuf, String)| {
        fs::read_to_string(path).map_or(true, |old| old.replace("\r\n", "\n") != *text)
    };
    let stale: Vec<_> = files.iter().filter(is_stale).collect();
    if options.check {
        let Some((first, rest)) = stale.split_first() else { return Ok(ExitCode::SUCCESS) };
        let paths = rest.iter().fold(quoted(first.0), |all, it| format!("{all}, {}", quoted(it.0)));
        return Err(Error::new(format!("stale: {paths}"))
            .help("run `stage-config export` and commit what it writes"));
    }
    for (path, text) in stale {
        let unwritable = |error| Error::new(format!("cannot write {}: {error}", quoted(path)));
        fs::write(path, text).map_err(unwritable)?;
        let _ = writeln!(anstream::stderr(), "wrote {}", quoted(path));
    }
    Ok(ExitCode::SUCCESS)
}

fn quoted(path: &Path) -> String {
    format!("`{}`", path.display())
}
