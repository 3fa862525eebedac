//! The commands, one file for each.

pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod diff;
pub(crate) mod example;
pub(crate) mod export;
pub(crate) mod history;
pub(crate) mod list;
pub(crate) mod policy;
pub(crate) mod put;
pub(crate) mod serve;
pub(crate) mod snapshot;
pub(crate) mod unused;

use std::process::ExitCode;

use crate::args::{Cli, Command};
use crate::error::Result;

pub(crate) fn run(cli: Cli) -> Result<ExitCode> {
    let Cli { command, global } = cli;
    match command {
        Command::List(options) => list::run(&options, &global),
        Command::Policy(options) => policy::run(&options, &global),
        Command::Export(options) => export::run(&options, &global),
        Command::Check(options) => check::run(&options, &global),
        Command::Put(options) => put::run(&options, &global),
        Command::Diff(options) => diff::run(&options, &global),
        Command::History(options) => history::run(&options, &global),
        Command::Unused(options) => unused::run(&options, &global),
        Command::Snapshot(options) => snapshot::run(&options, &global),
        Command::Example(options) => example::run(&options, &global),
        Command::Serve(options) => serve::run(&options),
        Command::Completions(options) => completions::run(&options),
    }
}
