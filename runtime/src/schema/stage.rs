//! The stage of one load: where it is read from, and which declared stage is chosen for it.

use std::fmt;
use std::io::{self, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};

use stage_config_names::{
    Fault, Name, NameKind, ParameterName, Refusal, Selector, StageRules, Why, is_template,
    outside_of_names,
};
use tracing::subscriber::NoSubscriber;

use crate::environment::Environment;
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

    /// The stage of a deployment that is called `deployed`.
    pub(crate) fn named(table: &ParameterTable, deployed: &str) -> Result<Self, StageError> {
        Self::pick(table, Some(deployed), None)
    }

    /// The stage that the environment names.
    pub(crate) fn from(
        table: &ParameterTable,
        environment: &Environment,
    ) -> Result<Self, StageError> {
        // A struct that is the same at every stage must not fail because of a variable that is not
        // meant for it.
        let found =
            if table.depends_on_stage() { read(table.variable, environment) } else { Ok(None) };
        let (variable, deployed) = found.map_err(|reason| StageError::new(table, reason))?.unzip();
        let variable = variable.or(table.variable).unwrap_or(VARIABLES[0]);
        Self::pick(table, deployed.as_deref(), Some(variable))
    }

    /// `variable` held `deployed`, unless the code gave it.
    fn pick(
        table: &ParameterTable,
        deployed: Option<&str>,
        variable: Option<&'static str>,
    ) -> Result<Self, StageError> {
        let refuse = |reason| StageError::new(table, reason);
        let choice = table
            .stages
            .0
            .choose(deployed)
            .map_err(|refusal| refuse(Reason::Refused(refusal, variable)))?;
        if choice.declared.is_none()
            && let Some(templates) = Templates::of(table)
        {
            return Err(refuse(Reason::NoStages(templates)));
        }
        let stage = Self {
            deployed: choice.deployed.map(str::to_owned),
            declared: choice.declared,
            why: choice.why,
        };
        match stage.check_names(table) {
            Some(not_a_name) => Err(refuse(Reason::NotInNames(not_a_name, variable))),
            None => Ok(stage),
        }
    }

    /// The first name that the stage is a part of and that cannot be requested.
    fn check_names(&self, table: &ParameterTable) -> Option<NotInNames> {
        let deployed = self.preview()?;
        table.parameters().find_map(|parameter| {
            let names = parameter.names_at(self);
            // A template has two names at a stage that is not declared.
            let [own, of_fallback] = &*names else { return None };
            let wrong = match outside_of_names(deployed) {
                Some(c) => Wrong::Character(c),
                None => match parameter.kind() {
                    NameKind::Path => Wrong::Name(NameKind::Path.check(own.as_str()).err()?),
                    _ => match own.parse() {
                        Err(fault) => Wrong::Name(fault),
                        Ok(name) => Wrong::Version(version_by_stage(name, of_fallback)?),
                    },
                },
            };
            Some(NotInNames { deployed: deployed.to_owned(), name: own.to_string(), wrong })
        })
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
                config,
                stage = chosen,
                deployed = self.deployed(),
                "stage `{}` is not declared; `{config}` falls back to `{chosen}`",
                self.deployed().escape_debug()
            );
            return;
        }
        let what = format!("no stage is given; `{config}` falls back to `{chosen}`");
        tracing::warn!(config, stage = chosen, "{what}");
        // A subscriber that takes no warnings was set up that way on purpose.
        if tracing::dispatcher::get_default(tracing::Dispatch::is::<NoSubscriber>) {
            // Not `eprintln!`, which panics if nobody reads it.
            let _ = writeln!(io::stderr(), "WARN stage_config: {what}");
        }
    }
}

