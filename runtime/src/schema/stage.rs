//! The stage of one load: where it is read from, and which declared stage is chosen for it.

use std::fmt;
use std::io::{self, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};

use stage_config_names::{
    Name, NameKind, Refusal, Selector, StageRules, Why, is_template, outside_of_names,
};
use tracing::subscriber::NoSubscriber;

use crate::environment::Environment;
use crate::schema::requested::RowNames;
use crate::schema::table::ParameterTable;

/// The variables that hold the stage if a struct does not name its own.
pub(crate) const VARIABLES: [&str; 2] = ["stage", "STAGE"];

/// A stage that was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    deployed: Option<String>,
    declared: Option<&'static str>,
    why: Why,
}

impl Stage {
    /// No stage: literals are read without one.
    pub(crate) fn none() -> Self {
        Self { deployed: None, declared: None, why: Why::Exact }
    }

    /// The stage of a deployment that is called `deployed`, and the names that a load requests at it.
    pub(crate) fn named(
        table: &ParameterTable,
        deployed: &str,
    ) -> Result<(Self, Vec<RowNames>), StageError> {
        Self::pick(table, Some(deployed), None)
    }

    /// The stage that the environment names, and the names that a load requests at it.
    pub(crate) fn from(
        table: &ParameterTable,
        environment: &Environment,
    ) -> Result<(Self, Vec<RowNames>), StageError> {
        // A struct that is the same at every stage must not fail because of a variable that is not
        // meant for it.
        let found = if table.depends_on_stage() { read(table, environment)? } else { None };
        let (variable, deployed) = found.unzip();
        let variable = variable.or(table.variable).unwrap_or(VARIABLES[0]);
        Self::pick(table, deployed.as_deref(), Some(variable))
    }

    /// `variable` held `deployed`, unless the code gave it.
    fn pick(
        table: &ParameterTable,
        deployed: Option<&str>,
        variable: Option<&'static str>,
    ) -> Result<(Self, Vec<RowNames>), StageError> {
        let rules = &table.stages.rules;
        let choice = rules.choose(deployed);
        let choice = choice.map_err(|refusal| StageError::refused(rules, &refusal, variable))?;
        let stage = Self {
            deployed: choice.deployed.map(str::to_owned),
            declared: choice.declared,
            why: choice.why,
        };
        if stage.declared.is_none() {
            check_templates(table)?;
        }
        let names = RowNames::at(&stage, table);
        stage.check_names(&names, rules, variable)?;
        Ok((stage, names))
    }

    /// Refuses a stage that is a part of a name that cannot be requested.
    fn check_names(
        &self,
        rows: &[RowNames],
        rules: &StageRules,
        variable: Option<&'static str>,
    ) -> Result<(), StageError> {
        let Some(stage) = self.preview() else { return Ok(()) };
        let mut wrong = None;
        RowNames::visit(rows, &mut |kind, names| {
            // A template has two names at a stage that is not declared.
            if let ([own, of_fallback], None) = (names, &wrong) {
                wrong = why_not(stage, kind, own, of_fallback).map(|why| (own, why));
            }
        });
        let Some((name, why)) = wrong else { return Ok(()) };
        let (shown, name) = (stage.escape_debug(), name.as_str().escape_debug());
        let (from, declared) = (from(variable), list(rules));
        Err(StageError(Box::new(Inner {
            deployed: Some(stage.to_owned()),
            line: format!(
                "stage `{shown}` cannot be part of the name `{name}`, {why}{from}.{declared}"
            ),
            ..Inner::default()
        })))
    }

    /// The stage as deployed, if it is not declared.
    pub(crate) fn preview(&self) -> Option<&str> {
        self.given().filter(|_| self.why == Why::NotDeclared)
    }

    /// The stage as deployed, if one was given.
    pub(crate) fn given(&self) -> Option<&str> {
        self.deployed.as_deref()
    }

    /// The stage as deployed, or else the declared stage that was chosen, or else an empty string.
    pub fn deployed(&self) -> &str {
        self.given().unwrap_or(self.chosen())
    }

