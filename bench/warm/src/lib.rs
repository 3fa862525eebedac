//! What the benchmarks `warm` and `load` measure.

pub mod load;
pub mod warm;
