//! `StageRules::choose` against the same rules, written a second time and otherwise: patterns, and every
//! edit there is instead of a distance.
//!
//! `PROPTEST_CASES=1000000 cargo test --release -p stage-config-names --test stage_oracle` is the
//! long form.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use regex::Regex;
use stage_config_names::{StageRules, Why};

/// What becomes of a deployment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    Exact(&'static str),
    Unset(&'static str),
    FallsBack(&'static str),
    /// Without a fallback.
    Refused,
    /// Whether it is a near miss that an alias or an option makes good.
    Suspicious(bool),
}

fn stages() -> [StageRules; 9] {
    let rules = |declared, fallback| {
        let mut rules = StageRules::new(declared);
        rules.fallback = fallback;
        rules
    };
    let default = rules(&["dev", "prod"], Some("dev"));
    let (mut allowing, mut aliased) = (default, default);
    allowing.allow_near_misses = true;
    aliased.aliases = &[("development", "dev"), ("production", "prod"), ("Live", "prod")];
    [
        default,
        allowing,
        rules(default.declared, None),
        rules(default.declared, Some("prod")),
        aliased,
        rules(&["dev", "test", "staging", "QA"], Some("dev")),
        rules(&["dev", "pre-prod", "prod-eu", "live"], Some("dev")),
        rules(&["staging", "Größe"], Some("staging")),
        rules(&[], None),
    ]
}

fn expected(stages: &StageRules, deployed: &str) -> Fate {
    let own = stages.declared.iter().map(|stage| (*stage, *stage));
    let names: BTreeMap<_, _> = own.chain(stages.aliases.iter().copied()).collect();
    let lower = deployed.trim().to_lowercase();
    if !deployed.is_empty() && lower.is_empty() {
        return Fate::Suspicious(false);
    }
    if names.is_empty() {
        return Fate::Exact("");
    }
    if deployed.is_empty() {
        return stages.fallback.map_or(Fate::Refused, Fate::Unset);
    }
    if let Some(stage) = names.get(deployed) {
        return Fate::Exact(stage);
    }
    if names.keys().any(|name| name.to_lowercase() == lower) {
        return Fate::Suspicious(false);
    }
    let is_slip = names.iter().any(|(name, stage)| {
        let name = name.to_lowercase();
        name.chars().count() >= 4
            && Some(*stage) != stages.fallback
            && edits(&name).contains(&lower)
    });
    if !stages.allow_near_misses && (is_slip || is_productions(&lower)) {
        return Fate::Suspicious(true);
    }
    stages.fallback.map_or(Fate::Refused, Fate::FallsBack)
}

/// All that one edit makes of a word, with any of the characters that the test uses.
fn edits(word: &str) -> BTreeSet<String> {
    let chars: Vec<_> = word.chars().collect();
    let mut edits = BTreeSet::new();
    for at in 0..=chars.len() {
        let (before, after) = chars.split_at(at);
        let join =
            |middle: &[char], rest: &[char]| [before, middle, rest].concat().iter().collect();
        if let [first, rest @ ..] = after {
            edits.insert(join(&[], rest));
            if let [second, rest @ ..] = rest {
                edits.insert(join(&[*second, *first], rest));
            }
        }
        for new in LETTERS.chars() {
            edits.insert(join(&[new], after));
            if let [_, rest @ ..] = after {
                edits.insert(join(&[new], rest));
            }
        }
    }
    edits.remove(word);
    edits
}

fn is_productions(lower: &str) -> bool {
    const WORD: &str = "(prod|prd|production)[0-9]*";
    static FIRST: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(&format!("^[-_.]*{WORD}([-_.].*)?$")).unwrap());
    static LAST: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(&format!("^(.*[-_.])?{WORD}[-_.]*$")).unwrap());
    static EXEMPT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(&format!("(^|[-_.])(non|no|not|pre)[-_.]+{WORD}[-_.]*$")).unwrap()
    });
    lower == "live" || FIRST.is_match(lower) || LAST.is_match(lower) && !EXEMPT.is_match(lower)
}

