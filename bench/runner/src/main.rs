//! Runs the benchmarks, and writes their tables and plots.
//!
//! | module | content |
//! |---|---|
//! | `cold_start`, `warm`, `load`, `herd`, `compile_time`, `clean_build` | the parts: what is run, and what is kept of it |
//! | `programs` | the programs of the cold start |
//! | `peers` | installs the programs in other languages |
//! | `stand_in` | the server that the programs read from |
//! | `place` | folders, and the programs that cargo builds |
//! | `measure` | what a process costs |
//! | `machine` | what the figures depend on |
//! | `results` | the files in `results` |
//! | `divan` | reads what divan prints |
//! | `stats`, `table`, `plot` | arithmetic, Markdown and SVG |
//! | `report` | the pages that show the results |

mod clean_build;
mod cold_start;
mod compile_time;
mod divan;
mod herd;
mod load;
mod machine;
mod measure;
mod peers;
mod place;
mod plot;
mod programs;
mod report;
mod results;
mod stand_in;
mod stats;
mod table;
mod warm;

use std::process::ExitCode;

use lexopt::prelude::*;

use crate::place::Place;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

const USAGE: &str = "\
usage: bench/run [--quick] [PART...]

parts: cold-start, warm, load, herd, compile-time (all of them by default), build (takes half an hour),
report (measures nothing, and writes tables and plots again)
--quick takes about a minute once everything is built. It writes into the target directory instead of
`bench/results` and `README.md`, because its figures are rough";

/// All but `build`.
const BY_DEFAULT: [&str; 5] =
    [cold_start::PART, warm::PART, load::PART, herd::PART, compile_time::PART];

struct Settings {
    quick: bool,
    parts: Vec<String>,
}

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<ExitCode> {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    if let Some((first, command)) = arguments.split_first()
        && first == measure::SUBCOMMAND
    {
        return measure::print(command);
    }
    if let Some(code) = clean_build::wrapped_rustc(&arguments) {
        return code;
    }
    let Settings { quick, parts } = settings()?;
    let place = Place::new(quick)?;
    for part in parts {
        match part.as_str() {
            cold_start::PART => cold_start::run(&place)?,
            warm::PART => warm::run(&place)?,
            load::PART => load::run(&place)?,
            herd::PART => herd::run(&place)?,
            compile_time::PART => compile_time::run(&place)?,
            clean_build::PART => clean_build::run(&place)?,
            // All pages are written below.
            "report" => {}
            other => return Err(format!("there is no part `{other}`\n{USAGE}").into()),
        }
    }
    report::write(&place)?;
    Ok(ExitCode::SUCCESS)
}

fn settings() -> Result<Settings> {
    let mut settings = Settings { quick: false, parts: Vec::new() };
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("quick") => settings.quick = true,
            Short('h') | Long("help") => return Err(USAGE.into()),
            Value(part) => settings.parts.push(part.string()?),
            other => return Err(format!("{}\n{USAGE}", other.unexpected()).into()),
        }
    }
    if settings.parts.is_empty() {
        settings.parts = BY_DEFAULT.map(String::from).to_vec();
    }
    Ok(settings)
}
