//! The mistakes planted in `tests/behaviour/ui`: each is reported on a marked line, and its help, if it
//! is an edit, repairs it.
//!
//! The marks are at the end of the line: `//~`, with one `~` for each error. Those of the compiler
//! itself are marked too; the `.stderr` files beside them show all.

use std::fs;
use std::ops::Range;
use std::path::Path;

use proc_macro2::TokenStream;
use syn::spanned::Spanned;
use syn::{DeriveInput, Item};

use crate::diagnostics::{Errors, Fix, Mistake};
use crate::{check, parse};

const UI: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/behaviour/ui");

/// The mistakes of a struct, and those that depend on the type of a field.
fn mistakes(item: &str) -> syn::Result<Vec<Mistake>> {
    let item: DeriveInput = syn::parse_str(item)?;
    let errors = Errors::default();
    let input = parse::read(&item, &errors);
    let manifest = Path::new(UI).join("snapshot");
    let config = check::check(&input, Some(&manifest), &errors);
    let doubts = config.fields.into_iter().flat_map(|field| field.doubts);
    for Mistake { at, what, help } in doubts.map(|doubt| doubt.mistake) {
        errors.add(at, what, help);
    }
    Ok(errors.finish())
}

/// The bytes of the text that these tokens are.
fn place(tokens: &TokenStream) -> Range<usize> {
    let spans: Vec<_> = tokens.clone().into_iter().map(|it| it.span().byte_range()).collect();
    spans.first().map_or(0, |it| it.start)..spans.last().map_or(0, |it| it.end)
}

/// Makes the edit that a help says; `None` if it leaves anything to the user.
fn apply(fix: &Fix, text: &str) -> Option<String> {
    let (Range { start, end }, code) = match fix {
        Fix::Replace(at, code) => (place(at), code.clone()),
        Fix::Insert(after, code) => {
            let end = place(after).end;
            (end..end, format!(", {code}"))
        }
        Fix::Remove(at) => {
            let Range { start, end } = place(at);
            // One of the two commas around an argument goes too.
            let after = text[end..].trim_start();
            let before = text[..start].trim_end();
            match (after.strip_prefix(','), before.strip_suffix(',')) {
                (Some(rest), _) if !text[start..end].starts_with('#') => {
                    (start..text.len() - rest.len(), String::new())
                }
                (None, Some(rest)) if !text[start..end].starts_with('#') => {
                    (rest.len()..end, String::new())
                }
                _ => (start..end, String::new()),
            }
        }
        Fix::WithPlaceholders(..) | Fix::Note(_) => return None,
    };
    Some(format!("{}{code}{}", &text[..start], &text[end..]))
}

/// All structs and their like that derive, each with its file and the line before it.
fn planted() -> Vec<(String, String, usize, Vec<usize>)> {
    let mut all = Vec::new();
    let themes = fs::read_dir(UI).unwrap().map(|it| fs::read_dir(it.unwrap().path()).unwrap());
    for file in themes.flatten().map(|it| it.unwrap().path()) {
        if file.extension().is_none_or(|it| it != "rs") {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        let marks =
            text.lines().map(|line| line.rsplit_once(" //~").map_or(0, |it| 1 + it.1.len()));
        let marks: Vec<_> = marks.collect();
        for item in syn::parse_file(&text).unwrap().items {
            let (attrs, place) = match &item {
                Item::Struct(it) => (&it.attrs, it.span().byte_range()),
                Item::Enum(it) => (&it.attrs, it.span().byte_range()),
                Item::Union(it) => (&it.attrs, it.span().byte_range()),
                _ => continue,
            };
            if attrs.iter().any(|it| it.path().is_ident("derive")) {
                let before = text[..place.start].matches('\n').count();
                all.push((
                    file.display().to_string(),
                    text[place].to_owned(),
                    before,
                    marks.clone(),
                ));
            }
        }
    }
    assert!(all.len() > 100, "{}: are all files read?", all.len());
    all
}

#[test]
fn each_is_reported_on_a_marked_line() {
    let mut failures = Vec::new();
    for (file, item, before, marks) in planted() {
        let mut found = vec![0; marks.len()];
        for mistake in mistakes(&item).unwrap() {
            found[before + item[..place(&mistake.at).start].matches('\n').count()] += 1;
            assert!(!mistake.help.to_string().is_empty(), "{file}: no help: {}", mistake.what);
        }
        for (line, (found, marks)) in found.iter().zip(&marks).enumerate() {
            if found > marks {
                failures.push(format!("{file}:{}: {found} mistakes, {marks} marks", line + 1));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn the_edit_that_a_help_says_repairs_the_mistake() {
    let (mut edits, mut others, mut failures) = (0, 0, Vec::new());
    for (file, item, ..) in planted() {
        let before = mistakes(&item).unwrap();
        for Mistake { what, help, .. } in &before {
            let Some(repaired) = apply(&help.fix, &item) else {
                others += 1;
                continue;
            };
            edits += 1;
            let count = |all: &[Mistake]| all.iter().filter(|it| it.what == *what).count();
            let after = mistakes(&repaired);
            let is_repaired = after
                .as_ref()
                .is_ok_and(|after| count(after) < count(&before) && after.len() <= before.len());
            if !is_repaired {
                let after = after.map(|it| it.into_iter().map(|it| it.what).collect::<Vec<_>>());
                failures.push(format!("{file}: {what}\nhelp: {help}\n{repaired}\n{after:?}\n"));
            }
        }
    }
    assert!(failures.is_empty(), "{}\n{} of {edits}", failures.join("\n"), failures.len());
    assert!(edits > 50, "{edits} edits, {others} others: are they made?");
}
