//! Compares the public API of each library with its `public-api.txt`, so that a change of the API
//! is a diff. `UPDATE_EXPECT=1` writes the files anew.

use std::path::{Path, PathBuf};
use std::process::Command;

use expect_test::expect_file;
use public_api::Builder;

#[test]
#[ignore = "it documents the workspace, which takes long; `tests/run` runs it"]
fn the_public_api_is_the_one_that_is_written_down() {
    let target = document();
    for (library, folder) in [
        ("stage_config", "runtime"),
        ("stage_config_names", "names"),
        ("stage_config_local", "local"),
    ] {
        let api = Builder::from_rustdoc_json(target.join(format!("doc/{library}.json")))
            .omit_blanket_impls(true)
            .omit_auto_trait_impls(true)
            .omit_auto_derived_impls(true)
            .build()
            .unwrap();
        expect_file![root().join(folder).join("public-api.txt")].assert_eq(&api.to_string());
    }
}

/// Documents the workspace as JSON; returns the target directory.
///
/// It documents the whole workspace with an example, as `tests/run` does, because cargo would compile
/// the dependencies anew for other features.
fn document() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR");
    let target = target.map_or_else(|| root().join("target"), PathBuf::from);
    let status = Command::new(env!("CARGO"))
        .args(["doc", "--locked", "--workspace", "--no-deps", "--lib", "--example", "quickstart"])
        .arg("--target-dir")
        .arg(&target)
        .current_dir(root())
        .env("RUSTDOC", root().join("tests/public-api/rustdoc"))
        .env("RUSTDOCFLAGS", "-Z unstable-options --output-format json --cap-lints allow")
        .status()
        .unwrap();
    assert!(status.success(), "the workspace cannot be documented");
    target
}

/// From the environment, because two checkouts that share a target directory share this program.
fn root() -> PathBuf {
    let package = std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo runs this test");
    Path::new(&package).join("../..")
}
