//! Clean builds, beside those of the same program by hand.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::{collections::BTreeMap, env};

use serde::{Deserialize, Serialize};
use wait4::Wait4;

use crate::Result;
use crate::measure;
use crate::place::Place;
use crate::results::{self, MIB};
use crate::table::{Table, digits};

pub(crate) const PART: &str = "build";

/// cargo then runs this program instead of each rustc.
const LOG: &str = "BENCH_RUSTC_LOG";

/// Package, program and title.
const LEAN: [&str; 3] = ["bench-lean", "bench-lean", "stage-config, `lean`"];
const OURS: [&str; 3] = ["bench-ours", "bench-ours", "stage-config"];
const BY_HAND: [&str; 3] = ["bench-by-hand", "in-tens", "aws-sdk-ssm by hand"];

/// The ones by hand are first, because the others are compared with them.
const BUILDS: [(&str, [&str; 3]); 5] = [
    ("debug", BY_HAND),
    ("debug", OURS),
    ("release", BY_HAND),
    ("release", OURS),
    ("release", LEAN),
];

#[derive(Deserialize, Serialize)]
pub(crate) struct Builds {
    pub(crate) rows: Vec<Row>,
}

#[derive(Deserialize, Serialize)]
pub(crate) struct Row {
    pub(crate) title: String,
    pub(crate) profile: String,
    pub(crate) wall_s: f64,
    pub(crate) cpu_s: f64,
    /// Of the largest rustc.
    pub(crate) memory_mib: f64,
    pub(crate) artifact_mib: f64,
    pub(crate) crates: usize,
    /// The CPU time of each crate that the build by hand does not have, most expensive first.
    pub(crate) further: Vec<(String, f64)>,
}

pub(crate) fn run(place: &Place) -> Result<()> {
    let mut rows = Vec::new();
    let mut by_hand = BTreeMap::new();
    for (profile, [package, program, title]) in BUILDS {
        eprintln!("clean build: {title}, {profile}");
        let target = place.folder("build")?;
        fs::remove_dir_all(&target)?;
        fs::create_dir(&target)?;
        let log = target.join("rustc.log");
        let mut cargo = Command::new("cargo");
        cargo.args(["build", "--locked", "--quiet", "-p", package, "--bin", program]);
        cargo.args((profile == "release").then_some("--release"));
        cargo.current_dir(&place.bench).envs(env::vars_os());
        cargo.env("RUSTC_WRAPPER", env::current_exe()?).env(LOG, &log);
        cargo.env("CARGO_TARGET_DIR", &target);
        let cost = measure::cost(&cargo)?;
        let crates = crates(&log)?;
        if package == BY_HAND[0] {
            by_hand.clone_from(&crates);
        }
        let further = crates.iter().filter(|(name, _)| !by_hand.contains_key(*name));
        let mut further: Vec<_> = further.map(|(name, cpu)| (name.clone(), *cpu)).collect();
        further.sort_by(|one, other| other.1.total_cmp(&one.1));
        rows.push(Row {
            title: title.to_owned(),
            profile: profile.to_owned(),
            wall_s: cost.wall.as_secs_f64(),
            cpu_s: cost.cpu.as_secs_f64(),
            memory_mib: results::float(cost.memory) / MIB,
            artifact_mib: size(&target.join(profile).join(program))?,
            crates: crates.len(),
            further,
        });
        fs::remove_dir_all(&target)?;
    }
    results::write(place, PART, &Builds { rows })
}

pub(crate) fn size(file: &Path) -> Result<f64> {
    Ok(results::float(fs::metadata(file)?.len()) / MIB)
}

/// The CPU time of each crate. Some are built twice, and all build scripts have one name.
fn crates(log: &Path) -> Result<BTreeMap<String, f64>> {
    let mut crates = BTreeMap::new();
    for line in fs::read_to_string(log)?.lines() {
        let (name, cpu) = line.split_once(' ').ok_or("not a name and a time")?;
        *crates.entry(name.to_owned()).or_default() += cpu.parse::<f64>()?;
    }
    Ok(crates)
}

/// Runs a rustc and logs what it cost, if cargo runs this program as its `RUSTC_WRAPPER`.
pub(crate) fn wrapped_rustc(arguments: &[OsString]) -> Option<Result<ExitCode>> {
    let log = env::var_os(LOG)?;
    Some(logged_rustc(Path::new(&log), arguments))
}

fn logged_rustc(log: &Path, arguments: &[OsString]) -> Result<ExitCode> {
    let (rustc, arguments) = arguments.split_first().ok_or("no rustc")?;
    let used = Command::new(rustc).args(arguments).spawn()?.wait4()?;
    let name = arguments.iter().skip_while(|argument| *argument != "--crate-name").nth(1);
    if let Some(name) = name {
        let cpu = used.rusage.utime + used.rusage.stime;
        let line = format!("{} {}\n", name.to_string_lossy(), cpu.as_secs_f64());
        // One write, because other processes append too.
        OpenOptions::new().create(true).append(true).open(log)?.write_all(line.as_bytes())?;
    }
    Ok(if used.status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

pub(crate) fn section(measured: &Builds) -> Result<String> {
    let rows = &measured.rows;
    let mut table = Table::new([
        "program",
        "profile",
        "wall s",
        "CPU s",
        "largest rustc MiB",
        "crates",
        "MiB on disk",
    ]);
    for row in rows {
        table.row([
            row.title.clone(),
            row.profile.clone(),
            digits(row.wall_s),
            digits(row.cpu_s),
            digits(row.memory_mib),
            row.crates.to_string(),
            digits(row.artifact_mib),
        ]);
    }
    let mut further = String::new();
    for row in rows.iter().filter(|row| !row.further.is_empty()) {
        let sum: f64 = row.further.iter().map(|(_, cpu)| cpu).sum();
        let named: Vec<_> =
            row.further.iter().map(|(name, cpu)| format!("{name} {}", digits(*cpu))).collect();
        writeln!(
            further,
            "\nWhat {}, {}, builds and the program by hand does not, in s of CPU time: {}. Together \
             {}.",
            row.title,
            row.profile,
            named.join(", "),
            digits(sum)
        )?;
    }
    Ok(format!(
        "The programs of the cold start, with an empty target directory.\n\n\
         {table}{further}"
    ))
}
