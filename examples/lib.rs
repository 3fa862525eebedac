//! Each file beside this one is a program: `cargo run --example quickstart`.
