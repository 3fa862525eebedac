//! What a derive costs to compile, beside other derives. `compile-time/run` measures it.

use std::fs;
use std::process::Command;

use serde::{Deserialize, Serialize};

use crate::Result;
use crate::place::{Place, run as run_command};
use crate::results;

pub(crate) const PART: &str = "compile-time";

#[derive(Deserialize, Serialize)]
pub(crate) struct CompileTimes {
    pub(crate) rows: Vec<Row>,
}

#[derive(Deserialize, Serialize)]
pub(crate) struct Row {
    pub(crate) library: String,
    pub(crate) profile: String,
    pub(crate) fields: u32,
    /// CPU time. Neither is there, if the build did not end.
    pub(crate) seconds: Option<f64>,
    pub(crate) mib: Option<f64>,
}

pub(crate) fn run(place: &Place) -> Result<()> {
    let program = place.bench.join("compile-time/run");
    if !program.exists() {
        eprintln!("{} is not there", program.display());
        return Ok(());
    }
    let folder = place.folder(PART)?;
    let mut command = Command::new(program);
    command.args(place.quick.then_some("--quick"));
    run_command(command.env("BENCH_OUT", &folder).env("CARGO_TARGET_DIR", &place.target))?;
    let rows = serde_json::from_slice(&fs::read(folder.join("compile-time.json"))?)?;
    results::write(place, PART, &CompileTimes { rows })
}
