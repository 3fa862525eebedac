//! Tables, progress, and foreign text in one line.

mod progress;
mod table;

pub(crate) use self::progress::Progress;
pub(crate) use self::table::{Mood, Table};

use std::io::{self, Write};

use anstyle::AnsiColor;
use serde::Serialize;
use stage_config_names::closest;

/// Prints a value as JSON, as `--format json` does.
pub(crate) fn json(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    writeln!(out)
}

/// Warns on standard error, as cargo does.
pub(crate) fn warn(what: &str) {
    let yellow = AnsiColor::Yellow.on_default().bold();
    let _ = writeln!(anstream::stderr(), "{yellow}warning{yellow:#}: {what}");
}

/// Foreign text in one line, without control characters: the message of a service may contain
/// anything.
pub(crate) fn one_line(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    let mut line = String::new();
    for c in words.join(" ").chars() {
        if c.is_control() { line.extend(c.escape_debug()) } else { line.push(c) }
    }
    line
}

/// `` did you mean `a` or `b`? ``, and nothing without names.
pub(crate) fn did_you_mean(names: &[String]) -> String {
    if names.is_empty() {
        return String::new();
    }
    format!("did you mean `{}`?", names.join("` or `"))
}

/// `` ; did you mean `limit`? ``, and nothing without a word that is close.
pub(crate) fn hint<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    closest(word, known).map(|it| format!("; did you mean `{it}`?")).unwrap_or_default()
}

/// `1 parameter`, `2 parameters`.
pub(crate) fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
