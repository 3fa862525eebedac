//! Tells whether a later load reads other values, without keeping a value.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::hash::{BuildHasher, RandomState};

use secrecy::ExposeSecret;
use stage_config_names::{Name, NameKind};

use crate::decode::convert::json;
use crate::schema::requested::RowNames;
use crate::schema::table::{Field, Kind, ParameterTable};
use crate::source::{Answer, Answers};

/// A hash of what each parameter of the table is read from, in the order of
/// [`ParameterTable::parameters`]. The key is random and never leaves the process, so the hashes tell
/// nothing to anybody who does not have the values anyway.
pub(crate) fn of_all(
    table: &ParameterTable,
    rows: &[RowNames],
    answers: &Answers,
    key: &RandomState,
) -> Vec<u64> {
    let mut found = Vec::new();
    add(table, rows, answers, key, &mut found);
    found
}

fn add(
    table: &ParameterTable,
    rows: &[RowNames],
    answers: &Answers,
    key: &RandomState,
    found: &mut Vec<u64>,
) {
    for (field, row) in table.fields.iter().zip(rows) {
        match (row, field.kind) {
            (RowNames::Names(NameKind::Path, paths), _) => {
                found.push(key.hash_one(below(paths, answers)));
            }
            (RowNames::Names(_, names), _) => found.push(key.hash_one(text(field, names, answers))),
            (RowNames::Nested(rows), Kind::Nested(table, _)) => {
                add(table, rows, answers, key, found);
            }
            _ => {}
        }
    }
}

/// What the field is read from. `None` if it is absent.
fn text<'a>(field: &Field, names: &[Name], answers: &'a Answers) -> Option<Cow<'a, str>> {
    let text = match answers.first(names) {
        Some((_, Answer::Found { text, .. })) => Some(Cow::Borrowed(text.expose_secret())),
        _ => None,
    };
    let text = match field.json_key {
        // Another key of the same document belongs to another field.
        Some(key) => text.and_then(|text| json::of_key(text, key).ok()?.ok()),
        None => text,
    };
    text.or(field.default.map(Cow::Borrowed))
}

/// What is under the paths. Key by key, the first path wins.
fn below<'a>(paths: &[Name], answers: &'a Answers) -> BTreeMap<&'a str, &'a str> {
    let mut found = BTreeMap::new();
    for path in paths.iter().rev() {
        let entries = answers.get_path(path).and_then(Result::ok).into_iter().flatten();
        found.extend(entries.filter_map(|(key, answer)| match answer {
            Answer::Found { text, .. } => Some((&**key, text.expose_secret())),
            _ => None,
        }));
    }
    found
}
