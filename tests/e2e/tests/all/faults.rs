//! The fault matrix: everything that goes wrong, at each load, in each size.
//!
//! A cell is a fault, a configuration and a load. The load gives the right values, or an error that
//! names the parameters, or the old values with a warning, as the fault is expected to end. It never
//! gives a wrong value, one of another stage, or part of a path; it does not panic, shows no value,
//! and ends no later than 400 ms after its limit. The next load without the fault works.
//!
//! | module | content |
//! |---|---|
//! | `cases` | the faults, and how each ends |
//! | `shapes` | the configurations: 1, 10 and 25 names, and a path of 25 |
//! | `cell` | one fault, one configuration, one load |
//!
//! `FAULTS_SEED` chooses the tenth of the cells that an ordinary run tries, and `FAULTS_NAMED` the
//! faults whose name contains this text.

pub(crate) mod cases;
pub(crate) mod cell;
pub(crate) mod shapes;

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use cases::{CASES, Case, Class};
use cell::{Load, try_cell};
use shapes::Size;

/// As many as the loader keeps connections for.
const THREADS: usize = 4;

type Cell = (&'static Case, Size, Load);

fn all_cells() -> Vec<Cell> {
    let named = std::env::var("FAULTS_NAMED").unwrap_or_default();
    let of =
        |case| Size::ALL.into_iter().flat_map(move |it| Load::ALL.map(|load| (case, it, load)));
    CASES.iter().filter(|case| case.name.contains(&named)).flat_map(of).collect()
}

/// Tries the cells side by side; panics with a line for each one that ends in another way.
#[track_caller]
fn try_all(cells: &[Cell]) {
    assert!(!cells.is_empty(), "no fault has this name");
    let (next, wrong) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                while let Some(&(case, size, load)) =
                    cells.get(next.fetch_add(1, Ordering::Relaxed))
                {
                    if let Err(why) = try_cell(case, size, load) {
                        let line = format!("{} × {size:?} × {load:?}: {why}", case.name);
                        wrong.lock().unwrap().push(line);
                    }
                }
            });
        }
    });
    let wrong = wrong.into_inner().unwrap();
    println!("{} cells, {} as expected", cells.len(), cells.len() - wrong.len());
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cells.len(), wrong.join("\n"));
}

#[test]
fn a_tenth_of_the_matrix() {
    let seed = match std::env::var("FAULTS_SEED") {
        Ok(seed) => seed.parse().expect("`FAULTS_SEED` is a number"),
        Err(_) => fastrand::u64(..),
    };
    println!("FAULTS_SEED={seed}");
    let mut cells = all_cells();
    fastrand::Rng::with_seed(seed).shuffle(&mut cells);
    cells.truncate(cells.len().div_ceil(10));
    try_all(&cells);
}

#[test]
#[ignore = "it takes minutes; CONTRIBUTING.md has the command"]
fn the_whole_matrix() {
    let mut names: Vec<_> = CASES.iter().map(|case| case.name).collect();
    names.sort_unstable();
    names.dedup();
    assert!(names.len() == CASES.len() && names.len() >= 90, "{} faults", names.len());
    for class in Class::ALL {
        assert!(CASES.iter().any(|case| case.class == class), "{class:?}");
    }
    try_all(&all_cells());
}
