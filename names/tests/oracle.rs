//! `ParameterName::parse` against the same rules, written a second time and otherwise: a pattern
//! for the shape, and a count of what a pattern does not count.
//!
//! `PROPTEST_CASES=1000000 cargo test --release -p stage-config-names --test oracle -- --nocapture`
//! is the long form.

#[path = "oracle/generated.rs"]
mod generated;
#[path = "oracle/rules.rs"]
mod rules;

use std::cell::Cell;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use stage_config_names::{Name, ParameterName};

/// As many as `PROPTEST_CASES` says, each run others; without it a few, and the same each time.
fn config() -> Config {
    let usual = Config { failure_persistence: None, ..Config::default() };
    if std::env::var_os("PROPTEST_CASES").is_some() {
        return usual;
    }
    Config { cases: 6_000, rng_seed: RngSeed::Fixed(0), ..usual }
}

#[test]
fn the_code_and_the_rules_agree() {
    let (accepted, refused) = (Cell::new(0_u32), Cell::new(0_u32));
    let mut runner = TestRunner::new(config());
    let outcome = runner.run(&generated::name(), |text| {
        let parsed = ParameterName::parse(&text);
        prop_assert_eq!(parsed.is_ok(), rules::allow(&text), "the code says {:?}", parsed);
        match parsed {
            Ok(name) => {
                accepted.set(accepted.get() + 1);
                accepted_name(name)
            }
            Err(error) => {
                refused.set(refused.get() + 1);
                refused_name(&text, &error)
            }
        }
    });
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
    let (accepted, refused) = (accepted.get(), refused.get());
    let all = accepted + refused;
    println!("{all} names compared: {accepted} that both accept, {refused} that both refuse");
    assert!(accepted > all / 5 && refused > all / 5, "names of one sort show little");
}

fn accepted_name(name: ParameterName) -> Result<(), TestCaseError> {
    let bare = name.arn().is_none() && !name.as_str().starts_with('/');
    let rooted = format!("{}{name}", if bare { "/" } else { "" });
    prop_assert_eq!(Name::from(&rooted), Name::from(name.as_str()));
    let again = ParameterName::parse(&rooted);
    let again = again.map_err(|error| TestCaseError::fail(format!("{rooted}: {error}")))?;
    prop_assert_eq!(
        (again.resource(), again.selector(), again.arn()),
        (name.resource(), name.selector(), name.arn())
    );

    let resource = name.resource();
    let path = resource.strip_prefix("parameter/");
    prop_assert!(path.is_some_and(|path| !path.starts_with('/')), "{}", resource);

    // The parts are the whole.
    let selector = name.selector().map(|it| format!(":{it}")).unwrap_or_default();
    let tail = format!("{}{selector}", name.path());
    prop_assert!(name.as_str().ends_with(&tail), "{}", tail);
    prop_assert_eq!(name.as_str().len() == tail.len(), name.arn().is_none());
    Ok(())
}

fn refused_name(text: &str, error: &stage_config_names::NameError) -> Result<(), TestCaseError> {
    let at = error.at();
    prop_assert!(text.get(at.clone()).is_some(), "{:?} cuts {:?}", at, text);
    Ok(())
}
