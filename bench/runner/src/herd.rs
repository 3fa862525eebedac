//! A thousand functions that start within a second.

use std::process::Command;

use serde::{Deserialize, Serialize};

use crate::Result;
use crate::place::{Place, output};
use crate::plot::{self, Axes, Line};
use crate::programs;
use crate::results;
use crate::table::Table;

pub(crate) const PART: &str = "herd";

#[derive(Deserialize, Serialize)]
pub(crate) struct Herds {
    pub(crate) herds: Vec<Herd>,
}

/// What `bench-herd` prints.
#[derive(Deserialize, Serialize)]
pub(crate) struct Herd {
    pub(crate) title: String,
    /// When each function became ready, in seconds and in this order.
    pub(crate) ready: Vec<f64>,
    pub(crate) failed: Vec<f64>,
    pub(crate) requests: u64,
    pub(crate) throttled: u64,
}

pub(crate) fn run(place: &Place) -> Result<()> {
    place.build(programs::HERD)?;
    eprintln!("herd");
    let printed = output(&mut Command::new(place.program("bench-herd")))?;
    let mut herds: Vec<Herd> = serde_json::from_str(&printed)?;
    for time in herds.iter_mut().flat_map(|herd| herd.ready.iter_mut().chain(&mut herd.failed)) {
        // A plot shows no more, and the file is a third as long.
        *time = (*time * 100.0).round() / 100.0;
    }
    results::write(place, PART, &Herds { herds })
}

pub(crate) fn section(place: &Place, measured: &Herds) -> Result<String> {
    let herds = &measured.herds;
    let last = herds.iter().flat_map(|herd| &herd.ready).copied().fold(0.0, f64::max);
    let lines: Vec<_> = herds
        .iter()
        .map(|herd| {
            // Steps, because a function is ready or is not.
            let mut points = vec![(0.0, 0.0)];
            let mut ready = 0.0;
            for time in &herd.ready {
                points.push((*time, ready));
                ready += 1.0;
                points.push((*time, ready));
            }
            points.push((last, ready));
            Line { title: herd.title.clone(), points }
        })
        .collect();
    plot::lines(
        &place.results.join("herd.svg"),
        "A thousand functions start within a second",
        Axes::Linear,
        ["seconds", "functions that are ready"],
        &lines,
    )?;
    Ok(format!(
        "A thousand functions that start within a second and read twelve parameters each. \
         The account allows 40 requests per second. The time is simulated, the retries are real.\n\n\
         {}\n![Ready functions over time](herd.svg)\n",
        table(herds)
    ))
}

pub(crate) fn table(herds: &[Herd]) -> Table {
    let mut table = Table::new([
        "1,000 functions",
        "ready",
        "failed",
        "half ready after",
        "last ready after",
        "requests",
        "throttled",
    ]);
    for herd in herds {
        let all = herd.ready.len() + herd.failed.len();
        let half = herd.ready.get(all / 2);
        let seconds =
            |time: Option<&f64>| time.map_or("–".to_owned(), |time| format!("{time:.1} s"));
        table.row([
            herd.title.clone(),
            herd.ready.len().to_string(),
            herd.failed.len().to_string(),
            seconds(half),
            seconds(herd.ready.last()),
            herd.requests.to_string(),
            herd.throttled.to_string(),
        ]);
    }
    table
}