/// The stage in the environment, and the variable that holds it. An empty variable counts as unset.
fn read(
    variable: Option<&'static str>,
    environment: &Environment,
) -> Result<Option<(&'static str, String)>, Reason> {
    let get = |variable| match environment.get(variable) {
        Ok(text) => Ok(text.filter(|text| !text.is_empty()).map(|text| (variable, text))),
        Err(_) => Err(Reason::NotUnicode(variable)),
    };
    if let Some(variable) = variable {
        return get(variable);
    }
    let [lower, upper] = VARIABLES;
    match (get(lower)?, get(upper)?) {
        (Some((_, lower)), Some((_, upper))) if lower != upper => {
            Err(Reason::Disagree { lower, upper })
        }
        (lower, upper) => Ok(lower.or(upper)),
    }
}

/// Why no stage could be chosen. Its text says what to do and lists the declared stages.
#[derive(Clone, PartialEq, Eq)]
pub struct StageError(Box<Inner>);

#[derive(Clone, PartialEq, Eq)]
struct Inner {
    rules: StageRules,
    reason: Reason,
}

#[derive(Clone, PartialEq, Eq)]
enum Reason {
    /// The rules refuse it. The variable that held it, unless the code gave it.
    Refused(Refusal, Option<&'static str>),
    NotUnicode(&'static str),
    Disagree {
        lower: String,
        upper: String,
    },
    /// It would be a part of a name that is not allowed.
    NotInNames(NotInNames, Option<&'static str>),
    /// A struct without stages has `{stage}` in its names.
    NoStages(Templates),
}

#[derive(Clone, PartialEq, Eq)]
struct NotInNames {
    deployed: String,
    name: String,
    wrong: Wrong,
}

#[derive(Clone, PartialEq, Eq)]
enum Wrong {
    Character(char),
    Name(Fault),
    Version(u64),
}

/// The templates of a struct without stages: they take the stage of the struct around it.
#[derive(Clone, PartialEq, Eq)]
struct Templates {
    config: &'static str,
    /// The first name, as written.
    name: String,
    fields: Vec<String>,
}

impl Templates {
    /// The templates of a table that declares no stage.
    fn of(table: &ParameterTable) -> Option<Self> {
        let written = table.parameters().filter_map(|parameter| {
            let name = parameter.written_at("").filter(|name| is_template(name))?;
            Some((name.into_owned(), parameter.path().to_owned()))
        });
        let (names, fields): (Vec<_>, Vec<_>) = written.unzip();
        Some(Self { config: table.config, name: names.into_iter().next()?, fields })
    }
}

/// The version in a name, if the name at the other stage does not have it. `{stage}` in a selector
/// has to be a label, and a number would be a version.
fn version_by_stage(name: ParameterName<'_>, at_other: &Name) -> Option<u64> {
    let Some(Selector::Version(version)) = name.selector() else { return None };
    let other = at_other.parse().ok()?.selector();
    (other != Some(Selector::Version(version))).then_some(version)
}

impl StageError {
    fn new(table: &ParameterTable, reason: Reason) -> Self {
        Self(Box::new(Inner { rules: table.stages.0, reason }))
    }

    fn refusal(&self) -> Option<&Refusal> {
        match &self.0.reason {
            Reason::Refused(refusal, _) => Some(refusal),
            _ => None,
        }
    }

    /// The stage as deployed, if exactly one was given.
    pub fn deployed(&self) -> Option<&str> {
        match &self.0.reason {
            Reason::NotInNames(NotInNames { deployed, .. }, _) => Some(deployed),
            _ => self.refusal()?.deployed(),
        }
    }

    /// The declared stage that was most likely meant.
    pub fn suggestion(&self) -> Option<&'static str> {
        self.refusal()?.suggestion()
    }
}

/// For the error of a load.
impl StageError {
    /// The fields whose names need a stage and have none.
    pub(crate) fn fields(&self) -> &[String] {
        match &self.0.reason {
            Reason::NoStages(Templates { fields, .. }) => fields,
            _ => &[],
        }
    }

    /// What is wrong, in one line.
    pub(crate) fn line(&self) -> String {
        let declared = match self.0.rules.declared {
            [] => String::new(),
            declared => format!(" The stages are `{}`", declared.join("`, `")),
        };
        let from = |variable: Option<&str>| match variable {
            Some(variable) => format!(" (environment variable `{variable}`)"),
            None => String::new(),
        };
        match &self.0.reason {
            Reason::Refused(refusal, Some(variable)) if refusal.deployed().is_none() => {
                format!("{refusal}; set the environment variable `{variable}`")
            }
            Reason::Refused(refusal, variable) => format!("{refusal}{}", from(*variable)),
            Reason::NotUnicode(variable) => {
                format!("environment variable `{variable}` is not UTF-8.{declared}")
            }
            Reason::Disagree { lower, upper } => format!(
                "environment variables `stage` (`{}`) and `STAGE` (`{}`) disagree; unset one of \
                 them, or give both the same value.{declared}",
                lower.escape_debug(),
                upper.escape_debug()
            ),
            Reason::NotInNames(NotInNames { deployed, name, wrong }, variable) => {
                let (deployed, name) = (deployed.escape_debug(), name.escape_debug());
                let why = match wrong {
                    Wrong::Character(c) => format!(
                        "because of `{}`: a stage that is part of a name has only letters, digits \
                         and `_ . -`",
                        c.escape_debug()
                    ),
                    Wrong::Name(fault) => format!("which {fault}"),
                    Wrong::Version(version) => {
                        format!("which asks for version {version} instead of a label")
                    }
                };
                let from = from(*variable);
                format!(
                    "stage `{deployed}` cannot be part of the name `{name}`, {why}{from}.{declared}"
                )
            }
            Reason::NoStages(Templates { config, name, .. }) => {
                format!("`{{stage}}` in `{name}` needs a stage, but `{config}` declares none")
            }
        }
    }

    /// What to change in the attributes if the refused stage is meant as it is.
    pub(crate) fn ways_out(&self) -> Vec<String> {
        if let Reason::NoStages(Templates { config, .. }) = &self.0.reason {
            return vec![format!(
                "nest `{config}` in a struct with stages, or declare them: \
                 `#[stage_config(stages(…))]`"
            )];
        }
        let (rules, Some(deployed)) = (self.0.rules, self.deployed()) else {
            return Vec::new();
        };
        let alias = self.suggestion().and_then(|meant| alias(&rules, meant, deployed));
        let mut lenient = rules;
        lenient.allow_near_misses = true;
        let fallback = self.refusal().and_then(|_| lenient.choose(Some(deployed)).ok()?.declared);
        let fallback = fallback.map(|fallback| {
            format!("if it is to fall back to `{fallback}`: `#[stage_config(allow_near_misses)]`")
        });
        alias.into_iter().chain(fallback).collect()
    }
}

/// How `deployed` is declared as an alias of the stage with the name `meant`.
fn alias(rules: &StageRules, meant: &str, deployed: &str) -> Option<String> {
    let names = |stage| {
        let aliases = rules.aliases.iter().filter(move |(_, of)| *of == stage);
        std::iter::once(stage).chain(aliases.map(|(name, _)| *name))
    };
    let stage = *rules.declared.iter().find(|stage| names(stage).any(|name| name == meant))?;
    // The derive refuses names that differ only in case, and outer whitespace.
    let is_same = |name: &str| name.to_lowercase() == deployed.to_lowercase();
    if deployed.trim() != deployed || names(stage).any(is_same) {
        return None;
    }
    let is_word = stage.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let word = if is_word { stage } else { "…" };
    let others = if rules.declared.len() > 1 { "…, " } else { "" };
    let rename = (!is_word).then(|| format!("rename = {stage:?}"));
    let aliases = names(stage).skip(1).chain([deployed]).map(|name| format!("alias = {name:?}"));
    let names = rename.into_iter().chain(aliases).collect::<Vec<_>>().join(", ");
    Some(format!(
        "if it is another name of `{stage}`: `#[stage_config(stages({others}{word}({names})))]`"
    ))
}

impl fmt::Display for StageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.line())?;
        self.ways_out().iter().try_for_each(|way| write!(f, "\nhelp: {way}"))
    }
}

/// Reads like its `Display`: a failed `main` prints it.
impl fmt::Debug for StageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for StageError {}
