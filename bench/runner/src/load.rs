//! A load from `Fixed`: everything but the requests.

use std::process::Command;

use serde::{Deserialize, Serialize};

use crate::Result;
use crate::divan;
use crate::place::{Place, output};
use crate::results;
use crate::table::{Table, digits};

pub(crate) const PART: &str = "load";

#[derive(Deserialize, Serialize)]
pub(crate) struct Loads {
    pub(crate) rows: Vec<Row>,
}

/// A struct with so many parameters, and what each of them costs.
#[derive(Deserialize, Serialize)]
pub(crate) struct Row {
    pub(crate) parameters: u64,
    pub(crate) median_ns: f64,
    pub(crate) min_ns: f64,
    pub(crate) allocations: f64,
    pub(crate) bytes: f64,
}

pub(crate) fn run(place: &Place) -> Result<()> {
    place.build(&["bench-warm"])?;
    eprintln!("load");
    let timings = divan::run(place, &place.program("load"))?;
    let counts = output(Command::new(place.program("counts")).arg("allocations"))?;
    let rows = timings.iter().zip(counts.lines()).map(|(timing, counts)| {
        let numbers: Vec<u64> = counts.split(' ').filter_map(|text| text.parse().ok()).collect();
        let [parameters, allocations, bytes] = numbers[..] else { return Err("no counts".into()) };
        if timing.name != parameters.to_string() {
            return Err("other sizes were counted than measured".into());
        }
        let of_one = |number: f64| number / results::float(parameters);
        Ok(Row {
            parameters,
            median_ns: of_one(timing.median_ns),
            min_ns: of_one(timing.fastest_ns),
            allocations: of_one(results::float(allocations)),
            bytes: of_one(results::float(bytes)),
        })
    });
    let rows = rows.collect::<Result<_>>()?;
    results::write(place, PART, &Loads { rows })
}

pub(crate) fn section(measured: &Loads) -> String {
    let mut table = Table::new(["parameters", "ns per parameter", "min", "allocations", "bytes"]);
    for row in &measured.rows {
        table.row([
            row.parameters.to_string(),
            digits(row.median_ns),
            digits(row.min_ns),
            digits(row.allocations),
            digits(row.bytes),
        ]);
    }
    format!(
        "Everything in a load but the requests, per parameter; medians.\n\n\
         {table}"
    )
}
