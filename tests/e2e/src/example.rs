//! A program of `examples/`, built and found.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Builds the example beside the tests, in `target`, and returns its binary.
///
/// Called for the whole workspace, so that the dependencies have the features they were built with
/// for the tests and nothing is built twice.
///
/// # Panics
///
/// When it does not build; what cargo says of it is on standard error.
pub fn build(name: &str, target: &Path) -> PathBuf {
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .args(["build", "--example", name, "--message-format=json-render-diagnostics"])
        .arg("--target-dir")
        .arg(target)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
        .stdin(Stdio::null())
        .stderr(Stdio::inherit());
    // What cargo tells a test of its package would tell build scripts that they are out of date
    // (that of ring does listen), and with them the SDK.
    for (variable, _) in std::env::vars_os() {
        let name = variable.to_string_lossy();
        if ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_CRATE_", "CARGO_BIN_", "CARGO_PRIMARY_"]
            .iter()
            .any(|prefix| name.starts_with(prefix))
        {
            cargo.env_remove(&variable);
        }
    }
    let output = cargo.output().expect("cargo should start");
    assert!(output.status.success(), "the example `{name}` does not build");

    String::from_utf8(output.stdout)
        .expect("cargo prints UTF-8")
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter(|message| {
            message["reason"] == "compiler-artifact"
                && message["target"]["name"] == name
                && message["target"]["kind"][0] == "example"
        })
        .find_map(|message| message["executable"].as_str().map(PathBuf::from))
        .expect("cargo should name what it built")
}
