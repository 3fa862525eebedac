//! The time of 100,000 accesses, on several threads at once.

use bench_warm::warm::{CASES, Case};
use divan::Bencher;

/// The time of one is too short to measure, and threads that end early do not meet the others.
const TIMES: usize = 100_000;

fn main() {
    divan::main();
}

#[divan::bench(args = CASES, threads = [1, 2, 16])]
fn access(bencher: Bencher, name: &str) {
    let case = Case::named(name);
    bencher.bench(|| case.run(TIMES));
}
