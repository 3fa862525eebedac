//! Every mistake in `ui/` is refused when it is compiled, as the `.stderr` beside it shows.
//!
//! What the compiler itself says changes with its version, so this runs on one version only, and
//! `tests/run` fails on another.
//!
//! Each mistake is marked at the end of the line where its error appears: `//~`, with one `~` for each
//! error. At the end, because a mark there moves no line. `planted` in `macros` checks that the derive
//! reports on these lines only, and that each help repairs its mistake.

use std::fs;
use std::path::Path;

#[rustversion::attr(not(stable(1.95)), ignore = "the `.stderr` files are those of Rust 1.95")]
#[test]
fn mistakes_are_refused_in_the_words_of_the_stderr_files() {
    copy_snapshots();
    trybuild::TestCases::new().compile_fail("ui/*/*.rs");
}

/// The folders are beside the `Cargo.toml` of the crate that is compiled, which is one of trybuild.
fn copy_snapshots() {
    let manifest = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("../tests/trybuild")
        .join(env!("CARGO_PKG_NAME"));
    let folders = fs::read_dir("ui/snapshot").unwrap().map(|it| it.unwrap().path());
    for folder in folders.filter(|it| it.is_dir()) {
        let copy = manifest.join(folder.file_name().unwrap());
        fs::create_dir_all(&copy).unwrap();
        for file in fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()) {
            fs::copy(&file, copy.join(file.file_name().unwrap())).unwrap();
        }
    }
}
