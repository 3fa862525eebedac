//! The page of the documentation about what goes wrong: its tables are those of the fault matrix, and
//! its errors are what a load says.

use std::fmt::Write as _;

use expect_test::expect_file;

use crate::faults::cases::{CASES, Case, Class, Expected};
use crate::faults::cell::{Ended, Load, try_cell};
use crate::faults::shapes::Size;

/// In the text of a section, before what is generated.
const MARK: &str = "<!-- faults: ";

#[test]
fn the_page_shows_what_happens() {
    let page = include_str!("../../../../runtime/src/load_errors.md");
    let mut shown = Vec::new();
    let sections = page.split("\n# ").map(|section| {
        let Some((text, rest)) = section.split_once(MARK) else { return section.to_owned() };
        let (class, _) = rest.split_once(" -->").expect("a mark has an end");
        shown.push(class.to_owned());
        format!("{text}{MARK}{class} -->\n\n{}", generated(class))
    });
    let up_to_date = sections.collect::<Vec<_>>().join("\n# ");
    expect_file!["../../../../runtime/src/load_errors.md"].assert_eq(&up_to_date);
    assert_eq!(shown, Class::ALL.map(|class| format!("{class:?}")), "each class has its section");
}

/// The table of a class, and an error for each of its rows.
fn generated(class: &str) -> String {
    let mut rows: Vec<(Expected, Vec<&Case>)> = Vec::new();
    for case in CASES.iter().filter(|case| format!("{:?}", case.class) == class) {
        let worst = worst(case);
        match rows.iter_mut().find(|(expected, _)| *expected == worst) {
            Some((_, cases)) => cases.push(case),
            None => rows.push((worst, vec![case])),
        }
    }
    rows.sort_by_key(|(expected, _)| rank(*expected));
    let mut page =
        "| what goes wrong | first load | refresh, an old value may be served | refresh, \
                    none may |\n|---|---|---|---|\n"
            .to_owned();
    for (expected, cases) in &rows {
        let names: Vec<_> = cases.iter().map(|case| case.name).collect();
        let [first, stale, bare] = Load::ALL.map(|load| words(&Ended::expected(*expected, load)));
        writeln!(page, "| {} | {first} | {stale} | {bare} |", names.join("; ")).unwrap();
    }
    for (expected, cases) in rows.iter().filter(|(expected, _)| *expected != Expected::Fine) {
        writeln!(page, "\n```text\n{}\n```", error(*expected, cases[0])).unwrap();
    }
    page
}

/// How a load of the size that suffers most ends.
fn worst(case: &Case) -> Expected {
    let all = Size::ALL.map(|size| case.expected(size));
    all.into_iter().max_by_key(|expected| rank(*expected)).unwrap()
}

fn rank(expected: Expected) -> usize {
    match expected {
        Expected::Fine => 0,
        Expected::Passing => 1,
        Expected::Lasting(_) => 2,
    }
}

fn words(ended: &Ended) -> String {
    match ended {
        Ended::Loaded => "the values".to_owned(),
        Ended::Stale => "the old values, and a warning".to_owned(),
        Ended::Starved => unreachable!("nothing is expected to"),
        Ended::Failed(kinds) => {
            let links = kinds.iter().map(|it| format!("[`{it}`](crate::ProblemKind::{it})"));
            format!("error: {}", links.collect::<Vec<_>>().join(", "))
        }
    }
}

/// What the first load says of it.
fn error(expected: Expected, case: &Case) -> String {
    let suffers = |size: &Size| case.expected(*size) == expected;
    let size = Size::ALL.into_iter().find(suffers).expect("a size suffers most");
    let tried =
        try_cell(case, size, Load::First).unwrap_or_else(|why| panic!("{}: {why}", case.name));
    let said = tried.said.expect("it fails");
    let Some((before, after)) = said.split_once("http://127.0.0.1:") else { return said };
    let after = after.trim_start_matches(|c: char| c.is_ascii_digit());
    format!("{before}https://ssm.us-east-1.amazonaws.com{after}")
}
