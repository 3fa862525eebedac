//! One program of all structs whose mistakes were repaired.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::fix::{Edit, edits};
use crate::lists::{BEFORE_ANOTHER, BROKEN_FIXES};
use crate::report::Said;
use crate::source::{Bytes, Planted, Source};

#[derive(Default)]
pub(crate) struct Composed {
    pub(crate) mistakes: usize,
    /// Those whose repair is in the program.
    pub(crate) repaired: usize,
    /// The names of those that no rule repairs.
    pub(crate) without_rule: BTreeSet<String>,
    /// The names of those in `BEFORE_ANOTHER` and in `BROKEN_FIXES`.
    pub(crate) left_out: BTreeSet<String>,
    modules: String,
}

impl Composed {
    pub(crate) fn add(&mut self, source: &Source, errors: &[Said]) {
        self.mistakes += errors.len();
        let of = |planted: &Planted| {
            let errors = errors.iter();
            errors.filter(|it| source.place(it).planted.name == planted.name).collect::<Vec<_>>()
        };
        let (sound, mistaken): (Vec<_>, Vec<_>) =
            source.planted.iter().partition(|it| of(it).is_empty());
        let sound = sound.into_iter().map(|it| it.all.clone());
        let rest: Vec<_> = source.rest.iter().cloned().chain(sound).collect();
        for planted in mistaken {
            self.add_struct(source, planted, &rest, of(planted));
        }
    }

    /// A field with a mistake that is not repaired is left out, and a struct with one of its own.
    fn add_struct(
        &mut self,
        source: &Source,
        planted: &Planted,
        rest: &[Bytes],
        errors: Vec<&Said>,
    ) {
        let mut repairs: Vec<(Bytes, Vec<Edit>)> = Vec::new();
        let mut left_out: Vec<Bytes> = Vec::new();
        for said in errors {
            let place = source.place(said);
            let part = place.field.map_or(planted.all.clone(), |it| it.all.clone());
            let name = place.name();
            match said.help().and_then(|it| edits(&place, &it)) {
                Some(edits) if !is_left_out(&name) => {
                    repairs.push((part, edits));
                    continue;
                }
                Some(_) => self.left_out.insert(name),
                None => self.without_rule.insert(name),
            };
            left_out.push(part);
        }
        repairs.retain(|(part, _)| !left_out.contains(part));
        if left_out.contains(&planted.all) || repairs.is_empty() {
            return;
        }
        self.repaired += repairs.len();

        let mut edits: Vec<Edit> = repairs.into_iter().flat_map(|it| it.1).collect();
        edits.extend(left_out.into_iter().map(|field| {
            let comma = usize::from(source.text[field.end..].starts_with(','));
            Edit::new(field.start..field.end + comma, "")
        }));
        let repaired = apply(source, planted, edits);
        if let Err(error) = syn::parse_str::<syn::Item>(&repaired) {
            panic!("{} {}: {error} in\n{repaired}", source.name, planted.name);
        }
        let module = format!("{}_{}", source.name.replace('/', "_"), planted.name);
        writeln!(self.modules, "\nmod {module} {{").unwrap();
        for item in rest {
            writeln!(self.modules, "{}", &source.text[item.clone()]).unwrap();
        }
        writeln!(self.modules, "{repaired}\n}}").unwrap();
    }

    pub(crate) fn program(&self) -> String {
        let allowed = "dead_code, unused, non_snake_case, non_camel_case_types";
        // As in a crate that re-exports us and says `crate = crate::config`.
        let config = "mod config { pub use stage_config::*; }";
        format!("#![allow({allowed})]\n{config}\n{}\nfn main() {{}}\n", self.modules)
    }
}

fn is_left_out(name: &str) -> bool {
    BEFORE_ANOTHER.iter().chain(BROKEN_FIXES).any(|it| it.0 == name)
}

fn apply(source: &Source, planted: &Planted, mut edits: Vec<Edit>) -> String {
    edits.sort();
    // Two mistakes may have the same repair.
    edits.dedup();
    let mut repaired = String::new();
    let mut at = planted.all.start;
    for edit in &edits {
        let name = &planted.name;
        assert!(at <= edit.begin, "{} {name}: two repairs at one place: {edits:?}", source.name);
        repaired.push_str(&source.text[at..edit.begin]);
        repaired.push_str(&edit.text);
        at = edit.end;
    }
    repaired.push_str(&source.text[at..planted.all.end]);
    without_empty_options(&repaired)
}

/// An attribute of which all arguments were removed goes too.
fn without_empty_options(text: &str) -> String {
    const BEGIN: &str = "#[stage_config(";
    let is_empty = |begin: &usize| text[begin + BEGIN.len()..].trim_start().starts_with(")]");
    match text.match_indices(BEGIN).map(|it| it.0).find(is_empty) {
        Some(begin) => {
            let end = begin + text[begin..].find(")]").map_or(0, |it| it + 2);
            [&text[..begin], &text[end..]].concat()
        }
        None => text.to_owned(),
    }
}
