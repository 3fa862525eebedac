//! Every mistake in `ui/` is refused when it is compiled, as the `.stderr` beside it shows.
//!
//! What the compiler itself says changes with its version, so this runs on one version only, and
//! `tests/run` fails on another.
//!
//! Each mistake is marked at the end of the line where its error appears: `//~`, with one `~` for each
//! error. At the end, because a mark there moves no line. `planted` in `macros` checks that the derive
//! reports on these lines only, and that each help repairs its mistake.

#[rustversion::attr(not(stable(1.95)), ignore = "the `.stderr` files are those of Rust 1.95")]
#[test]
fn mistakes_are_refused_in_the_words_of_the_stderr_files() {
    trybuild::TestCases::new().compile_fail("ui/*/*.rs");
}
