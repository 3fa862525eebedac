//! The pages that show the results.

use std::fmt::{self, Display, Write};
use std::fs;

use crate::Result;
use crate::clean_build::{self, Builds};
use crate::cold_start::{self, ColdStarts};
use crate::compile_time::{self, CompileTimes};
use crate::herd::{self, Herds};
use crate::load::{self, Loads};
use crate::machine::Machine;
use crate::place::Place;
use crate::plot::{self, Bar, Bars, Line};
use crate::results::{self, Results};
use crate::stats::Summary;
use crate::table::{Table, digits};
use crate::warm::{self, Warm};

const START: &str = "<!-- bench: start -->\n";
const END: &str = "<!-- bench: end -->\n";

/// Shows all results that are there: on standard output, in the folder of the results and, unless
/// they are rough, in the README of the project.
pub(crate) fn write(place: &Place) -> Result<()> {
    let cold_start = results::read(place, cold_start::PART)?;
    let herd = results::read(place, herd::PART)?;
    let mut page = Page::default();
    page.add("Cold start", cold_start.as_ref(), |results| cold_starts(place, results))?;
    let warm = results::read(place, warm::PART)?;
    page.add("Warm access", warm.as_ref(), |results| Ok(accesses(results)))?;
    let load = results::read(place, load::PART)?;
    page.add("Load from `Fixed`", load.as_ref(), |results| Ok(loads(results)))?;
    page.add("Herd", herd.as_ref(), |results| herds(place, results))?;
    let compile_time = results::read(place, compile_time::PART)?;
    page.add("Compile time", compile_time.as_ref(), |results| compile_times(place, results))?;
    let build = results::read(place, clean_build::PART)?;
    page.add("Clean build", build.as_ref(), builds)?;
    let page = page.to_string();
    print!("{page}");
    fs::write(place.results.join("README.md"), page)?;
    if !place.quick
        && let (Some(cold_start), Some(herd)) = (cold_start, herd)
    {
        let file = place.bench.join("../README.md");
        let readme = fs::read_to_string(&file)?;
        fs::write(&file, replaced(&readme, &summary(&cold_start, &herd)).ok_or("no markers")?)?;
    }
    Ok(())
}

/// The page with all results.
#[derive(Default)]
struct Page {
    parts: String,
    /// With the titles of the parts that were measured on each.
    machines: Vec<(Machine, Vec<String>)>,
}

impl Page {
    /// Adds a part, if it was measured.
    fn add<T>(
        &mut self,
        title: &str,
        results: Option<&Results<T>>,
        section: impl FnOnce(&T) -> Result<String>,
    ) -> Result<()> {
        let Some(Results { machine, measured }) = results else { return Ok(()) };
        write!(self.parts, "\n## {title}\n\n{}", section(measured)?)?;
        match self.machines.iter_mut().find(|(known, _)| known == machine) {
            Some((_, parts)) => parts.push(title.to_owned()),
            None => self.machines.push((machine.clone(), vec![title.to_owned()])),
        }
        Ok(())
    }
}

impl Display for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { parts, machines } = self;
        write!(
            f,
            "# Results\n\n`bench/run` writes this page. [How to read it](../README.md).\n{parts}"
        )?;
        write!(f, "\n## Machine and versions\n")?;
        for (machine, parts) in machines {
            let Machine { cpu, cores, memory_gib, kernel, date, versions } = machine;
            let versions: Vec<_> =
                versions.iter().map(|(name, version)| format!("{name} {version}")).collect();
            writeln!(
                f,
                "\n{}: {cpu}, {cores} cores, {memory_gib} GiB, {kernel}, {date}. {}.",
                parts.join(", "),
                versions.join(", ")
            )?;
        }
        Ok(())
    }
}

/// A text with a new section between the markers.
fn replaced(text: &str, section: &str) -> Option<String> {
    let (before, rest) = text.split_once(START)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{START}{section}{END}{after}"))
}

/// The section of the project's README.
fn summary(cold_start: &Results<ColdStarts>, herd: &Results<Herds>) -> String {
    let mut table =
        Table::new(["program", "CPU ms", "wall ms", "peak MiB", "requests", "MiB on disk"]);
    for row in &cold_start.measured.rows {
        table.row([
            row.title.clone(),
            digits(row.cpu_ms.median),
            digits(row.wall_ms.median),
            digits(row.memory_mib),
            row.requests.to_string(),
            on_disk(row),
        ]);
    }
    let Machine { cpu, cores, date, .. } = &cold_start.machine;
    format!(
        "A cold start that reads twelve parameters, from the start of the process to its exit: TLS, \
         10 ms for each request, and 1 ms for each round trip. Medians of {} runs on {cores} cores \
         ({cpu}), {date}:\n\n\
         ![CPU time of each program](bench/results/cold-start.svg)\n\n{table}\n\
         A thousand functions that start within a second, in an account with the default limit of 40 \
         requests per second:\n\n\
         ![Ready functions over time](bench/results/herd.svg)\n\n{}\n\
         `bench/run` repeats all of it. [The results](bench/results/README.md) have the spread, the \
         versions, warm access, compile times and build times; [bench](bench/README.md) says how they \
         are measured, and what is not.\n",
        cold_start.measured.rounds,
        herd_table(&herd.measured.herds)
    )
}

