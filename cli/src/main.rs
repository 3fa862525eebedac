//! The program `stage-config`: what a project does with its parameters outside of the function.
//!
//! | module | content |
//! |---|---|
//! | `args` | the command line |
//! | `artifact` | finds the descriptions in a program, a zip or a JSON file |
//! | `description` | what a configuration reads, and at which stage |
//! | `account` | the AWS account: who asks, and the calls to Parameter Store |
//! | `commands` | one file for each command |
//! | `print` | tables, progress, and foreign text in one line |
//! | `error` | why a command fails, and what to do |

mod account;
mod args;
mod artifact;
mod commands;
mod description;
mod error;
mod print;

use std::process::ExitCode;

use clap::Parser;

use crate::args::Cli;

fn main() -> ExitCode {
    let cli = Cli::parse();
    cli.global.color.write_global();
    commands::run(cli).unwrap_or_else(|error| {
        error.print();
        ExitCode::from(error.status())
    })
}