    /// The declared stage that was chosen, or an empty string if none is declared.
    pub fn chosen(&self) -> &'static str {
        self.declared.unwrap_or_default()
    }

    /// The declared stage that was chosen, if any is declared.
    pub(crate) fn declared(&self) -> Option<&'static str> {
        self.declared
    }

    /// Logs that the load uses the fallback, once for each `said`. A missing stage may be a mistake,
    /// so that is also printed if no `tracing` subscriber would show it.
    pub(crate) fn announce(&self, table: &ParameterTable, said: &AtomicBool) {
        if self.why == Why::Exact || said.swap(true, Ordering::Relaxed) {
            return;
        }
        let (config, chosen) = (table.config, self.chosen());
        if self.why == Why::NotDeclared {
            tracing::info!(
                target: "stage_config",
                config,
                stage = self.given(),
                resolved = chosen,
                "stage `{}` is not declared; `{config}` falls back to `{chosen}`",
                self.deployed().escape_debug()
            );
            return;
        }
        let what = format!("no stage is given; `{config}` falls back to `{chosen}`");
        tracing::warn!(target: "stage_config", config, resolved = chosen, "{what}");
        // A subscriber that takes no warnings was set up that way on purpose.
        if tracing::dispatcher::get_default(tracing::Dispatch::is::<NoSubscriber>) {
            // Not `eprintln!`, which panics if nobody reads it.
            let _ = writeln!(io::stderr(), "WARN stage_config: {what}");
        }
    }
}

/// The stage in the environment, and the variable that holds it. An empty variable counts as unset.
fn read(
    table: &ParameterTable,
    environment: &Environment,
) -> Result<Option<(&'static str, String)>, StageError> {
    let refuse =
        |what: &str| StageError::from_line(format!("{what}.{}", list(&table.stages.rules)));
    let get = |variable| match environment.get(variable) {
        Ok(text) => Ok(text.filter(|text| !text.is_empty()).map(|text| (variable, text))),
        Err(_) => Err(refuse(&format!("environment variable `{variable}` is not UTF-8"))),
    };
    if let Some(variable) = table.variable {
        return get(variable);
    }
    let [lower, upper] = VARIABLES;
    match (get(lower)?, get(upper)?) {
        (Some((_, lower)), Some((_, upper))) if lower != upper => Err(refuse(&format!(
            "environment variables `stage` (`{}`) and `STAGE` (`{}`) disagree; unset one of them, \
             or give both the same value",
            lower.escape_debug(),
            upper.escape_debug()
        ))),
        (lower, upper) => Ok(lower.or(upper)),
    }
}

/// Refuses templates in a struct that declares no stage: they take the stage of the struct around
/// it.
fn check_templates(table: &ParameterTable) -> Result<(), StageError> {
    let templates = table.parameters().filter_map(|parameter| {
        let name = parameter.written_at("").filter(|name| is_template(name))?;
        Some((name, parameter.path().to_owned()))
    });
    let (names, fields): (Vec<_>, Vec<_>) = templates.unzip();
    let (config, Some(name)) = (table.config, names.first()) else { return Ok(()) };
    Err(StageError(Box::new(Inner {
        fields,
        line: format!("`{{stage}}` in `{name}` needs a stage, but `{config}` declares none"),
        ways_out: vec![format!(
            "nest `{config}` in a struct with stages, or declare them: \
             `#[stage_config(stages(…))]`"
        )],
        ..Inner::default()
    })))
}

/// Why a preview stage cannot be a part of its own name of a template, if so.
fn why_not(stage: &str, kind: NameKind, own: &Name, of_fallback: &Name) -> Option<String> {
    if let Some(c) = outside_of_names(stage) {
        return Some(format!(
            "because of `{}`: a stage that is part of a name has only letters, digits and `_ . -`",
            c.escape_debug()
        ));
    }
    let is_path = kind == NameKind::Path;
    let fault = if is_path { kind.check(own.as_str()).err() } else { own.parse().err() };
    if let Some(fault) = fault {
        return Some(format!("which {fault}"));
    }
    // `{stage}` in a selector has to be a label, and a number would be a version.
    let version = |name: &Name| match name.parse().ok()?.selector()? {
        Selector::Version(version) => Some(version),
        _ => None,
    };
    let asks_for = version(own).filter(|_| version(own) != version(of_fallback))?;
    Some(format!("which asks for version {asks_for} instead of a label"))
}

