//! The description as Markdown: sentences about the stages, and a table for each origin of values.

use std::borrow::Cow;

use stage_config_names::{NameKind, is_template};

use super::Row;
use crate::schema::parameter::Parameter;
use crate::schema::table::{Kind, ParameterTable};

pub(super) fn write(table: &ParameterTable) -> String {
    let rows = table.rows();
    let stages = table.stages.declared();
    let (mut variables, mut parameters, mut secrets, mut program) =
        (vec![], vec![], vec![], vec![]);
    for row in &rows {
        let (from, list) = match (&row.parameter, row.field.kind) {
            (Some(it), Kind::Secret(_)) => (names(it, stages) + &key(row), &mut secrets),
            (Some(it), _) => (names(it, stages) + &key(row), &mut parameters),
            (None, Kind::Env(variable)) => (code(variable) + &key(row), &mut variables),
            (None, Kind::Stage) => ("the stage as deployed".to_owned(), &mut program),
            (None, _) => ("the source code".to_owned(), &mut program),
        };
        list.push((from, row));
    }

    let mut parts = vec![introduction(table)];
    parts.extend(section("Environment variables:", "variable", variables));
    parts.extend(section("In Parameter Store:", "parameter", parameters));
    parts.extend(section("In Secrets Manager:", "secret", secrets));
    parts.extend(section("In the program itself:", "from", program));
    parts.extend(about_templates(table, &rows));
    parts.join("\n\n") + "\n"
}

/// The declared stages, and the rules for all others.
fn introduction(table: &ParameterTable) -> String {
    let config = code(table.config);
    let variables: Vec<_> = table.variables().into_iter().map(code).collect();
    let variables = variables.join(" or ");
    let stages = table.stages.declared().iter().map(|stage| stage_in_full(table, stage));
    let stages: Vec<_> = stages.collect();
    if stages.is_empty() {
        let its_own = if variables.is_empty() {
            String::new()
        } else {
            format!(", and reads which one it is from the environment variable {variables}")
        };
        return format!("{config} is the same at every stage{its_own}.");
    }
    let others = match (table.stages.fallback().map(code), table.stages.allows_near_misses()) {
        (None, _) => "refused".to_owned(),
        (Some(fallback), true) => format!("loaded as {fallback}"),
        (Some(fallback), false) => format!(
            "loaded as {fallback}; what looks like a slip of one of these, or like production, is \
             refused"
        ),
    };
    format!(
        "Stages of {config}: {}, read from the environment variable {variables}. Any other stage, or \
         none, is {others}.",
        stages.join(", ")
    )
}

/// A stage with its aliases and its accounts.
fn stage_in_full(table: &ParameterTable, stage: &str) -> String {
    let list = |words: Vec<&str>| words.into_iter().map(code).collect::<Vec<_>>().join(", ");
    let (aliases, accounts): (Vec<_>, Vec<_>) =
        (table.stages.aliases(stage).collect(), table.stages.accounts(stage).collect());
    let accounts = match accounts.len() {
        0 => None,
        1 => Some(format!("in account {}", list(accounts))),
        _ => Some(format!("in the accounts {}", list(accounts))),
    };
    let aliases = (!aliases.is_empty()).then(|| format!("also deployed as {}", list(aliases)));
    let more: Vec<_> = aliases.into_iter().chain(accounts).collect();
    if more.is_empty() { code(stage) } else { format!("{} ({})", code(stage), more.join("; ")) }
}

/// A sentence about preview stages. `None` if no name is a template.
fn about_templates(table: &ParameterTable, rows: &[Row]) -> Option<String> {
    let is_at = |stage: &str| {
        let mut parameters = rows.iter().filter_map(|row| row.parameter.as_ref());
        parameters.any(|it| it.written_at(stage).is_some_and(|name| is_template(&name)))
    };
    if !table.stages.declared().iter().any(|stage| is_at(stage)) {
        return None;
    }
    let others = table.stages.fallback().filter(|stage| is_at(stage)).map(|fallback| {
        let fallback = code(fallback);
        format!(
            " A stage that is not declared reads what there is under its own name, and the rest \
             under that of {fallback}."
        )
    });
    Some(format!("In a name, `{{stage}}` stands for the stage.{}", others.unwrap_or_default()))
}

