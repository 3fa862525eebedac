//! The files beside `src` are programs: `cargo run --example quickstart`.
