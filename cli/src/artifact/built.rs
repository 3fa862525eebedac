//! Finds the programs that cargo left in `target/`.

use std::fmt;
use std::io::{IsTerminal as _, stderr, stdin};
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use std::{env, fs};

use inquire::Select;

use super::{Described, in_file};
use crate::error::{Error, Result};

const ADD: &str = "add `--artifact FILE`: the program, a zip with it, or its description in JSON";

/// The descriptions in the program that is there. If there are several, the user chooses.
pub(super) fn find() -> Result<Vec<Described>> {
    let Some(target) = target() else {
        return Err(Error::usage("there is no folder `target`").help(ADD));
    };
    let mut programs = of_cargo_lambda(&target);
    if programs.is_empty() {
        programs = of_cargo(&target);
    }
    let (mut described, mut failed) = (Vec::new(), None);
    for path in programs {
        match in_file(&path) {
            Ok(all) if all.is_empty() => {}
            Ok(all) => described.push(Program { path, described: all }),
            // Another program may be the one.
            Err(error) => failed = failed.or(Some(error)),
        }
    }
    if described.len() > 1 {
        return choose(described);
    }
    if let (true, Some(error)) = (described.is_empty(), failed) {
        return Err(error);
    }
    described.pop().map(|it| it.described).ok_or_else(|| {
        let what = format!("no program in `{}` loads a configuration", target.display());
        Error::usage(what).help("build it: `cargo lambda build --release`").help(ADD)
    })
}

struct Program {
    path: PathBuf,
    described: Vec<Described>,
}

/// Its path, and what it loads.
impl fmt::Display for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.described.iter().map(|it| format!("`{}`", it.description.config));
        write!(f, "{} ({})", self.path.display(), names.collect::<Vec<_>>().join(", "))
    }
}

fn choose(programs: Vec<Program>) -> Result<Vec<Described>> {
    if !(stdin().is_terminal() && stderr().is_terminal()) {
        let several = Error::usage("several programs load a configuration");
        let list = programs.iter().map(|it| format!("`--artifact {}`", it.path.display()));
        return Err(list.fold(several, Error::help));
    }
    let chosen = Select::new("Which program?", programs).prompt();
    chosen.map(|it| it.described).map_err(|_| Error::interrupted("no program is chosen"))
}

/// That of the environment, or the one next to the working directory or above it.
fn target() -> Option<PathBuf> {
    if let Some(target) = env::var_os("CARGO_TARGET_DIR") {
        return Some(target.into());
    }
    let here = env::current_dir().ok()?;
    let target = here.ancestors().map(|folder| folder.join("target")).find(|it| it.is_dir())?;
    // Shorter paths are easier to read.
    Some(target.strip_prefix(&here).map(Path::to_path_buf).unwrap_or(target))
}

/// `lambda/NAME/bootstrap`
fn of_cargo_lambda(target: &Path) -> Vec<PathBuf> {
    let programs = files(&target.join("lambda")).into_iter().map(|folder| folder.join("bootstrap"));
    programs.filter(|path| path.is_file()).collect()
}

/// In `release` and `debug`. If both have a program of a name, the newer one.
fn of_cargo(target: &Path) -> Vec<PathBuf> {
    let mut programs: Vec<PathBuf> = Vec::new();
    for path in ["release", "debug"].iter().flat_map(|profile| files(&target.join(profile))) {
        if !is_program(&path) {
            continue;
        }
        match programs.iter_mut().find(|it| it.file_name() == path.file_name()) {
            Some(other) if written(&path) > written(other) => *other = path,
            Some(_) => {}
            None => programs.push(path),
        }
    }
    programs
}

fn is_program(path: &Path) -> bool {
    let extension = path.extension().and_then(|it| it.to_str());
    path.is_file() && extension == Some(env::consts::EXE_EXTENSION).filter(|it| !it.is_empty())
}

fn written(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).ok()?.modified().ok()
}

/// What is in a folder, by name.
fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}
