//! Structs to derive for, as the grammar allows them.

use super::choices::Choices;
use super::words;
use crate::parse::keywords::{Key, Kind, Setting};

const VISIBILITIES: [&str; 4] = ["", "pub", "pub(crate)", "pub(in crate::a::b)"];

const NAMES: [&str; 4] = ["Config", "C", "r#Self_", "Größe"];

const FIELDS: [&str; 6] = ["field", "r#type", "größe", "__values", "stage", "_"];

const TYPES: [&str; 14] = [
    "u32",
    "Option<SecretString>",
    "::std::vec::Vec<String>",
    "&'static str",
    "[u8; { 1 + 1 }]",
    "(u8, (),)",
    "<A as B<'static>>::C",
    "fn(&str, ...) -> Box<dyn for<'a> Fn(&'a u8) + Send + 'static>",
    "impl Sized",
    "*const [T]",
    "!",
    "_",
    "ty!(a, b)",
    "__INVISIBLE__[Option<u8>]",
];

/// Attributes of others.
const OTHERS: [&str; 4] =
    ["", "#[serde(rename = \"x\", default)]", "#[cfg(all())]", "#[a::b = 1 + 1]"];

/// A struct that expands without a mistake.
pub(super) fn sound(choices: &mut Choices) -> String {
    let stages = if choices.one_in(3) {
        // Those of the examples.
        vec!["dev", "prod"]
    } else {
        words::stages(choices)
    };
    let options = options(choices, &stages);
    let fields = choices.many(5, |choices| {
        let kind = choices.of(&Kind::ALL);
        let attribute = attribute(choices, kind, &stages);
        (attribute, choices.of(&FIELDS))
    });
    item(choices, &options, &fields)
}

/// A struct that declares no stage, of three fields or more, of which one has a stage too many, one too
/// few, or another one.
pub(super) fn disagreeing(choices: &mut Choices) -> String {
    let mut stages = words::stages(choices);
    stages
        .extend(["dev", "prod"].into_iter().filter(|it| !stages.contains(it)).collect::<Vec<_>>());
    let mut others = stages.clone();
    let place = choices.below(stages.len());
    let foreign = choices.of(&["prodd", "devel", "preview", "stagging", "qa3", "name", "Dev"]);
    match choices.below(3) {
        0 => others[place] = foreign,
        1 => others.push(foreign),
        _ => drop(others.remove(place)),
    }
    let count = 3 + choices.below(3);
    let odd = choices.below(count);
    let fields = (0..count).map(|field| {
        let kind = choices.of(&[Kind::Value, Kind::Ssm, Kind::Nested]);
        let pair = |stage: &&str| format!("{stage} = \"/a\"");
        let pairs: Vec<_> = if field == odd { &others } else { &stages }.iter().map(pair).collect();
        (kind.with(&pairs.join(", ")), "field")
    });
    let fields: Vec<_> = fields.collect();
    item(choices, "", &fields)
}

/// With these attributes; each field is numbered, so that its name is one of its own.
fn item(choices: &mut Choices, options: &str, fields: &[(String, &str)]) -> String {
    let fields = fields.iter().enumerate().map(|(number, (attribute, name))| {
        let head = head(choices, attribute);
        format!("{head} {name}{number}: {}", choices.of(&TYPES))
    });
    let fields = fields.collect::<Vec<_>>().join(", ");
    let head = head(choices, options);
    let name = choices.of(&NAMES);
    format!("{head} struct {name} {{ {fields} }}")
}

/// What stands in front of a name.
fn head(choices: &mut Choices, attributes: &str) -> String {
    let (doc, other) = (words::doc(choices), choices.mostly(4, &OTHERS));
    format!("{doc}{other} {attributes} {}", choices.of(&VISIBILITIES))
}

/// An attribute of a field as it should be, at these stages.
fn attribute(choices: &mut Choices, kind: Kind, stages: &[&str]) -> String {
    let word = kind.word();
    if kind == Kind::Stage {
        return kind.shape().to_owned();
    }
    // Not every letter of a stage is one of a name.
    let with_stage = stages.iter().all(|stage| stage.is_ascii());
    let value = |choices: &mut Choices| match kind.name_of() {
        Some(of) => words::sound_name(choices, of, with_stage),
        None if kind == Kind::Env => "\"NAME\"".to_owned(),
        None => words::expression(choices),
    };
    let mut arguments = if kind.is_by_stage() && !stages.is_empty() && !choices.one_in(3) {
        let pair = |stage: &&str| format!("{stage} = {}", value(choices));
        stages.iter().map(pair).collect()
    } else {
        vec![value(choices)]
    };
    if !kind.keys().is_empty() && choices.one_in(3) {
        let keys = choices.some(kind.keys());
        let json = keys.contains(&Key::Json);
        let keys = keys.into_iter().filter(|key| !(json && *key == Key::ParseWith));
        arguments.extend(keys.map(|key| argument(key).to_owned()));
    }
    let comma = choices.mostly(4, &["", ","]);
    let arguments = format!("{}{comma}", arguments.join(", "));
    format!("#[{word}({arguments})]")
}

/// A key as it may stand behind any value.
fn argument(key: Key) -> &'static str {
    match key {
        Key::Default => "default = 5",
        Key::Member => "json_key = \"a.b\"",
        Key::ParseWith => "parse_with = a::b",
        Key::Json | Key::Base64 | Key::Required => key.word(),
    }
}

/// `#[stage_config(…)]`, once or more, and not at all where it would say nothing.
fn options(choices: &mut Choices, stages: &[&str]) -> String {
    let mut keys = choices.some(&Setting::ALL);
    // It needs files.
    keys.retain(|key| *key != Setting::Snapshot);
    let of_stages =
        [Setting::Stages, Setting::Fallback, Setting::AllowNearMisses, Setting::Accounts];
    if stages.is_empty() {
        keys.retain(|key| !of_stages.contains(key));
    } else if keys.iter().any(|key| of_stages.contains(key)) && !keys.contains(&Setting::Stages) {
        keys.push(Setting::Stages);
    }
    let options = keys.into_iter().map(|key| match key {
        Setting::Stages => format!("stages({})", stages.join(", ")),
        Setting::Fallback => format!("fallback = {}", choices.of(&[stages, &["none"]].concat())),
        Setting::StageEnv => "stage_env = \"STAGE\"".to_owned(),
        Setting::AllowNearMisses => "allow_near_misses".to_owned(),
        Setting::Names => "names = Names".to_owned(),
        Setting::Validate => "validate = Self::check".to_owned(),
        Setting::Accounts => {
            let account = |stage: &&str| {
                let value =
                    choices.of(&[r#""111122223333""#, r#"["444455556666", "000000000000"]"#]);
                format!("{stage} = {value}")
            };
            format!("accounts({})", stages.iter().map(account).collect::<Vec<_>>().join(", "))
        }
        Setting::Snapshot => "snapshot = \"parameters\"".to_owned(),
        Setting::Crate => "crate = ::stage_config".to_owned(),
    });
    let options: Vec<_> = options.collect();
    if options.is_empty() {
        String::new()
    } else if choices.one_in(3) {
        format!("#[stage_config({})]", options.join(")] #[stage_config("))
    } else {
        format!("#[stage_config({})]", options.join(", "))
    }
}
