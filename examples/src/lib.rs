//! What stands in for AWS, so that the programs beside `src` run without an account:
//! `cargo run --example lambda`.

pub mod extension;
pub mod lambda;
