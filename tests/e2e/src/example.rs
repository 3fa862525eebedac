//! Builds a program of the workspace and finds it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Builds the example in the target directory of the tests, and returns its binary.
///
/// # Panics
/// If it does not build.
pub fn build(name: &str, target: &Path) -> PathBuf {
    build_all(&["--example", name], name, target)
}

/// Builds the program `stage-config` in the target directory of the tests, and returns it.
///
/// # Panics
/// If it does not build.
pub fn build_program(target: &Path) -> PathBuf {
    // With an example, the dependencies have the features that the tests need.
    build_all(&["--bin", "stage-config", "--example", "quickstart"], "stage-config", target)
}

/// Builds these, and returns the one of this name.
///
/// It builds for the whole workspace, so that the dependencies have the same features as for the
/// tests and nothing is built twice.
///
/// # Panics
/// If it does not build; cargo prints the reason to standard error.
fn build_all(what: &[&str], name: &str, target: &Path) -> PathBuf {
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
        if ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_CRATE_", "CARGO_BIN_", "CARGO_PRIMARY_"]
            .iter()
            .any(|prefix| name.starts_with(prefix))
        {
            cargo.env_remove(&variable);
        }
    }
    let output = cargo.output().expect("cargo should start");
    assert!(output.status.success(), "`{name}` does not build");

    String::from_utf8(output.stdout)
        .expect("cargo prints UTF-8")
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter(|message| {
            message["reason"] == "compiler-artifact" && message["target"]["name"] == name
        })
        .find_map(|message| message["executable"].as_str().map(PathBuf::from))
        .expect("cargo should name what it built")
}
