//! What a process costs, from its start to its exit.
//!
//! Linux counts the memory of the process that starts another one in the other's peak. So a small
//! process, which is this program again, starts each program.

use std::ffi::OsString;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use wait4::Wait4;

use crate::Result;

/// The hidden argument.
pub(crate) const SUBCOMMAND: &str = "measure";

pub(crate) struct Cost {
    pub(crate) wall: Duration,
    /// User and system, with all processes that it waited for.
    pub(crate) cpu: Duration,
    /// The peak, in bytes. If the process waited for others, of the largest of them.
    pub(crate) memory: u64,
}

/// Runs a program that must succeed. What it prints is ignored, but not its errors.
pub(crate) fn cost(command: &Command) -> Result<Cost> {
    let mut measured = Command::new(std::env::current_exe()?);
    measured.arg(SUBCOMMAND).arg(command.get_program()).args(command.get_args());
    measured.env_clear();
    measured.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    if let Some(folder) = command.get_current_dir() {
        measured.current_dir(folder);
    }
    let output = measured.stderr(Stdio::inherit()).output()?;
    let text = String::from_utf8(output.stdout)?;
    let numbers: Vec<u64> = text.split_whitespace().filter_map(|text| text.parse().ok()).collect();
    let [wall, cpu, memory] = numbers[..] else {
        return Err(format!("{} failed", command.get_program().display()).into());
    };
    Ok(Cost { wall: Duration::from_nanos(wall), cpu: Duration::from_nanos(cpu), memory })
}

/// The other side of `cost`.
pub(crate) fn print(command: &[OsString]) -> Result<ExitCode> {
    let (program, arguments) = command.split_first().ok_or("which program?")?;
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null());
    let start = Instant::now();
    let used = command.spawn()?.wait4()?;
    let wall = start.elapsed();
    if !used.status.success() {
        return Err(used.status.to_string().into());
    }
    let cpu = used.rusage.utime + used.rusage.stime;
    println!("{} {} {}", wall.as_nanos(), cpu.as_nanos(), used.rusage.maxrss);
    Ok(ExitCode::SUCCESS)
}
