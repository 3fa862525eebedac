//! From the start of a process that needs twelve parameters to its exit.

use serde::{Deserialize, Serialize};

use crate::Result;
use crate::clean_build;
use crate::measure::{self, Cost};
use crate::place::Place;
use crate::plot::{self, Bar, Bars};
use crate::programs;
use crate::results::{self, MIB};
use crate::stand_in::StandIn;
use crate::stats::Summary;
use crate::table::{Table, digits};

pub(crate) const PART: &str = "cold-start";

#[derive(Deserialize, Serialize)]
pub(crate) struct ColdStarts {
    pub(crate) rounds: usize,
    pub(crate) rows: Vec<Row>,
}

#[derive(Deserialize, Serialize)]
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) is_rust: bool,
    pub(crate) cpu_ms: Summary,
    pub(crate) wall_ms: Summary,
    pub(crate) memory_mib: f64,
    pub(crate) connections: u32,
    pub(crate) requests: u32,
    /// What is deployed, if it is one file.
    pub(crate) artifact_mib: Option<f64>,
}

pub(crate) fn run(place: &Place) -> Result<()> {
    let rounds = if place.quick { 5 } else { 31 };
    let programs = programs::all(place)?;
    let mut server = StandIn::start(place)?;
    let mut costs: Vec<Vec<(Cost, [u32; 2])>> = programs.iter().map(|_| Vec::new()).collect();
    // The first round fills the caches of the kernel.
    for round in 0..=rounds {
        eprint!("\rcold start: round {round} of {rounds} ");
        // In a fixed order, a program that follows another one in the same file looks cheaper.
        let mut order: Vec<usize> = (0..programs.len()).collect();
        fastrand::shuffle(&mut order);
        for index in order {
            let command = programs[index].command(server.port, |name| server.trust(name));
            let cost = measure::cost(&command)?;
            let counted = server.counted()?;
            if round > 0 {
                costs[index].push((cost, counted));
            }
        }
    }
    eprintln!();

    let rows = programs.iter().zip(costs).map(|(program, costs)| {
        let of = |part: fn(&Cost) -> f64| Summary::of(costs.iter().map(|(cost, _)| part(cost)));
        let most = |index: usize| costs.iter().map(|(_, counted)| counted[index]).max();
        Ok(Row {
            id: program.id.to_owned(),
            title: program.title.to_owned(),
            is_rust: program.is_rust,
            cpu_ms: of(|cost| cost.cpu.as_secs_f64() * 1e3),
            wall_ms: of(|cost| cost.wall.as_secs_f64() * 1e3),
            memory_mib: of(|cost| results::float(cost.memory) / MIB).median,
            connections: most(0).unwrap_or_default(),
            requests: most(1).unwrap_or_default(),
            artifact_mib: match program.artifact() {
                Some(file) => Some(clean_build::size(file)?),
                None => None,
            },
        })
    });
    let rows = rows.collect::<Result<_>>()?;
    results::write(place, PART, &ColdStarts { rounds, rows })
}

pub(crate) fn section(place: &Place, measured: &ColdStarts) -> Result<String> {
    let ColdStarts { rounds, rows } = measured;
    let mut table = Table::new([
        "program",
        "CPU ms",
        "min",
        "middle half",
        "wall ms",
        "min",
        "middle half",
        "peak MiB",
        "connections",
        "requests",
        "MiB on disk",
    ]);
    for row in rows {
        let [cpu, wall] = [row.cpu_ms, row.wall_ms];
        table.row([
            row.title.clone(),
            digits(cpu.median),
            digits(cpu.min),
            middle(cpu),
            digits(wall.median),
            digits(wall.min),
            middle(wall),
            digits(row.memory_mib),
            row.connections.to_string(),
            row.requests.to_string(),
            on_disk(row),
        ]);
    }
    let bars = |keep: fn(&Row) -> bool| {
        let kept = rows
            .iter()
            .filter(|row| keep(row))
            .map(|row| Bar { title: row.title.clone(), value: row.cpu_ms.median });
        kept.collect()
    };
    plot::bars(
        &place.results.join("cold-start.svg"),
        "ms",
        &[
            Bars { title: "CPU time of a cold start, in Rust", bars: bars(|row| row.is_rust) },
            Bars {
                title: "The same beside other languages",
                bars: bars(|row| !row.is_rust || row.id == "ours" || row.id == "in-tens"),
            },
        ],
    )?;
    Ok(format!(
        "Twelve parameters, from the start of the process to its exit; medians of \
         {rounds} runs.\n\n{table}\n![CPU time of each program](cold-start.svg)\n"
    ))
}

pub(crate) fn on_disk(row: &Row) -> String {
    row.artifact_mib.map_or_else(|| "–".to_owned(), digits)
}

fn middle(summary: Summary) -> String {
    let [low, high] = summary.quartiles.map(digits);
    format!("{low} – {high}")
}