fn cold_starts(place: &Place, measured: &ColdStarts) -> Result<String> {
    let ColdStarts { rounds, rows } = measured;
    let mut table = Table::new([
        "program",
        "CPU ms",
        "min",
        "middle half",
        "wall ms",
        "min",
        "middle half",
        "peak MiB",
        "connections",
        "requests",
        "MiB on disk",
    ]);
    for row in rows {
        let [cpu, wall] = [row.cpu_ms, row.wall_ms];
        table.row([
            row.title.clone(),
            digits(cpu.median),
            digits(cpu.min),
            middle(cpu),
            digits(wall.median),
            digits(wall.min),
            middle(wall),
            digits(row.memory_mib),
            row.connections.to_string(),
            row.requests.to_string(),
            on_disk(row),
        ]);
    }
    let bars = |keep: fn(&cold_start::Row) -> bool| {
        let kept = rows.iter().filter(|row| keep(row)).map(|row| Bar {
            label: plain(&row.title),
            value: row.cpu_ms.median,
            is_ours: is_ours(&row.title),
        });
        kept.collect()
    };
    plot::bars(
        &place.results.join("cold-start.svg"),
        "ms",
        &[
            Bars { title: "CPU time of a cold start, in Rust", bars: bars(|row| row.is_rust) },
            Bars {
                title: "The same beside other languages",
                bars: bars(|row| !row.is_rust || row.id == "ours" || row.id == "in-tens"),
            },
        ],
    )?;
    Ok(format!(
        "Twelve parameters, from the start of the process to its exit; medians of \
         {rounds} runs.\n\n{table}\n![CPU time of each program](cold-start.svg)\n"
    ))
}

fn on_disk(row: &cold_start::Row) -> String {
    row.artifact_mib.map_or_else(|| "–".to_owned(), digits)
}

fn middle(summary: Summary) -> String {
    let [low, high] = summary.quartiles.map(digits);
    format!("{low} – {high}")
}

fn accesses(measured: &Warm) -> String {
    let mut table =
        Table::new(["access", "instructions", "ns, 1 thread", "2 threads", "16 threads"]);
    for row in &measured.rows {
        let time = |threads: &str| {
            let found = row.threads.iter().find(|row| row.count == threads);
            found.map_or_else(String::new, |row| {
                format!("{} ({})", digits(row.median_ns), digits(row.min_ns))
            })
        };
        let instructions = row.instructions.map_or_else(|| "–".to_owned(), digits);
        table.row([format!("`{}`", row.title), instructions, time("1"), time("2"), time("16")]);
    }
    let without = if measured.valgrind {
        ""
    } else {
        "\nvalgrind was not installed, so no instructions were counted.\n"
    };
    format!(
        "The time of one access that one thread sees, while all threads access the \
         same value; medians (and minima).\n\n{table}{without}"
    )
}

fn loads(measured: &Loads) -> String {
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

fn herds(place: &Place, measured: &Herds) -> Result<String> {
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
            Line { title: plain(&herd.title), points, is_ours: is_ours(&herd.title) }
        })
        .collect();
    plot::lines(
        &place.results.join("herd.svg"),
        "A thousand functions start within a second",
        ["seconds", "functions that are ready"],
        &lines,
    )?;
    Ok(format!(
        "A thousand functions that start within a second and read twelve parameters each. \
         The account allows 40 requests per second. The time is simulated, the retries are real.\n\n\
         {}\n![Ready functions over time](herd.svg)\n",
        herd_table(herds)
    ))
}

fn herd_table(herds: &[herd::Herd]) -> Table {
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

fn compile_times(place: &Place, measured: &CompileTimes) -> Result<String> {
    let rows = &measured.rows;
    let mut page = "One struct; CPU time of its rustc, and its peak of memory. \
                    A dash is a build that did not end.\n"
        .to_owned();
    let mut libraries: Vec<&str> = rows.iter().map(|row| row.library.as_str()).collect();
    // They stay in the order in which they were measured.
    let mut seen = Vec::new();
    libraries.retain(|library| {
        !seen.contains(library) && {
            seen.push(*library);
            true
        }
    });
    let mut profiles: Vec<&str> = rows.iter().map(|row| row.profile.as_str()).collect();
    profiles.sort_unstable();
    profiles.dedup();
    for profile in profiles {
        let of = |library: &str| {
            let rows = rows.iter().filter(|row| row.profile == profile && row.library == library);
            rows.collect::<Vec<_>>()
        };
        let mut table = Table::new(["library", "fields", "seconds", "MiB"]);
        for row in libraries.iter().flat_map(|library| of(library)) {
            let seconds = row.seconds.map_or_else(|| "–".to_owned(), digits);
            let mib = row.mib.map_or_else(|| "–".to_owned(), digits);
            table.row([row.library.clone(), row.fields.to_string(), seconds, mib]);
        }
        let lines: Vec<_> = libraries
            .iter()
            .map(|library| {
                let points = of(library).into_iter();
                let points =
                    points.filter_map(|row| Some((f64::from(row.fields), row.seconds?))).collect();
                Line { title: (*library).to_owned(), points, is_ours: is_ours(library) }
            })
            .collect();
        let file = format!("compile-time-{profile}.svg");
        plot::lines(
            &place.results.join(&file),
            &format!("Compile time of a struct, {profile}"),
            ["fields", "s of CPU time"],
            &lines,
        )?;
        write!(page, "\n### {profile}\n\n{table}\n![Compile time over fields]({file})\n")?;
    }
    Ok(page)
}

fn builds(measured: &Builds) -> Result<String> {
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

fn is_ours(title: &str) -> bool {
    plain(title).starts_with("stage-config")
}

/// Without Markdown.
fn plain(title: &str) -> String {
    title.replace(['*', '`'], "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_section() {
        let old = format!("# Title\n{START}old\n{END}# Next\n");
        let new = format!("# Title\n{START}new\n{END}# Next\n");
        assert_eq!(replaced(&old, "new\n"), Some(new));
        assert_eq!(replaced("# Title\n", "new\n"), None);
    }
}
