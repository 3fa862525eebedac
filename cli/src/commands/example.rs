//! `stage-config example`

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::ExitCode;

use stage_config_names::Name;

use crate::args::Global;
use crate::artifact;
use crate::description::{Deployment, Field, Parameter};
use crate::error::Result;

const EXAMPLES: &str = "\
Examples:
  stage-config example > parameters.toml
  stage-config serve parameters.toml -- cargo lambda watch";

/// Print a file with a placeholder for each parameter, to serve locally
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Options {
    /// The stage; without it, all that are declared
    #[arg(long, value_name = "NAME")]
    stage: Option<String>,
}

pub(crate) fn run(options: &Options, global: &Global) -> Result<ExitCode> {
    let (mut file, mut known) = (String::new(), Vec::new());
    for description in &artifact::descriptions(&global.source)? {
        let deployments = match &options.stage {
            Some(stage) => vec![description.at(Some(stage))?],
            None => description.at_all(),
        };
        for deployment in &deployments {
            file += &section(deployment, &mut known);
        }
    }
    write!(anstream::stdout().lock(), "{}", file.trim_start())?;
    Ok(ExitCode::SUCCESS)
}

/// What no section before has.
fn section(deployment: &Deployment<'_>, known: &mut Vec<Name>) -> String {
    let mut section = String::new();
    for parameter in &deployment.parameters {
        for requested in &parameter.names {
            let name = put_as(parameter, requested);
            if !known.contains(&name) {
                section += &entry(parameter, requested, &name);
                known.push(name);
            }
        }
    }
    if section.is_empty() { section } else { format!("\n# {}\n{section}", deployment.title()) }
}

/// The name to put it under. One of a secret's versions has a selector; a parameter's has none.
fn put_as(parameter: &Parameter<'_>, requested: &Name) -> Name {
    if parameter.is_path() {
        return format!("{requested}/KEY").into();
    }
    let selector = requested.parse().ok().and_then(|name| name.selector());
    match selector.filter(|_| !requested.is_secret()) {
        Some(selector) => {
            let selector = format!(":{selector}");
            requested.as_str().strip_suffix(&selector).unwrap_or(requested.as_str()).into()
        }
        None => requested.clone(),
    }
}

fn entry(parameter: &Parameter<'_>, requested: &Name, name: &Name) -> String {
    let mut entry = String::new();
    let fields = parameter.fields();
    let doc = parameter.fields.iter().find_map(|field| field.doc.as_deref());
    let doc = doc.map(|doc| format!(": {}", crate::print::one_line(doc))).unwrap_or_default();
    let optional = if parameter.is_required() { "" } else { ", may be absent" };
    let _ = writeln!(entry, "\n# {fields}{doc}{optional}");
    if !parameter.is_path() && name != requested {
        let _ = writeln!(entry, "# read as {requested}, which has to be its version or label");
    }
    // Only AWS has public parameters.
    let comment = if name.as_str().starts_with("/aws/service/") { "# " } else { "" };
    let value = value(parameter.fields[0], parameter.is_secret());
    let _ = writeln!(entry, "{comment}\"{name}\" = {value}");
    entry
}

/// In TOML.
fn value(field: &Field, is_secret: bool) -> String {
    let text = text(field);
    match is_secret {
        true => format!("{{ secure = {text:?} }}"),
        false if field.is_list() => format!("[{text:?}]"),
        false => format!("{text:?}"),
    }
}

/// A text that the field can read, as far as its type is known.
fn text(field: &Field) -> String {
    let reads = field.reads().map(|reads| reads.to_string()).unwrap_or_default();
    let text = match reads.trim_start_matches(['[']).trim_end_matches([']']) {
        "bool" => "true",
        "char" => "x",
        "f32" | "f64" => "1.0",
        "duration" => "30s",
        "json" => "{}",
        "base64" | "base64 text" => "dGV4dA==",
        "base64 json" => "e30=",
        "text" | "" => "text",
        _ => "1",
    };
    let Some(key) = &field.json_key else { return text.to_owned() };
    let value = if reads == "json" { text.to_owned() } else { format!("{text:?}") };
    key.rsplit('.').fold(value, |value, key| format!("{{{key:?}:{value}}}"))
}
