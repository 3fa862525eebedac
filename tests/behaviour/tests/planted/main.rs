//! The mistakes planted in `ui/`, one by one: each is one error at the marked place, with a help
//! that repairs it when it is followed to the letter.
//!
//! `compile_errors` compares the `.stderr` files with the compiler. Here they are read.

mod compose;
mod fix;
mod lists;
mod page;
mod report;
mod source;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::Path;

use compose::Composed;
use lists::{BEFORE_ANOTHER, BROKEN_FIXES, FOR_A_HUMAN, NO_CODE_OF_THE_COMPILER, REPAIRED};
use report::{Help, Said, codes, errors};
use source::Source;

/// All files of planted mistakes, with their errors.
fn planted() -> Vec<(Source, Vec<Said>)> {
    let mut files = Vec::new();
    for theme in fs::read_dir("ui").unwrap() {
        for file in fs::read_dir(theme.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|it| it == "rs") {
                let name = path.strip_prefix("ui").unwrap().with_extension("");
                let text = fs::read_to_string(&path).unwrap();
                let stderr = fs::read_to_string(path.with_extension("stderr")).unwrap();
                files.push((Source::read(name.to_str().unwrap().into(), text), errors(&stderr)));
            }
        }
    }
    files.sort_by(|(a, _), (b, _)| a.name.cmp(&b.name));
    files
}

/// Prints a count where it is seen, though the test passes.
#[expect(clippy::explicit_write, reason = "what `println` prints is shown of failed tests only")]
fn say(line: &str) {
    writeln!(std::io::stdout(), "{line}").unwrap();
}

#[test]
fn each_mistake_is_one_error_at_its_mark_with_a_help() {
    let mut themes: BTreeMap<String, usize> = BTreeMap::new();
    let mut without_code = BTreeSet::new();
    for (source, errors) in planted() {
        *themes.entry(source.name.split('/').next().unwrap().into()).or_default() += errors.len();
        let mut found = vec![0; source.marks().len()];
        for said in &errors {
            assert_eq!(said.file, format!("ui/{}.rs", source.name), "{}", said.text);
            found[said.line] += 1;
            let has_code = match said.help() {
                Some(Help::Words(words)) => codes(words).next().is_some(),
                Some(Help::Lines(_)) => true,
                None => false,
            };
            if !has_code {
                assert!(said.is_the_compilers(), "no help with code:\n{}", said.text);
                without_code.insert(source.place(said).name());
            }
        }
        for (line, (errors, marks)) in found.into_iter().zip(source.marks()).enumerate() {
            assert_eq!(errors, marks, "errors and marks on line {line} of {}", source.name);
        }
        assert_in_order(&source, &errors);
    }
    assert_listed(&without_code, NO_CODE_OF_THE_COMPILER);

    let total: usize = themes.values().sum();
    say(&format!("{total} planted mistakes: {themes:?}"));
    assert!(total >= 599, "{total}: are all files read?");
}

/// Those of a struct in its order. Each code of the compiler is an order of its own, because the
/// compiler looks for one after the other.
fn assert_in_order(source: &Source, errors: &[Said]) {
    let mut last = BTreeMap::new();
    for said in errors {
        let code = said.text.split(':').next();
        let group = (source.place(said).planted.all.start, said.is_the_compilers(), code);
        let at = (said.line, said.column);
        let before = last.insert(group, at).unwrap_or_default();
        assert!(before <= at, "{}: comes behind {before:?}:\n{}", source.name, said.text);
    }
}

#[test]
fn a_help_that_is_followed_to_the_letter_repairs_its_mistake() {
    let mut composed = Composed::default();
    for (source, errors) in &planted() {
        composed.add(source, errors);
    }
    say(&format!("{} of {} mistakes repaired by rules", composed.repaired, composed.mistakes));
    assert_listed(&composed.without_rule, FOR_A_HUMAN);
    assert_listed(&composed.left_out, &[BEFORE_ANOTHER, BROKEN_FIXES].concat());
    assert!(composed.repaired >= REPAIRED, "{} repaired, not {REPAIRED}", composed.repaired);

    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("repaired.rs");
    fs::write(&file, composed.program()).unwrap();
    trybuild::TestCases::new().pass(file);
}

/// Nothing is missing in the list, and nothing stands in it that need not.
fn assert_listed(found: &BTreeSet<String>, list: &[(&str, &str)]) {
    let listed: BTreeSet<String> = list.iter().map(|it| it.0.into()).collect();
    let missing: Vec<_> = found.difference(&listed).collect();
    let stale: Vec<_> = listed.difference(found).collect();
    assert!(missing.is_empty() && stale.is_empty(), "to add: {missing:#?}, to remove: {stale:#?}");
}
