//! The files in `results`: one for each part.

use std::fs;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::Result;
use crate::machine::Machine;
use crate::place::Place;

pub(crate) const MIB: f64 = 1024.0 * 1024.0;

/// What a part measured, and on what.
#[derive(Deserialize, Serialize)]
pub(crate) struct Results<T> {
    pub(crate) machine: Machine,
    #[serde(flatten)]
    pub(crate) measured: T,
}

pub(crate) fn write<T: Serialize>(place: &Place, part: &str, measured: &T) -> Result<()> {
    let results = Results { machine: Machine::this(place)?, measured };
    let json = serde_json::to_string_pretty(&results)?;
    fs::write(place.results.join(part).with_extension("json"), json + "\n")?;
    Ok(())
}

/// Nothing, if the part was not run yet.
pub(crate) fn read<T: DeserializeOwned>(place: &Place, part: &str) -> Result<Option<Results<T>>> {
    let file = place.results.join(part).with_extension("json");
    if !file.exists() {
        return Ok(None);
    }
    let results = serde_json::from_slice(&fs::read(&file)?);
    Ok(Some(results.map_err(|error| format!("{}: {error}", file.display()))?))
}

#[expect(clippy::cast_precision_loss, reason = "no figure has as many digits")]
pub(crate) fn float(number: u64) -> f64 {
    number as f64
}
