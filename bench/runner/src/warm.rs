//! Access to a configuration that is loaded already.

use std::process::Command;

use serde::{Deserialize, Serialize};

use crate::Result;
use crate::divan;
use crate::place::{Place, output};
use crate::results;
use crate::table::{Table, digits};

pub(crate) const PART: &str = "warm";

/// As in the program `warm`.
const TIMES: f64 = 100_000.0;

#[derive(Deserialize, Serialize)]
pub(crate) struct Warm {
    pub(crate) rows: Vec<Row>,
    /// Without valgrind, no instructions are counted.
    pub(crate) valgrind: bool,
}

#[derive(Deserialize, Serialize)]
pub(crate) struct Row {
    pub(crate) title: String,
    pub(crate) instructions: Option<f64>,
    /// A thread's time for an access, by the number of threads.
    pub(crate) threads: Vec<Threads>,
}

#[derive(Deserialize, Serialize)]
pub(crate) struct Threads {
    pub(crate) count: String,
    pub(crate) median_ns: f64,
    pub(crate) min_ns: f64,
}

pub(crate) fn run(place: &Place) -> Result<()> {
    place.build(&["bench-warm"])?;
    eprintln!("warm");
    let valgrind = Command::new("valgrind").arg("--version").output().is_ok();
    if !valgrind {
        eprintln!("valgrind is not installed, so no instructions are counted");
    }
    let mut rows: Vec<Row> = Vec::new();
    for timing in divan::run(place, &place.program("warm"))? {
        if rows.last().is_none_or(|row| row.title != timing.group) {
            let instructions =
                if valgrind { Some(instructions(place, &timing.group)?) } else { None };
            rows.push(Row { title: timing.group, instructions, threads: Vec::new() });
        }
        if let Some(row) = rows.last_mut() {
            row.threads.push(Threads {
                count: timing.name.trim_start_matches("t=").to_owned(),
                median_ns: timing.median_ns / TIMES,
                min_ns: timing.fastest_ns / TIMES,
            });
        }
    }
    results::write(place, PART, &Warm { rows, valgrind })
}

/// Of one access: the difference between two numbers of accesses leaves out the rest of the program.
fn instructions(place: &Place, case: &str) -> Result<f64> {
    const FEW: u64 = 1_000;
    const MANY: u64 = 11_000;
    let count = |times: u64| -> Result<u64> {
        let file = place.folder("callgrind")?.join("out");
        output(
            Command::new("valgrind")
                .args(["--tool=callgrind", "--quiet"])
                .arg(format!("--callgrind-out-file={}", file.display()))
                .arg(place.program("counts"))
                .args(["access", case, &times.to_string()]),
        )?;
        let written = std::fs::read_to_string(file)?;
        let total = written.lines().find_map(|line| line.strip_prefix("totals: "));
        Ok(total.ok_or("callgrind wrote no total")?.trim().parse()?)
    };
    Ok(results::float(count(MANY)? - count(FEW)?) / results::float(MANY - FEW))
}

pub(crate) fn section(measured: &Warm) -> String {
    let mut table =
        Table::new(["access", "instructions", "ns, 1 thread", "2 threads", "16 threads"]);
    for row in &measured.rows {
        let time = |threads: &str| {
            let found = row.threads.iter().find(|row| row.count == threads);
            found.map_or_else(String::new, |row| {
                format!("{} ({})", digits(row.median_ns), digits(row.min_ns))
            })
        };
        let instructions = row.instructions.map_or_else(|| "–".to_owned(), digits);
        table.row([format!("`{}`", row.title), instructions, time("1"), time("2"), time("16")]);
    }
    let without = if measured.valgrind {
        ""
    } else {
        "\nvalgrind was not installed, so no instructions were counted.\n"
    };
    format!(
        "The time of one access that one thread sees, while all threads access the \
         same value; medians (and minima).\n\n{table}{without}"
    )
}
