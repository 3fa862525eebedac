//! Many structs nobody would write, and what holds of each.
//!
//! `PROPTEST_CASES=100000 cargo test --release -p stage-config-macros fuzz -- --nocapture` is the
//! long form. A failure shows the smallest source that fails; `check::tokens` reads it.

mod check;
mod choices;
mod damage;
mod structs;
mod words;

use std::cell::Cell;
use std::fmt;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};

use crate::tests::SNAPSHOTS;
use check::{Outcome, check, tokens};
use choices::Choices;
use damage::Damage;

/// A derive input, as text in which [`words::INVISIBLE`] marks what no text has.
#[derive(Clone)]
struct Source(String);

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How many sources came to what.
#[derive(Default)]
struct Tally {
    expanded: Cell<u32>,
    refused: Cell<u32>,
    not_rust: Cell<u32>,
}

impl Tally {
    fn add(&self, outcome: &Outcome) {
        let cell = match outcome {
            Outcome::Expanded => &self.expanded,
            Outcome::Refused(_) => &self.refused,
            Outcome::NotRust => &self.not_rust,
        };
        cell.set(cell.get() + 1);
    }

    fn all(&self) -> u32 {
        self.expanded.get() + self.refused.get() + self.not_rust.get()
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { expanded, refused, not_rust } = self;
        write!(
            f,
            "{} token streams: {} expanded, {} refused with help, {} no item of Rust",
            self.all(),
            expanded.get(),
            refused.get(),
            not_rust.get()
        )
    }
}

/// As many as `PROPTEST_CASES` says, each run others; without it a few, and the same each time.
fn config() -> Config {
    let usual = Config { failure_persistence: None, ..Config::default() };
    if std::env::var_os("PROPTEST_CASES").is_some() {
        return usual;
    }
    Config { cases: 1_000, rng_seed: RngSeed::Fixed(0), ..usual }
}

fn fuzz(
    write: impl Fn(&mut Choices) -> String,
    wanted: impl Fn(&Outcome) -> Result<(), TestCaseError>,
) -> Tally {
    let tally = Tally::default();
    let sources = Choices::any().prop_map(|numbers| Source(write(&mut Choices::new(numbers))));
    let outcome = TestRunner::new(config()).run(&sources, |Source(text)| {
        let outcome = check(&text);
        // They are kept for as long as the thread lives.
        proc_macro2::extra::invalidate_current_thread_spans();
        let outcome = outcome?;
        tally.add(&outcome);
        wanted(&outcome)
    });
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
    println!("{tally}");
    tally
}

#[test]
fn what_the_grammar_allows_expands() {
    fuzz(structs::sound, |outcome| match outcome {
        Outcome::Expanded => Ok(()),
        Outcome::Refused(said) => Err(TestCaseError::fail(said.join("\n"))),
        Outcome::NotRust => Err(TestCaseError::fail("no item")),
    });
}

#[test]
fn one_field_that_names_other_stages_than_the_rest_is_one_mistake() {
    fuzz(structs::disagreeing, |outcome| match outcome {
        Outcome::Refused(said) if said.len() == 1 => Ok(()),
        Outcome::Refused(said) => Err(TestCaseError::fail(said.join("\n"))),
        Outcome::Expanded | Outcome::NotRust => Err(TestCaseError::fail("no mistake")),
    });
}

#[test]
fn anything_else_is_refused_in_order() {
    let tally = fuzz(damaged, |_| Ok(()));
    let (all, refused) = (tally.all(), tally.refused.get());
    assert!(refused > all / 3, "{refused} of {all}: too few reach the rules");
}

fn damaged(choices: &mut Choices) -> String {
    let item =
        if choices.one_in(2) { choices.of(&SNAPSHOTS).to_owned() } else { structs::sound(choices) };
    let mut item = tokens(&item);
    for damage in (0..=choices.below(3)).map(|_| Damage::any(choices)).collect::<Vec<_>>() {
        // Outside of attributes, it is mostly the compiler that refuses what was damaged.
        let inside = !choices.one_in(10);
        let places = damage::in_attributes(item.clone()).into_iter().enumerate();
        let places: Vec<_> = places.filter(|(_, it)| *it == inside).map(|(at, _)| at).collect();
        if !places.is_empty() {
            item = damage.to(item, choices.of(&places));
        }
    }
    damage::written(item).to_string()
}
