//! What a derive costs to compile, beside other derives. `compile-time/run` measures it.

use std::fmt::Write;
use std::fs;
use std::process::Command;

use serde::{Deserialize, Serialize};

use crate::Result;
use crate::place::{Place, run as run_command};
use crate::plot::{self, Line};
use crate::results;
use crate::table::{Table, digits};

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

pub(crate) fn section(place: &Place, measured: &CompileTimes) -> Result<String> {
    let rows = &measured.rows;
    let mut page = "One struct; CPU time of its rustc, and its peak of memory. \
                    A dash is a build that did not end.\n"
        .to_owned();
    let mut libraries: Vec<&str> = rows.iter().map(|row| row.library.as_str()).collect();
    // They stay in the order in which they were measured.
    let mut seen = Vec::new();
    libraries.retain(|library| {
        !seen.contains(library) && {
            seen.push(*library);
            true
        }
    });
    let mut profiles: Vec<&str> = rows.iter().map(|row| row.profile.as_str()).collect();
    profiles.sort_unstable();
    profiles.dedup();
    for profile in profiles {
        let of = |library: &str| {
            let rows = rows.iter().filter(|row| row.profile == profile && row.library == library);
            rows.collect::<Vec<_>>()
        };
        let mut table = Table::new(["library", "fields", "seconds", "MiB"]);
        for row in libraries.iter().flat_map(|library| of(library)) {
            let seconds = row.seconds.map_or_else(|| "–".to_owned(), digits);
            let mib = row.mib.map_or_else(|| "–".to_owned(), digits);
            table.row([row.library.clone(), row.fields.to_string(), seconds, mib]);
        }
        let lines: Vec<_> = libraries
            .iter()
            .map(|library| {
                let points = of(library).into_iter();
                let points =
                    points.filter_map(|row| Some((f64::from(row.fields), row.seconds?))).collect();
                Line { title: (*library).to_owned(), points }
            })
            .collect();
        let file = format!("compile-time-{profile}.svg");
        plot::lines(
            &place.results.join(&file),
            &format!("Compile time of a struct, {profile}"),
            ["fields", "s of CPU time"],
            &lines,
        )?;
        write!(page, "\n### {profile}\n\n{table}\n![Compile time over fields]({file})\n")?;
    }
    Ok(page)
}
