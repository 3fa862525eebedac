//! Random structs, valid and damaged, and what holds for each.
//!
//! `PROPTEST_CASES=100000 cargo test --release -p stage-config-macros fuzz` tries more of them. A
//! failure shows the smallest source that fails; `check::tokens` reads it.

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

/// A derive input, as text in which [`words::INVISIBLE`] marks groups without delimiters.
#[derive(Clone)]
struct Source(String);

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// `PROPTEST_CASES` random sources, or else a few, which are the same in each run.
fn config() -> Config {
    let usual = Config { failure_persistence: None, ..Config::default() };
    if std::env::var_os("PROPTEST_CASES").is_some() {
        return usual;
    }
    Config { cases: 1_000, rng_seed: RngSeed::Fixed(0), ..usual }
}

fn fuzz(
    write: impl Fn(&mut Choices) -> String,
    is_expected: impl Fn(&Outcome) -> Result<(), TestCaseError>,
) {
    let sources = Choices::any().prop_map(|numbers| Source(write(&mut Choices::new(numbers))));
    let outcome = TestRunner::new(config()).run(&sources, |Source(text)| {
        let outcome = check(&text);
        // They are kept for as long as the thread lives.
        proc_macro2::extra::invalidate_current_thread_spans();
        is_expected(&outcome?)
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}

#[test]
fn valid_structs_expand() {
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
fn damaged_structs_expand_or_are_refused_with_a_help() {
    let refused = Cell::new(0);
    fuzz(damaged, |outcome| {
        refused.set(refused.get() + usize::from(matches!(outcome, Outcome::Refused(_))));
        Ok(())
    });
    assert!(refused.get() > 300, "{} are too few", refused.get());
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
