//! From the start of a process that needs twelve parameters to its exit.

use serde::{Deserialize, Serialize};

use crate::Result;
use crate::clean_build;
use crate::measure::{self, Cost};
use crate::place::Place;
use crate::programs;
use crate::results::{self, MIB};
use crate::stand_in::StandIn;
use crate::stats::Summary;

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
