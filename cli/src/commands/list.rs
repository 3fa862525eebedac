//! `stage-config list`

use std::io::Write as _;
use std::process::ExitCode;

use clap::ValueEnum;

use crate::args::Global;
use crate::artifact::{self, Described};
use crate::error::{Error, Result};
use crate::print::Table;

/// List what a configuration reads, by stage
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Table,
    /// For a README
    Markdown,
    /// For programs; a list if there are several configurations
    Json,
}

pub(crate) fn run(options: &Options, global: &Global) -> Result<ExitCode> {
    let all = artifact::described(&global.source)?;
    let mut out = anstream::stdout().lock();
    match options.format {
        Format::Table => {
            let tables: Vec<_> = all.iter().flat_map(tables).collect();
            write!(out, "{}", tables.join("\n"))?;
        }
        Format::Markdown => write!(out, "{}", markdown(&all)?)?,
        Format::Json => write!(out, "{}", json(&all))?,
    }
    Ok(ExitCode::SUCCESS)
}

/// A page with all of them.
pub(super) fn markdown(all: &[Described]) -> Result<String> {
    let pages = all.iter().map(|it| {
        let missing = || {
            Error::usage("Markdown is made of a program, and this is JSON")
                .help("add `--artifact FILE` with the program or a zip with it")
        };
        Ok(it.table.ok_or_else(missing)?.to_markdown())
    });
    Ok(pages.collect::<Result<Vec<_>>>()?.join("\n"))
}

/// One of them as it is, several as a list.
pub(super) fn json(all: &[Described]) -> String {
    match all {
        [one] => format!("{}\n", one.json),
        all => {
            let all: Vec<_> = all.iter().map(|it| &*it.json).collect();
            format!("[\n{}\n]\n", all.join(",\n"))
        }
    }
}

/// A table for each stage.
fn tables(described: &Described) -> Vec<String> {
    let deployments = described.description.at_all().into_iter();
    let tables = deployments.map(|deployment| {
        let mut table = Table::new(["field", "parameter", "type"]);
        for parameter in &deployment.parameters {
            let ty = parameter.fields[0].r#type.clone();
            table.add([parameter.fields(), parameter.name().own().to_owned(), ty]);
        }
        format!("{}\n{table}\n", deployment.title())
    });
    tables.collect()
}
