//! Copies the examples without the documentation of their files, which `include!` does not accept. The
//! tests of policies load their structs.

use std::path::Path;
use std::{env, fs};

fn main() {
    let examples = Path::new("../../examples");
    println!("cargo::rerun-if-changed={}", examples.display());
    let out = env::var_os("OUT_DIR").expect("cargo sets it");
    for entry in fs::read_dir(examples).expect("there are examples") {
        let path = entry.expect("the folder can be read").path();
        let Some(name) = path.file_name().filter(|_| path.is_file()) else { continue };
        let text = fs::read_to_string(&path).expect("an example is text");
        let items = text.lines().skip_while(|line| line.starts_with("//!"));
        fs::write(Path::new(&out).join(name), items.collect::<Vec<_>>().join("\n"))
            .expect("the folder can be written");
    }
}
