//! Completions, and the program as a command of cargo.

use std::process::Command;

use crate::{program, shown};

#[test]
fn as_a_command_of_cargo() {
    let program = env!("CARGO_BIN_EXE_cargo-stage-config");
    for arguments in [&["stage-config", "--version"][..], &["--version"]] {
        let output = Command::new(program).args(arguments).output().unwrap();
        let version = format!("stage-config {}\n", env!("CARGO_PKG_VERSION"));
        assert_eq!(shown(&output, None), version);
    }
}

#[test]
fn completions_know_the_commands() {
    for shell in ["bash", "zsh", "fish"] {
        let output = program().args(["completions", shell]).output().unwrap();
        assert!(shown(&output, None).contains("names-only"), "{shell}");
    }
}
