//! The time of a load from `Fixed`.

use bench_warm::load::{Load, SIZES};
use divan::Bencher;

fn main() {
    divan::main();
}

#[divan::bench(args = SIZES)]
fn load(bencher: Bencher, size: usize) {
    let load = Load::of(size);
    bencher.bench_local(|| load.run());
}