/// A table with an introduction. `None` if it has no rows.
fn section(lead: &str, head: &str, rows: Vec<(String, &Row)>) -> Option<String> {
    let cells = rows.into_iter().map(|(from, row)| {
        let Row { path, field, .. } = row;
        let secret = if field.secret { ", secret" } else { "" };
        let ty = format!("{}{secret}", code(field.ty));
        [from, row.doc().map(|doc| cell(&doc)).unwrap_or_default(), default(row), code(path), ty]
    });
    let cells: Vec<_> = cells.collect();
    let heads = [head, "what it is", "default", "field", "type"];
    // Empty columns are left out.
    let is_used = |column: &usize| cells.iter().any(|row| !row[*column].is_empty());
    let columns: Vec<_> = (0..heads.len()).filter(is_used).collect();
    if columns.is_empty() {
        return None;
    }
    let line = |row: &[String]| {
        let cells: Vec<_> = columns.iter().map(|column| &*row[*column]).collect();
        format!("\n| {} |", cells.join(" | "))
    };
    let head = line(&heads.map(str::to_owned));
    let rule = "---|".repeat(columns.len());
    let rows: String = cells.iter().map(|row| line(row)).collect();
    Some(format!("{lead}\n{head}\n|{rule}{rows}"))
}

/// The default, or what happens if the value is absent.
fn default(row: &Row) -> String {
    match (row.field.default, &row.optional_struct) {
        _ if !row.is_read() => String::new(),
        (Some(default), _) => code(default),
        (None, _) if !row.required() => match row.field.kind {
            Kind::SsmPath(_) => "empty".to_owned(),
            _ => "`None`".to_owned(),
        },
        (None, Some(path)) => format!("required, unless all of {} is absent", code(path)),
        (None, None) => "required".to_owned(),
    }
}

/// The name as written, once if it is the same at all stages, else by stage.
fn names(parameter: &Parameter, stages: &[&str]) -> String {
    let show = |name: &str| match parameter.kind() {
        NameKind::Path => format!("all below {}", code(name)),
        _ => code(name),
    };
    let stages = if stages.is_empty() { &[""] } else { stages };
    let mut names: Vec<(Cow<'_, str>, Vec<String>)> = Vec::new();
    for stage in stages {
        let Some(name) = parameter.written_at(stage) else { continue };
        match names.iter_mut().find(|(other, _)| *other == name) {
            Some((_, stages)) => stages.push(code(stage)),
            None => names.push((name, vec![code(stage)])),
        }
    }
    if let [(name, _)] = &*names {
        return show(name);
    }
    let each = names.iter().map(|(name, stages)| format!("{}: {}", stages.join(", "), show(name)));
    each.collect::<Vec<_>>().join("<br>")
}

/// The key in a JSON object.
fn key(row: &Row) -> String {
    row.field.json_key.map(|key| format!(", key {}", code(key))).unwrap_or_default()
}

/// Code in a cell: one line, in as many back-ticks as needed.
fn code(text: &str) -> String {
    let text = text.split('\n').map(str::trim).collect::<Vec<_>>().join(" ");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    cell(&format!("{fence}{space}{text}{space}{fence}"))
}

/// Text in a cell, with escaped pipes.
fn cell(text: &str) -> String {
    let mut cell = String::new();
    let mut is_escaped = false;
    for c in text.chars() {
        if c == '|' && !is_escaped {
            cell.push('\\');
        }
        cell.push(c);
        is_escaped = c == '\\' && !is_escaped;
    }
    cell
}