fn from(variable: Option<&str>) -> String {
    variable.map(|name| format!(" (environment variable `{name}`)")).unwrap_or_default()
}

/// The declared stages, for the end of an error.
fn list(rules: &StageRules) -> String {
    match rules.declared {
        [] => String::new(),
        declared => format!(" The stages are `{}`", declared.join("`, `")),
    }
}

/// Why no stage could be chosen. Its text says what to do and lists the declared stages.
#[derive(Clone, PartialEq, Eq)]
pub struct StageError(pub(crate) Box<Inner>);

#[derive(Clone, PartialEq, Eq, Default)]
pub(crate) struct Inner {
    deployed: Option<String>,
    suggestion: Option<&'static str>,
    /// The fields whose names need a stage and have none.
    pub(crate) fields: Vec<String>,
    /// What is wrong, in one line.
    pub(crate) line: String,
    /// What to change in the attributes if the refused stage is meant as it is.
    pub(crate) ways_out: Vec<String>,
}

impl StageError {
    fn from_line(line: String) -> Self {
        Self(Box::new(Inner { line, ..Inner::default() }))
    }

    /// The rules refuse the stage, which `variable` held unless the code gave it.
    fn refused(rules: &StageRules, refusal: &Refusal, variable: Option<&'static str>) -> Self {
        let line = match (refusal.deployed(), variable) {
            (None, Some(name)) => format!("{refusal}; set the environment variable `{name}`"),
            (_, variable) => format!("{refusal}{}", from(variable)),
        };
        Self(Box::new(Inner {
            deployed: refusal.deployed().map(str::to_owned),
            suggestion: refusal.suggestion(),
            fields: Vec::new(),
            line,
            ways_out: ways_out(rules, refusal),
        }))
    }

    /// The stage as deployed, if exactly one was given.
    pub fn deployed(&self) -> Option<&str> {
        self.0.deployed.as_deref()
    }

    /// The declared stage that was most likely meant.
    pub fn suggestion(&self) -> Option<&'static str> {
        self.0.suggestion
    }
}

fn ways_out(rules: &StageRules, refusal: &Refusal) -> Vec<String> {
    let Some(deployed) = refusal.deployed() else { return Vec::new() };
    let alias = refusal.suggestion().and_then(|meant| alias(rules, meant, deployed));
    let mut lenient = *rules;
    lenient.allow_near_misses = true;
    let fallback = lenient.choose(Some(deployed)).ok().and_then(|choice| choice.declared);
    let fallback = fallback.map(|fallback| {
        format!("if it is to fall back to `{fallback}`: `#[stage_config(allow_near_misses)]`")
    });
    alias.into_iter().chain(fallback).collect()
}

/// How `deployed` is declared as an alias of the stage that `meant` is a name of.
fn alias(rules: &StageRules, meant: &str, deployed: &str) -> Option<String> {
    let of_alias = rules.aliases.iter().find(|(alias, _)| *alias == meant);
    let stage = of_alias.map_or(meant, |(_, stage)| stage);
    let aliases = rules.aliases.iter().filter(|(_, of)| *of == stage).map(|(alias, _)| *alias);
    let aliases: Vec<_> = aliases.collect();
    // The derive refuses names that differ only in case, and outer whitespace.
    let is_same = |name: &&str| name.to_lowercase() == deployed.to_lowercase();
    if deployed.trim() != deployed || is_same(&stage) || aliases.iter().any(is_same) {
        return None;
    }
    let is_word = stage.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let word = if is_word { stage } else { "…" };
    let keys = if is_word && aliases.is_empty() { "" } else { "…, " };
    let others = if rules.declared.len() > 1 { "…, " } else { "" };
    Some(format!(
        "if it is another name of `{stage}`: \
         `#[stage_config(stages({others}{word}({keys}alias = {deployed:?})))]`"
    ))
}

impl fmt::Display for StageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.line)?;
        self.0.ways_out.iter().try_for_each(|way| write!(f, "\nhelp: {way}"))
    }
}

/// Reads like its `Display`: a failed `main` prints it.
impl fmt::Debug for StageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for StageError {}
