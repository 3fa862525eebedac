//! Finds the descriptions of configurations.

use std::fs;

use crate::args::Source;
use crate::description::Description;
use crate::error::{Error, Result};

/// The descriptions in the artifact, of which `--config` chooses one.
pub(crate) fn descriptions(source: &Source) -> Result<Vec<Description>> {
    let Some(path) = &source.artifact else {
        return Err(Error::usage("there is no description").help("add `--artifact FILE`"));
    };
    let at = path.display();
    let text = fs::read_to_string(path)
        .map_err(|error| Error::new(format!("cannot read `{at}`: {error}")))?;
    let description = Description::from_json(&text)
        .map_err(|error| Error::new(format!("`{at}` is not a description: {error}")))?;
    Ok(vec![description])
}
