//! Builds programs of the workspace and finds them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use serde_json::Value;

/// Builds the example in the target directory of the tests, and returns its binary.
///
/// # Panics
/// If it does not build.
pub fn build(name: &str, target: &Path) -> PathBuf {
    let mut built = build_all(&["--example", name], target);
    built.remove(name).expect("cargo should name what it built")
}

/// Builds all examples in the target directory of the tests, and returns their binaries by name.
///
/// # Panics
/// If one does not build.
pub fn build_examples(target: &Path) -> BTreeMap<String, PathBuf> {
    build_all(&["--examples"], target)
}

/// The libraries that an example is linked with, by the names of their crates. They are for `rustc`.
///
/// # Panics
/// If one does not build.
pub fn build_libraries(example: &str, target: &Path) -> BTreeMap<String, PathBuf> {
    let messages = messages(&["--example", example], target);
    let libraries = messages.iter().filter_map(|message| {
        let files = message["filenames"].as_array()?.iter().filter_map(|file| file.as_str());
        let library =
            files.map(PathBuf::from).find(|file| file.extension() == Some("rlib".as_ref()));
        Some((message["target"]["name"].as_str()?.to_owned(), library?))
    });
    libraries.collect()
}

/// Builds the program `stage-config` in the target directory of the tests, once, and returns it.
///
/// # Panics
/// If it does not build.
pub fn build_program(target: &Path) -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        // With an example, the dependencies have the features that the tests need.
        let what = ["--bin", "stage-config", "--example", "quickstart"];
        build_all(&what, target).remove("stage-config").expect("cargo should name what it built")
    })
}

/// Builds these, and returns their binaries by name.
fn build_all(what: &[&str], target: &Path) -> BTreeMap<String, PathBuf> {
    let messages = messages(what, target);
    let binaries = messages.iter().filter_map(|message| {
        let executable = PathBuf::from(message["executable"].as_str()?);
        Some((message["target"]["name"].as_str()?.to_owned(), executable))
    });
    binaries.collect()
}

/// Builds these, and returns what cargo says of everything that they consist of.
///
/// It builds for the whole workspace, so that the dependencies have the same features as for the
/// tests and nothing is built twice.
///
/// # Panics
/// If it does not build; cargo prints the reason to standard error.
fn messages(what: &[&str], target: &Path) -> Vec<Value> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .args(["build", "--message-format=json-render-diagnostics"])
        .args(what)
        .arg("--target-dir")
        .arg(target)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
        .stdin(Stdio::null())
        .stderr(Stdio::inherit());
    // cargo sets variables about the package of a test. With them, build scripts (that of ring, for
    // one) would run again, and the SDK would be built again.
    for (variable, _) in std::env::vars_os() {
        let name = variable.to_string_lossy();
        let prefixes =
            ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_CRATE_", "CARGO_BIN_", "CARGO_PRIMARY_"];
        if name == "OUT_DIR" || prefixes.iter().any(|prefix| name.starts_with(prefix)) {
            cargo.env_remove(&variable);
        }
    }
    let output = cargo.output().expect("cargo should start");
    assert!(output.status.success(), "{what:?} do not build");

    let said = String::from_utf8(output.stdout).expect("cargo prints UTF-8");
    said.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}
