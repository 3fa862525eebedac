//! The stage of one load: where it is read from, and which declared stage it comes down to.

use std::fmt;

use stage_config_names::{Fault, NameOf, ParameterName, Refusal, Selector, Why, outside_of_names};

use crate::asked::Words;
use crate::environment::Environment;
use crate::table::ParameterTable;

/// The variables that are looked at where a struct does not name its own.
pub(crate) const VARIABLES: [&str; 2] = ["stage", "STAGE"];

/// A stage that was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    deployed: Option<String>,
    declared: Option<&'static str>,
    why: Why,
}

impl Stage {
    /// That of what is read without a load.
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
        // Somebody else's variable is nothing to a struct that is the same at every stage.
        let found =
            if table.depends_on_stage() { read(table.variable, environment) } else { Ok(None) };
        let (variable, deployed) = found.map_err(|reason| StageError::new(table, reason))?.unzip();
        let variable = variable.or(table.variable).unwrap_or(VARIABLES[0]);
        Self::pick(table, deployed.as_deref(), Some(variable))
    }

    /// `variable` is where `deployed` comes from, if not from the code.
    fn pick(
        table: &ParameterTable,
        deployed: Option<&str>,
        variable: Option<&'static str>,
    ) -> Result<Self, StageError> {
        let refuse = |reason| StageError::new(table, reason);
        let choice = table
            .stages
            .choose(deployed)
            .map_err(|refusal| refuse(Reason::Refused(refusal, variable)))?;
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

    /// Whether all names can be asked for, of which this stage may be a part.
    fn check_names(&self, table: &ParameterTable) -> Option<NotInNames> {
        let deployed = self.given().filter(|_| self.why == Why::NotDeclared)?;
        table.parameters().find_map(|parameter| {
            let asked = parameter.asked_at(self.words());
            // One name: it is no template.
            let own = asked.first().filter(|_| asked.len() > 1)?;
            let wrong = match outside_of_names(deployed) {
                Some(c) => Wrong::Character(c),
                None => match parameter.of_what() {
                    NameOf::Path => Wrong::Name(NameOf::Path.check(own).err()?),
                    NameOf::Parameter | NameOf::Secret => match ParameterName::parse(own) {
                        Err(fault) => Wrong::Name(fault),
                        Ok(name) => Wrong::Version(version_by_stage(name, asked.last()?)?),
                    },
                },
            };
            Some(NotInNames { deployed: deployed.to_owned(), name: own.to_string(), wrong })
        })
    }

    /// What it is in names.
    pub(crate) fn words(&self) -> Words<'_> {
        let preview = self.given().filter(|_| self.why == Why::NotDeclared);
        Words { preview, declared: self.resolved() }
    }

    /// As deployed, where that was given.
    pub(crate) fn given(&self) -> Option<&str> {
        self.deployed.as_deref()
    }

    /// As deployed, else the name of the declared stage that was chosen, else empty.
    pub fn deployed(&self) -> &str {
        self.given().unwrap_or(self.resolved())
    }

    /// The declared stage that was chosen; empty where none is declared.
    pub fn resolved(&self) -> &'static str {
        self.declared.unwrap_or_default()
    }

    /// Says in the log that the fallback stands in for another stage.
    pub(crate) fn announce(&self, table: &ParameterTable) {
        let (config, resolved) = (table.config, self.resolved());
        match self.why {
            Why::Exact => {}
            Why::Unset => tracing::warn!(
                config,
                stage = resolved,
                "no stage is given; `{config}` falls back to `{resolved}`"
            ),
            Why::NotDeclared => tracing::info!(
                config,
                stage = resolved,
                deployed = self.deployed(),
                "stage `{}` is not declared; `{config}` falls back to `{resolved}`",
                self.deployed().escape_debug()
            ),
        }
    }
}

/// The stage as the environment has it, with the variable that holds it. Empty counts as unset.
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
    declared: &'static [&'static str],
    reason: Reason,
}

#[derive(Clone, PartialEq, Eq)]
enum Reason {
    /// By the rules; the variable that was read, if the stage was not given in the code.
    Refused(Refusal, Option<&'static str>),
    NotUnicode(&'static str),
    Disagree {
        lower: String,
        upper: String,
    },
    /// It would be part of a name that there cannot be.
    NotInNames(NotInNames, Option<&'static str>),
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

/// The version that a name asks for, if another stage does not ask for it: a number is no label.
fn version_by_stage(name: ParameterName<'_>, at_other: &str) -> Option<u64> {
    let Some(Selector::Version(version)) = name.selector() else { return None };
    let other = ParameterName::parse(at_other).ok()?.selector();
    (other != Some(Selector::Version(version))).then_some(version)
}

impl StageError {
    fn new(table: &ParameterTable, reason: Reason) -> Self {
        Self(Box::new(Inner { declared: table.stages.declared, reason }))
    }

    fn refusal(&self) -> Option<&Refusal> {
        match &self.0.reason {
            Reason::Refused(refusal, _) => Some(refusal),
            Reason::NotUnicode(_) | Reason::Disagree { .. } | Reason::NotInNames(..) => None,
        }
    }

    /// The stage as deployed, where exactly one was given.
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

impl fmt::Display for StageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.reason {
            Reason::Refused(refusal, None) => return refusal.fmt(f),
            Reason::Refused(refusal, Some(variable)) if refusal.deployed().is_some() => {
                return write!(f, "{refusal} (environment variable `{variable}`)");
            }
            Reason::Refused(refusal, Some(variable)) => {
                return write!(f, "{refusal}; set the environment variable `{variable}`");
            }
            Reason::NotUnicode(variable) => {
                write!(f, "environment variable `{variable}` is not UTF-8.")?;
            }
            Reason::Disagree { lower, upper } => write!(
                f,
                "environment variables `stage` (`{}`) and `STAGE` (`{}`) disagree; set one of \
                 them, or both alike.",
                lower.escape_debug(),
                upper.escape_debug()
            )?,
            Reason::NotInNames(NotInNames { deployed, name, wrong }, variable) => {
                let (deployed, name) = (deployed.escape_debug(), name.escape_debug());
                write!(f, "stage `{deployed}` cannot be part of the name `{name}`, ")?;
                match wrong {
                    Wrong::Character(c) => write!(
                        f,
                        "because of `{}`: where `{{stage}}` stands in a name, a stage has letters, \
                         digits and `_ . -` only",
                        c.escape_debug()
                    )?,
                    Wrong::Name(fault) => write!(f, "which {fault}")?,
                    Wrong::Version(version) => {
                        write!(f, "which asks for version {version} and for no label")?;
                    }
                }
                match variable {
                    Some(variable) => write!(f, " (environment variable `{variable}`).")?,
                    None => f.write_str(".")?,
                }
            }
        }
        if self.0.declared.is_empty() {
            return Ok(());
        }
        write!(f, " The stages are `{}`", self.0.declared.join("`, `"))
    }
}

/// Reads like its `Display`: a failed `main` prints it.
impl fmt::Debug for StageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for StageError {}
