//! Values from a file or from standard input.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, IsTerminal as _, Read as _};
use std::path::Path;

use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret as _, SecretString};
use toml::{Table, Value};

use super::Options;
use super::target::Target;
use crate::error::{Error, Result};

pub(super) enum Values {
    /// From the terminal.
    Prompt,
    /// By field or by name.
    File(BTreeMap<String, SecretString>),
    /// That of the one field.
    Stdin(SecretString),
}

impl Values {
    pub(super) fn of(options: &Options) -> Result<Self> {
        if let Some(path) = &options.from {
            return file(path).map(Self::File);
        }
        if options.stdin {
            if options.fields.len() != 1 {
                return Err(Error::usage("`--stdin` is the value of one FIELD")
                    .help("for several, use `--from FILE`"));
            }
            return stdin().map(Self::Stdin);
        }
        if !options.dry_run && !io::stdin().is_terminal() {
            return Err(Error::usage("there is no terminal to ask for values")
                .help("use `--from FILE`, or `--stdin` for one FIELD"));
        }
        Ok(Self::Prompt)
    }

    /// The fields and names that the file has values for.
    pub(super) fn keys(&self) -> Vec<&str> {
        match self {
            Self::File(values) => values.keys().map(|key| &**key).collect(),
            Self::Prompt | Self::Stdin(_) => Vec::new(),
        }
    }

    /// The value of each target, all of them checked. `None` if they come from the terminal.
    pub(super) fn take(self, targets: &[Target<'_>]) -> Result<Option<Vec<SecretString>>> {
        let mut given = Vec::new();
        match self {
            Self::Prompt => return Ok(None),
            Self::Stdin(value) => given.push(value),
            Self::File(mut values) => {
                for target in targets {
                    let keys = target.keys();
                    let value = keys.iter().find_map(|key| values.remove(key));
                    let value = value.ok_or_else(|| {
                        Error::new(format!("the file has no value for `{}`", target.fields()))
                    })?;
                    given.push(value);
                }
            }
        }
        let mut wrong = Vec::new();
        for (target, value) in targets.iter().zip(&given) {
            if let Err(why) = target.check(value.expose_secret()) {
                wrong.push(format!("the value of `{}` {why}", target.fields()));
            }
        }
        if wrong.is_empty() {
            return Ok(Some(given));
        }
        Err(Error::new(wrong.join("\n       ")).help("nothing was put"))
    }
}

/// All of standard input, without the last line break.
fn stdin() -> Result<SecretString> {
    let mut text = Zeroizing::new(String::new());
    io::stdin()
        .read_to_string(&mut text)
        .map_err(|error| Error::new(format!("cannot read standard input: {error}")))?;
    let value = text.strip_suffix('\n').unwrap_or(&text);
    Ok(value.strip_suffix('\r').unwrap_or(value).into())
}

/// The values in a TOML file, by their dotted keys.
fn file(path: &Path) -> Result<BTreeMap<String, SecretString>> {
    let at = path.display();
    let text = fs::read_to_string(path).map(Zeroizing::new);
    let text = text.map_err(|error| Error::new(format!("cannot read `{at}`: {error}")))?;
    // Its `Display` would quote the line, and so the value.
    let table = text.parse::<Table>().map_err(|error| {
        let line = error.span().map(|span| text[..span.start].matches('\n').count() + 1);
        let line = line.map(|line| format!(", line {line}")).unwrap_or_default();
        Error::new(format!("`{at}`{line}: {}", error.message()))
    })?;
    let mut values = BTreeMap::new();
    collect("", table, &mut values).map_err(|key| {
        Error::new(format!("`{at}`: `{key}` is not a value"))
            .help("a value is a text, a number, a bool, a list of texts, or `{ secure = \"…\" }`")
    })?;
    Ok(values)
}

/// Adds the values of a table. Fails with the key of something else.
fn collect(
    prefix: &str,
    table: Table,
    values: &mut BTreeMap<String, SecretString>,
) -> std::result::Result<(), String> {
    for (key, value) in table {
        let key = if prefix.is_empty() { key } else { format!("{prefix}.{key}") };
        let value = match value {
            Value::Table(mut table) => {
                // As in the files of `stage-config-local`.
                let own = ["secure", "value"].iter().find_map(|form| table.remove(*form));
                let Some(own) = own else {
                    collect(&key, table, values)?;
                    continue;
                };
                own
            }
            value => value,
        };
        let text = text(value).ok_or_else(|| key.clone())?;
        values.insert(key, text.into());
    }
    Ok(())
}

fn text(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Integer(number) => Some(number.to_string()),
        Value::Float(number) => Some(number.to_string()),
        Value::Boolean(bool) => Some(bool.to_string()),
        Value::Array(items) => {
            let items = items.into_iter().map(text).collect::<Option<Vec<_>>>()?;
            Some(items.join(","))
        }
        Value::Datetime(_) | Value::Table(_) => None,
    }
}
