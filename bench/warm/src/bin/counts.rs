//! What can be counted instead of measured.
//!
//! - `counts allocations` prints the size, allocations and bytes of each load.
//! - `counts access CASE TIMES` runs one, for a tool that counts instructions.

use bench_warm::load::{Load, SIZES};
use bench_warm::warm::Case;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["allocations"] => {
            for size in SIZES {
                let load = Load::of(size);
                // The first load fills caches.
                load.run();
                let counted = allocation_counter::measure(|| load.run());
                println!("{size} {} {}", counted.count_total, counted.bytes_total);
            }
        }
        ["access", case, times] => Case::named(case).run(times.parse().expect("a number")),
        _ => panic!("usage: counts allocations | access CASE TIMES"),
    }
}
