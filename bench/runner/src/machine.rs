//! What the figures depend on.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;
use std::thread::available_parallelism;

use serde::{Deserialize, Serialize};

use crate::Result;
use crate::place::{Place, output};

/// In tables, with the packages of all languages.
const PACKAGES: [&str; 6] = ["aws-sdk-ssm", "aws-config", "hyper", "rustls", "ring", "tokio"];

#[derive(Clone, Deserialize, PartialEq, Serialize)]
pub(crate) struct Machine {
    pub(crate) cpu: String,
    pub(crate) cores: usize,
    pub(crate) memory_gib: u64,
    pub(crate) kernel: String,
    pub(crate) date: String,
    /// By the names of programs and packages.
    pub(crate) versions: BTreeMap<String, String>,
}

impl Machine {
    pub(crate) fn this(place: &Place) -> Result<Self> {
        let memory = fs::read_to_string("/proc/meminfo")?;
        let memory = memory.split_whitespace().nth(1).ok_or("no size of memory")?;
        let cpu = fs::read_to_string("/proc/cpuinfo")?;
        let cpu = cpu.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
        Ok(Self {
            cpu: cpu.map_or("unknown", |(_, model)| model).to_owned(),
            cores: available_parallelism()?.get(),
            memory_gib: memory.parse::<u64>()?.div_ceil(1024 * 1024),
            kernel: printed("uname", &["-sr"])?,
            date: printed("date", &["-u", "+%Y-%m-%d"])?,
            versions: versions(place)?,
        })
    }
}

fn printed(program: &str, arguments: &[&str]) -> Result<String> {
    Ok(output(Command::new(program).args(arguments))?.trim().to_owned())
}

fn versions(place: &Place) -> Result<BTreeMap<String, String>> {
    let lock = fs::read_to_string(place.bench.join("Cargo.lock"))?;
    let crates = PACKAGES.iter().filter_map(|name| {
        let (_, rest) = lock.rsplit_once(&format!("name = \"{name}\"\nversion = \""))?;
        Some(((*name).to_owned(), rest.split('"').next()?.to_owned()))
    });
    let python = fs::read_to_string(place.bench.join("cold-start/python/requirements.txt"))?;
    let python = python.lines().filter_map(|line| line.split_once("=="));
    let node = fs::read(place.bench.join("cold-start/node/package.json"))?;
    let node: serde_json::Value = serde_json::from_slice(&node)?;
    let node = node["dependencies"].as_object().into_iter().flatten();
    let node =
        node.filter_map(|(name, version)| Some((name.clone(), version.as_str()?.to_owned())));
    let programs = [("rustc", "--version"), ("python3", "--version"), ("node", "--version")];
    let programs = programs.into_iter().filter_map(|(program, argument)| {
        let version = printed(program, &[argument]).ok()?;
        let number = version.split_whitespace().find(|word| word.contains('.'))?;
        Some((program.to_owned(), number.trim_start_matches('v').to_owned()))
    });
    let python = python.map(|(name, version)| (name.to_owned(), version.to_owned()));
    Ok(programs.chain(crates).chain(python).chain(node).collect())
}
