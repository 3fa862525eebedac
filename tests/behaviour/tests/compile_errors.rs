//! Every mistake in `ui/` is refused when it is compiled, in the words of the `.stderr` beside it.
//!
//! The compiler's own part of those words changes with its version, so they are held against one
//! only, and `tests/run` fails where it is another.
//!
//! Each mistake is marked at the end of the line where its error is to appear: `//~`, with one `~`
//! for each error. At the end, because a mark there moves no line. `planted` compares the two.

#[rustversion::attr(not(stable(1.95)), ignore = "the `.stderr` files are those of Rust 1.95")]
#[test]
fn mistakes_are_refused_in_the_words_of_the_stderr_files() {
    trybuild::TestCases::new().compile_fail("ui/*/*.rs");
}
