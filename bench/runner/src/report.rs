//! The pages that show the results.

use std::fmt::{self, Display, Write};
use std::fs;

use crate::Result;
use crate::clean_build;
use crate::cold_start::{self, ColdStarts};
use crate::compile_time;
use crate::herd::{self, Herds};
use crate::load;
use crate::machine::Machine;
use crate::place::Place;
use crate::results::{self, Results};
use crate::table::{Table, digits};
use crate::warm;

const START: &str = "<!-- bench: start -->\n";
const END: &str = "<!-- bench: end -->\n";

/// Shows all results that are there: on standard output, in the folder of the results and, unless
/// they are rough, in the README of the project.
pub(crate) fn write(place: &Place) -> Result<()> {
    let cold_start = results::read(place, cold_start::PART)?;
    let herd = results::read(place, herd::PART)?;
    let mut page = Page::default();
    page.add("Cold start", cold_start.as_ref(), |results| cold_start::section(place, results))?;
    let warm = results::read(place, warm::PART)?;
    page.add("Warm access", warm.as_ref(), |results| Ok(warm::section(results)))?;
    let load = results::read(place, load::PART)?;
    page.add("Load from `Fixed`", load.as_ref(), |results| Ok(load::section(results)))?;
    page.add("Herd", herd.as_ref(), |results| herd::section(place, results))?;
    let compile_time = results::read(place, compile_time::PART)?;
    page.add("Compile time", compile_time.as_ref(), |results| {
        compile_time::section(place, results)
    })?;
    let build = results::read(place, clean_build::PART)?;
    page.add("Clean build", build.as_ref(), clean_build::section)?;
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
            cold_start::on_disk(row),
        ]);
    }
    let Machine { cpu, cores, date, .. } = &cold_start.machine;
    format!(
        "A cold start that reads twelve parameters, from the start of the process to its exit: TLS, \
         10 ms for each request, and 1 ms for each round trip. Medians of {} runs on {cores} cores \
         ({cpu}), {date}:\n\n\
         ![CPU time of each program](bench/results/cold-start.svg)\n\n{table}\n\
         A thousand functions that start within a second, in an account with the default limit of 40 \
         requests per second. Their 2,000 requests take 50 s, so the default timeout of 8 s, which \
         fits into Lambda's init phase, is too short for most of them:\n\n\
         ![Ready functions over time](bench/results/herd.svg)\n\n{}\n\
         `bench/run` repeats all of it. [The results](bench/results/README.md) have the spread, the \
         versions, warm access, compile times and build times; [bench](bench/README.md) says how they \
         are measured, and what is not.\n",
        cold_start.measured.rounds,
        herd::table(&herd.measured.herds)
    )
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
