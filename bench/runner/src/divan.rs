//! Reads what divan prints: it has no other format.

use std::path::Path;
use std::process::Command;

use crate::Result;
use crate::place::{Place, output};

/// A row with numbers. The group is empty at the top.
#[derive(Debug, PartialEq)]
pub(crate) struct Timing {
    pub(crate) group: String,
    pub(crate) name: String,
    pub(crate) fastest_ns: f64,
    pub(crate) median_ns: f64,
}

pub(crate) fn run(place: &Place, program: &Path) -> Result<Vec<Timing>> {
    let mut command = Command::new(program);
    command.args(["--bench", "--color", "never"]);
    if place.quick {
        command.args(["--sample-count", "10", "--max-time", "0.5"]);
    }
    Ok(timings(&output(&mut command)?))
}

/// `│  ├─ t=1   202.8 µs │ 5.653 ms │ 202.9 µs │ 1.341 ms │ 5 │ 5`, after a row of the group.
fn timings(printed: &str) -> Vec<Timing> {
    let mut group = "";
    let mut timings = Vec::new();
    for line in printed.lines() {
        // From the right, because the lines of the tree are bars too.
        let mut columns = line.rsplitn(6, '│').map(str::trim).collect::<Vec<_>>().into_iter().rev();
        let (Some(first), Some(_), Some(median)) = (columns.next(), columns.next(), columns.next())
        else {
            continue;
        };
        let first = first.trim_start_matches(['│', '├', '╰', '─', ' ']);
        let (name, fastest) = first.split_once("  ").unwrap_or((first, ""));
        match (nanoseconds(fastest), nanoseconds(median)) {
            (Some(fastest_ns), Some(median_ns)) => timings.push(Timing {
                group: group.to_owned(),
                name: name.to_owned(),
                fastest_ns,
                median_ns,
            }),
            _ => group = name,
        }
    }
    timings
}

fn nanoseconds(text: &str) -> Option<f64> {
    let (number, unit) = text.trim().split_once(' ')?;
    let unit = match unit {
        "ns" => 1.0,
        "µs" => 1e3,
        "ms" => 1e6,
        "s" => 1e9,
        _ => return None,
    };
    Some(number.parse::<f64>().ok()? * unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_divan_prints() {
        let printed = "\
Timer precision: 30 ns
warm                      fastest       │ slowest       │ median        │ mean          │ samples │ iters
╰─ access                               │               │               │               │         │
   ├─ ColdStart::get                    │               │               │               │         │
   │  ├─ t=1              202.8 µs      │ 5.653 ms      │ 202.9 µs      │ 1.341 ms      │ 5       │ 5
   │  ╰─ t=16             204.2 µs      │ 259.2 µs      │ 1.5 ms        │ 221.3 µs      │ 16      │ 16
   ╰─ with max_age                      │               │               │               │         │
      ╰─ t=1              42.54 ns      │ 52.39 ns      │ 42.65 ns      │ 45.75 ns      │ 5       │ 5
";
        let timing = |group: &str, name: &str, fastest_ns, median_ns| Timing {
            group: group.to_owned(),
            name: name.to_owned(),
            fastest_ns,
            median_ns,
        };
        let expected = [
            timing("ColdStart::get", "t=1", 202_800.0, 202_900.0),
            timing("ColdStart::get", "t=16", 204_200.0, 1_500_000.0),
            timing("with max_age", "t=1", 42.54, 42.65),
        ];
        assert_eq!(timings(printed), expected);
    }
}
