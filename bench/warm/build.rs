//! Writes the structs of the benchmark `load`: nobody wants to read 4,000 fields.

use std::error::Error;
use std::fmt::Write;
use std::path::PathBuf;
use std::{env, fs};

const SIZES: [(&str, u32); 5] =
    [("One", 1), ("Ten", 10), ("Hundred", 100), ("Thousand", 1_000), ("FourThousand", 4_000)];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let mut code = String::new();
    for (name, size) in SIZES {
        writeln!(code, "#[derive(StageConfig)]\npub(crate) struct {name} {{")?;
        for field in 0..size {
            writeln!(
                code,
                "#[ssm(dev = \"/bench/dev/{field}\", prod = \"/bench/prod/{field}\")]\npub(crate) f{field}: String,"
            )?;
        }
        writeln!(code, "}}")?;
    }
    let file = PathBuf::from(env::var("OUT_DIR")?).join("structs.rs");
    Ok(fs::write(file, code)?)
}
