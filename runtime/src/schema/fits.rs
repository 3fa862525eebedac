//! Whether a nested struct fits into the one around it. This is known only when both are compiled:
//! the stages of both, and the names with their prefixes.
//!
//! All of it is `const`, and its texts are compile errors. `embedded/rules.rs` checks the same of tables
//! that are read from a file.

mod message;

use stage_config_names::{MAX_LENGTH, MAX_LEVELS, MAX_SECRET, STAGE, may_be_in_names};

use crate::schema::scope::Scope;
use crate::schema::table::{Field, Kind, Names, ParameterTable, begins, same};

pub(crate) use self::message::Message;

/// Refuses the nested struct in row `row` of a table if it does not fit.
///
/// # Panics
/// If it does not fit. In a constant, the compiler shows the text of the panic at the call.
#[track_caller]
pub const fn check_nested(outer: &ParameterTable, row: usize) {
    if let Some(text) = misfit(outer, row) {
        panic!("{}", text.as_str());
    }
}

/// Why it does not fit.
const fn misfit(outer: &ParameterTable, row: usize) -> Option<Message> {
    let scope = Scope::new(outer);
    let Some(nested) = scope.nested(&outer.fields[row]) else { return None };
    let (stages, inner) = (outer.stages.declared(), nested.table.stages.declared());
    if !agree(stages, inner) {
        return Some(other_stages(outer, nested.table));
    }
    // Its names were checked at its own stages. If it has none, `{stage}` in them is a stage of the
    // outer struct.
    if nested.own_prefix().is_none() && !inner.is_empty() {
        return None;
    }
    if stages.is_empty() {
        return wrong_name(&nested, "");
    }
    let mut index = 0;
    while index < stages.len() {
        let found = wrong_name(&nested, stages[index]);
        if found.is_some() {
            return found;
        }
        index += 1;
    }
    None
}

/// Whether a struct with the stages `inner` can be nested in one with `stages`.
pub(super) const fn agree(stages: &[&str], inner: &[&str]) -> bool {
    inner.is_empty() || (has_all(stages, inner) && has_all(inner, stages))
}

const fn has_all(stages: &[&str], wanted: &[&str]) -> bool {
    let mut index = 0;
    while index < wanted.len() {
        let mut other = 0;
        while other < stages.len() && !same(stages[other], wanted[index]) {
            other += 1;
        }
        if other == stages.len() {
            return false;
        }
        index += 1;
    }
    true
}

const fn other_stages(outer: &ParameterTable, inner: &ParameterTable) -> Message {
    let (stages, others) = (outer.stages.declared(), inner.stages.declared());
    let text = Message::EMPTY.and("`").and(inner.config).and("` has the stages ");
    let text = text.and_list(others, "`").and(", but `").and(outer.config);
    let text = text.and("`, in which it is nested, has ");
    let text = if stages.is_empty() { text.and("none") } else { text.and_list(stages, "`") };
    let (stages, config) =
        if stages.is_empty() { (others, outer.config) } else { (stages, inner.config) };
    let text = text.and("\nhelp: `#[stage_config(stages(").and_list(stages, "");
    text.and("))] struct ").and(config).and("`")
}

/// Why the first name in a nested struct that is not allowed at a stage, with its prefixes, is not.
const fn wrong_name(scope: &Scope<'_>, stage: &str) -> Option<Message> {
    let fields = scope.table.fields;
    let mut row = 0;
    while row < fields.len() {
        let found = match (fields[row].kind, scope.nested(&fields[row])) {
            (_, Some(nested)) => wrong_name(&nested, stage),
            (Kind::Ssm(names) | Kind::SsmPath(names), None) => {
                check(scope, &fields[row], names, false, stage)
            }
            (Kind::Secret(names), None) => check(scope, &fields[row], names, true, stage),
            _ => None,
        };
        if found.is_some() {
            return found;
        }
        row += 1;
    }
    None
}

const fn check(
    scope: &Scope<'_>,
    field: &Field,
    names: Names,
    is_secret: bool,
    stage: &str,
) -> Option<Message> {
    let (name, mut has_prefix) = (at(names, stage), false);
    let (mut levels, mut length, mut is_template) = measure(name, stage);
    let mut around = Some(scope);
    while let Some(scope) = around {
        if let Some(prefix) = scope.own_prefix() {
            has_prefix = true;
            let more = measure(at(prefix, stage), stage);
            (levels, length, is_template) =
                (levels + more.0, length + more.1, is_template || more.2);
        }
        around = match scope.outer {
            Some((outer, _)) => Some(outer),
            None => None,
        };
    }
    if !has_prefix && !is_template {
        // It was checked with the struct that it is written in.
        return None;
    }
    let subject = subject(scope, field, stage);
    if is_template && !may_be_in_names(stage) {
        let text = subject.and(" would have a character that is not a letter, a digit or one of ");
        return Some(text.and(
            "`_ . -`\nhelp: another name for the stage, as `stages(dev, prod(rename = \"…\"))`",
        ));
    }
    if !is_secret && (begins(name, "arn:") || begins(name, "/aws/")) {
        let text =
            subject.and(" cannot have a prefix, because it is an ARN or begins with `/aws/`");
        let text = text.and("\nhelp: `#[nested]` without a prefix");
        return if has_prefix { Some(text) } else { None };
    }
    // A slash joins the name to its prefix; the name of a secret has none at its beginning.
    if has_prefix && !begins(name, "/") {
        (levels, length) = (levels + 1, length + 1);
    }
    if has_prefix && is_secret {
        length -= 1;
    }
    let limit = match is_secret {
        true if length > MAX_SECRET => "512 characters",
        false if length > MAX_LENGTH => "1011 characters",
        false if levels > MAX_LEVELS => "15 levels",
        _ => return None,
    };
    let text = subject.and(" has more than ").and(limit);
    Some(if has_prefix {
        text.and(" with its prefix\nhelp: a shorter one, as `#[nested(\"/app\")]`")
    } else {
        text.and("\nhelp: a shorter name, or a shorter name of the stage")
    })
}

/// "the name of `database.url` at stage `prod`"
const fn subject(scope: &Scope<'_>, field: &Field, stage: &str) -> Message {
    let text = path(scope, &Message::EMPTY.and("the name of `")).and(field.name).and("`");
    if stage.is_empty() { text } else { text.and(" at stage `").and(stage).and("`") }
}

/// The text, and then the path of the struct, with a dot.
pub(super) const fn path(scope: &Scope<'_>, text: &Message) -> Message {
    match scope.outer {
        Some((outer, field)) => path(outer, text).and(field.name).and("."),
        None => *text,
    }
}

pub(super) const fn at(names: Names, stage: &str) -> &'static str {
    match names.written_at(stage) {
        Some(name) => name,
        None => "",
    }
}

/// Levels and characters of a part of a name, and whether it has `{stage}` in it. A selector does
/// not count.
const fn measure(name: &str, stage: &str) -> (usize, usize, bool) {
    let (mut levels, mut length, mut is_template, mut in_selector) = (0, 0, false, false);
    let (bytes, mut at) = (name.as_bytes(), 0);
    while at < bytes.len() {
        let (step, characters) = match bytes[at] {
            b'{' => (STAGE.len(), stage.len()),
            _ => (1, 1),
        };
        is_template = is_template || step > 1;
        in_selector = in_selector || bytes[at] == b':';
        if !in_selector {
            levels += (bytes[at] == b'/') as usize;
            length += characters;
        }
        at += step;
    }
    (levels, length, is_template)
}

#[cfg(test)]
mod tests;
