//! What a derive costs to compile, beside other derives. `compile-time/run` measures it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::process::Command;
use std::{fs, iter};

use serde::{Deserialize, Serialize};

use crate::Result;
use crate::place::{Place, run as run_command};
use crate::plot::{self, Axes, Line};
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
    let folder = place.folder(PART)?;
    let mut command = Command::new(program);
    command.args(place.quick.then_some("--quick"));
    run_command(command.env("BENCH_OUT", &folder).env("CARGO_TARGET_DIR", &place.target))?;
    let rows = serde_json::from_slice(&fs::read(folder.join("compile-time.json"))?)?;
    results::write(place, PART, &CompileTimes { rows })
}

pub(crate) fn section(place: &Place, measured: &CompileTimes) -> Result<String> {
    let rows = &measured.rows;
    let mut page =
        "One struct; CPU time of its rustc in s, and its peak of memory in MiB. A dash is a \
                    build that exceeded the limits.\n"
            .to_owned();
    let sizes: BTreeSet<u32> = rows.iter().map(|row| row.fields).collect();
    for profile in ["debug", "release"] {
        let rows = rows.iter().filter(|row| row.profile == profile);
        let mut libraries: Vec<(&str, BTreeMap<u32, &Row>)> = Vec::new();
        for row in rows {
            // They stay in the order in which they were measured.
            let Row { library, fields, .. } = row;
            match libraries.iter_mut().find(|(known, _)| known == library) {
                Some((_, rows)) => drop(rows.insert(*fields, row)),
                None => libraries.push((library, BTreeMap::from([(*fields, row)]))),
            }
        }
        let sizes = || sizes.iter().copied();
        let head = sizes().map(|size| format!("{size} fields"));
        let mut table = Table::new(iter::once(profile.to_owned()).chain(head));
        for (library, rows) in &libraries {
            let cells = sizes().map(|size| match rows.get(&size) {
                None => String::new(),
                Some(Row { seconds: Some(seconds), mib: Some(mib), .. }) => {
                    format!("{}, {}", digits(*seconds), digits(*mib))
                }
                Some(_) => "–".to_owned(),
            });
            table.row(iter::once((*library).to_owned()).chain(cells));
        }
        // Nested structs are points and not lines.
        let lines = libraries.iter().filter(|(library, _)| !library.ends_with("nested"));
        let lines = lines.map(|(library, rows)| {
            let points = rows.values().filter_map(|row| Some((row.fields.into(), row.seconds?)));
            Line { title: (*library).to_owned(), points: points.collect() }
        });
        let file = format!("{PART}-{profile}.svg");
        plot::lines(
            &place.results.join(&file),
            &format!("Compile time of a struct, {profile}"),
            Axes::Logarithmic,
            ["fields", "s of CPU time"],
            &lines.collect::<Vec<_>>(),
        )?;
        write!(page, "\n{table}\n![Compile time over fields, {profile}]({file})\n")?;
    }
    Ok(page)
}
