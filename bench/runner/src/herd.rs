//! A thousand functions that start within a second.

use std::process::Command;

use serde::{Deserialize, Serialize};

use crate::Result;
use crate::place::{Place, output};
use crate::programs;
use crate::results;

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
