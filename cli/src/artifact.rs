//! Finds the descriptions of configurations: in a program, in a zip with one, or in JSON.

mod built;

use std::fs::File;
use std::io::{Cursor, Read as _};
use std::path::Path;

use serde_json::value::RawValue;
use stage_config::schema::{ParameterTable, find_descriptions};
use zip::ZipArchive;

use crate::args::Source;
use crate::description::Description;
use crate::error::{Error, Result};
use crate::print::hint;

/// More than Lambda accepts, with the symbols of a debug build: 1 GiB.
const MOST_BYTES: u64 = 1 << 30;

/// The program in a zip for Lambda.
const BOOTSTRAP: &str = "bootstrap";

/// A configuration, as an artifact describes it.
#[derive(Debug)]
pub(crate) struct Described {
    pub(crate) description: Description,
    /// As `ParameterTable::to_json` writes it.
    pub(crate) json: String,
    /// The table itself, if it is from a program and not from JSON.
    pub(crate) table: Option<&'static ParameterTable>,
}

/// The descriptions in the artifact, of which `--config` chooses one.
pub(crate) fn descriptions(source: &Source) -> Result<Vec<Description>> {
    Ok(described(source)?.into_iter().map(|it| it.description).collect())
}

/// The same, with the tables.
pub(crate) fn described(source: &Source) -> Result<Vec<Described>> {
    let all = match &source.artifact {
        Some(path) => read(path)?,
        None => built::find()?,
    };
    let Some(config) = &source.config else { return Ok(all) };
    let names: Vec<_> = all.iter().map(|it| it.description.config.clone()).collect();
    let chosen: Vec<_> = all.into_iter().filter(|it| it.description.config == *config).collect();
    if chosen.is_empty() {
        let hint = hint(config, names.iter().map(String::as_str));
        let what = format!("no configuration is called `{config}`{hint}");
        return Err(Error::usage(what).help(format!("there are `{}`", names.join("`, `"))));
    }
    Ok(chosen)
}

/// The descriptions in a file, at least one.
fn read(path: &Path) -> Result<Vec<Described>> {
    let all = in_file(path)?;
    if all.is_empty() {
        let what = format!("`{}` describes no configuration", path.display());
        return Err(Error::new(what).help(
            "a program contains a description of each struct with `#[derive(StageConfig)]` that it loads",
        ));
    }
    Ok(all)
}

fn in_file(path: &Path) -> Result<Vec<Described>> {
    let at = path.display();
    let bytes = bytes(path)?;
    let all = match bytes.trim_ascii_start() {
        [b'{' | b'[', ..] => from_json(&bytes),
        [b'P', b'K', 3, 4, ..] => bootstrap(&bytes).and_then(|program| in_program(&program)),
        _ => in_program(&bytes),
    };
    all.map_err(|what| Error::new(format!("`{at}`: {what}")))
}

fn bytes(path: &Path) -> Result<Vec<u8>> {
    let unreadable = |error| Error::new(format!("cannot read `{}`: {error}", path.display()));
    let file = File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(Error::new(format!("`{}` is larger than 1 GiB", path.display())));
    }
    Ok(bytes)
}

fn in_program(bytes: &[u8]) -> std::result::Result<Vec<Described>, String> {
    let tables = find_descriptions(bytes).into_iter().map(|found| {
        let table = found.map_err(|error| error.to_string())?;
        Ok(Described { table: Some(table), ..Described::new(&table.to_json())? })
    });
    tables.collect()
}

/// One description, or a list of them.
fn from_json(bytes: &[u8]) -> std::result::Result<Vec<Described>, String> {
    let not_json = |error| format!("it is not JSON: {error}");
    if bytes.trim_ascii_start().starts_with(b"[") {
        let all: Vec<&RawValue> = serde_json::from_slice(bytes).map_err(not_json)?;
        return all.into_iter().map(|one| Described::new(one.get())).collect();
    }
    let one: &RawValue = serde_json::from_slice(bytes).map_err(not_json)?;
    Ok(vec![Described::new(one.get())?])
}

impl Described {
    fn new(json: &str) -> std::result::Result<Self, String> {
        let description = serde_json::from_str(json);
        let description =
            description.map_err(|error| format!("it is not a description: {error}"))?;
        Ok(Self { description, json: json.trim_end().to_owned(), table: None })
    }
}

/// The program in a zip, if it is not larger than any program.
fn bootstrap(bytes: &[u8]) -> std::result::Result<Vec<u8>, String> {
    let archive = ZipArchive::new(Cursor::new(bytes));
    let mut archive = archive.map_err(|error| format!("the zip cannot be read: {error}"))?;
    let entry = archive.by_name(BOOTSTRAP);
    let entry = entry.map_err(|error| format!("no `{BOOTSTRAP}` in the zip: {error}"))?;
    let mut program = Vec::new();
    let read = entry.take(MOST_BYTES + 1).read_to_end(&mut program);
    read.map_err(|error| format!("`{BOOTSTRAP}` in the zip cannot be read: {error}"))?;
    if program.len() as u64 > MOST_BYTES {
        return Err(format!("`{BOOTSTRAP}` in the zip is larger than 1 GiB"));
    }
    Ok(program)
}
