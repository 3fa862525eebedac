//! Folders, and the programs that cargo builds.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use crate::Result;

pub(crate) struct Place {
    pub(crate) quick: bool,
    /// The folder `bench`.
    pub(crate) bench: PathBuf,
    pub(crate) target: PathBuf,
    /// Where results are written.
    pub(crate) results: PathBuf,
}

impl Place {
    pub(crate) fn new(quick: bool) -> Result<Self> {
        let bench = env::current_dir()?;
        // cargo put this program into `release`.
        let program = env::current_exe()?;
        let target = program.ancestors().nth(2).ok_or("not built by cargo")?.to_path_buf();
        let results = if quick { target.join("quick") } else { bench.join("results") };
        fs::create_dir_all(&results)?;
        Ok(Self { quick, bench, target, results })
    }

    /// Builds these packages together, without the features that others need.
    pub(crate) fn build(&self, packages: &[&str]) -> Result<()> {
        let mut cargo = Command::new("cargo");
        cargo.args(["build", "--locked", "--release"]);
        cargo.args(packages.iter().flat_map(|package| ["-p", package]));
        run(cargo.current_dir(&self.bench).env("CARGO_TARGET_DIR", &self.target))
    }

    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.target.join("release").join(name)
    }

    /// A copy of a program. The kernel maps a copied file in larger pages than one that a linker wrote
    /// piece by piece, which costs some programs 0.8 ms more.
    pub(crate) fn deploy(&self, name: &str) -> Result<PathBuf> {
        let copy = self.folder("programs")?.join(name);
        // Not over the old one, whose pieces the kernel would keep.
        if copy.exists() {
            fs::remove_file(&copy)?;
        }
        fs::copy(self.program(name), &copy)?;
        Ok(copy)
    }

    /// A folder in the target directory.
    pub(crate) fn folder(&self, name: impl AsRef<Path>) -> Result<PathBuf> {
        let folder = self.target.join("bench").join(name);
        fs::create_dir_all(&folder)?;
        Ok(folder)
    }
}

/// Runs a command that must succeed.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().map_err(|error| not_started(command, &error))?;
    if status.success() { Ok(()) } else { Err(format!("{command:?}: {status}").into()) }
}

/// What a command that must succeed prints.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command.output().map_err(|error| not_started(command, &error))?;
    if !output.status.success() {
        let errors = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{command:?}: {}\n{errors}", output.status).into());
    }
    Ok(String::from_utf8(output.stdout)?)
}

fn not_started(command: &Command, error: &std::io::Error) -> String {
    format!("cannot run `{}`: {error}", command.get_program().display())
}