/// All characters of `text`, in lower case.
const LETTERS: &str = "abcdefghijklmnopqrstuvwxyzößä0123456789-_./ ";

fn text() -> impl Strategy<Value = String> {
    let piece = select(vec![
        "prod",
        "prd",
        "production",
        "PROD",
        "live",
        "non",
        "no",
        "not",
        "pre",
        "dev",
        "eu",
        "fix",
        "staging",
        "test",
        "größe",
        "-",
        "_",
        ".",
        "--",
        "/",
        " ",
        "2",
        "17",
        "x",
        "",
    ]);
    let pieces = vec(piece, 0..6).prop_map(|pieces| pieces.concat());
    // Names as they are deployed, with an edit or two.
    let names = select(vec![
        "dev",
        "prod",
        "development",
        "production",
        "live",
        "test",
        "staging",
        "qa",
        "pre-prod",
        "prod-eu",
        "größe",
        "Prod",
    ]);
    let edit = (any::<prop::sample::Index>(), select(LETTERS.chars().collect::<Vec<_>>()), 0..5_u8);
    let edited = (names, vec(edit, 0..3)).prop_map(|(name, edits)| {
        let mut chars: Vec<_> = name.chars().collect();
        for (at, new, how) in edits {
            let at = at.index(chars.len() + 1);
            let next = (at + 1) % chars.len().max(1);
            match how {
                0 => chars.insert(at, new),
                _ if at == chars.len() => {}
                1 => drop(chars.remove(at)),
                2 => chars[at] = new,
                3 => chars[at] = chars[at].to_uppercase().next().unwrap(),
                _ => chars.swap(at, next),
            }
        }
        chars.into_iter().collect()
    });
    prop_oneof![pieces, edited]
}

fn config() -> Config {
    let usual = Config { failure_persistence: None, ..Config::default() };
    if std::env::var_os("PROPTEST_CASES").is_some() {
        return usual;
    }
    Config { cases: 6_000, rng_seed: RngSeed::Fixed(0), ..usual }
}

#[test]
fn the_code_and_the_rules_agree() {
    let fates = RefCell::new(BTreeMap::<_, u32>::new());
    let outcome = TestRunner::new(config()).run(
        &(select(stages().to_vec()), text()),
        |(stages, deployed)| {
            let fate = match stages.choose(Some(&deployed)) {
                Ok(choice) => {
                    prop_assert_eq!(choice.deployed, Some(&*deployed).filter(|it| !it.is_empty()));
                    let declared = choice.declared.unwrap_or_default();
                    match choice.why {
                        Why::Exact => Fate::Exact(declared),
                        Why::Unset => Fate::Unset(declared),
                        _ => Fate::FallsBack(declared),
                    }
                }
                Err(refusal) => {
                    let said = refusal.to_string();
                    for stage in stages.declared {
                        prop_assert!(
                            said.contains(&format!("`{stage}`")),
                            "{} is not in {}",
                            stage,
                            said
                        );
                    }
                    if let Some(meant) = refusal.suggestion() {
                        prop_assert!(stages.choose(Some(meant)).is_ok());
                    }
                    let is_rule_4 = expected(&stages, &deployed) == Fate::Refused;
                    prop_assert!(!(is_rule_4 && refusal.is_near_miss()), "{}", said);
                    if is_rule_4 { Fate::Refused } else { Fate::Suspicious(refusal.is_near_miss()) }
                }
            };
            *fates.borrow_mut().entry(fate).or_default() += 1;
            prop_assert_eq!(fate, expected(&stages, &deployed), "{:?} of {:?}", deployed, stages);
            Ok(())
        },
    );
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
    let fates = fates.into_inner();
    println!("{fates:?}");
    assert!(fates[&Fate::Suspicious(true)] > 500 && fates[&Fate::FallsBack("dev")] > 500);
}
