//! `stage-config list`

use std::io::Write as _;
use std::process::ExitCode;

use crate::args::Global;
use crate::artifact;
use crate::error::Result;
use crate::print::Table;

/// List what a configuration reads, by stage
#[derive(Debug, clap::Args)]
pub(crate) struct Options {}

pub(crate) fn run(_: &Options, global: &Global) -> Result<ExitCode> {
    let descriptions = artifact::descriptions(&global.source)?;
    let mut out = anstream::stdout().lock();
    for description in &descriptions {
        for deployment in description.at_all() {
            writeln!(out, "{}", deployment.title())?;
            let mut table = Table::new(["field", "parameter", "type"]);
            for parameter in &deployment.parameters {
                let ty = parameter.fields[0].r#type.clone();
                table.add([parameter.fields(), parameter.name().to_string(), ty]);
            }
            writeln!(out, "{table}")?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
