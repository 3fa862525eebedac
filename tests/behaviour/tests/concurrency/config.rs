//! The configuration that is loaded: it says where it comes from, and fails and panics where a load
//! is to do so.

use std::panic::resume_unwind;
use std::str::FromStr;

use stage_config::StageConfig;

#[derive(StageConfig, Debug)]
#[stage_config(validate = Self::check)]
pub(crate) struct Config {
    #[ssm("/stamp")]
    pub(crate) stamp: Stamp,
}

/// What identifies a value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stamp {
    pub(crate) from: From,
    /// Of the parameter when it was read, or when the value was set.
    pub(crate) version: u64,
}

/// Where a value comes from.
#[derive(Debug, Clone, Copy)]
pub(crate) enum From {
    Load(usize, Fate),
    Set(usize),
}

/// How a load ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    Good,
    Missing,
    Denied,
    Transient,
    FieldFails,
    ValidateFails,
    LoaderPanics,
    SourcePanics,
    FieldPanics,
    ValidatePanics,
    Overtime,
}

pub(crate) const FAILURES: [Fate; 10] = [
    Fate::Missing,
    Fate::Denied,
    Fate::Transient,
    Fate::FieldFails,
    Fate::ValidateFails,
    Fate::LoaderPanics,
    Fate::SourcePanics,
    Fate::FieldPanics,
    Fate::ValidatePanics,
    Fate::Overtime,
];

/// Without a word on standard error.
pub(crate) fn panics() -> ! {
    resume_unwind(Box::new("a panic of the scenario"))
}

/// Reads what the source of a load answers: the number of the load, its fate and the version.
impl FromStr for Stamp {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let numbers: Vec<usize> = text.split(' ').map(|it| it.parse().unwrap()).collect();
        let [load, fate, version] = numbers[..] else { unreachable!("{text}") };
        let fate = FAILURES.get(fate).copied().unwrap_or(Fate::Good);
        match fate {
            Fate::FieldPanics => panics(),
            Fate::FieldFails => Err(load_error(load)),
            _ => Ok(Self { from: From::Load(load, fate), version: version as u64 }),
        }
    }
}

impl Config {
    fn check(&self) -> Result<(), String> {
        match self.stamp.from {
            From::Load(_, Fate::ValidatePanics) => panics(),
            From::Load(load, Fate::ValidateFails) => Err(load_error(load)),
            _ => Ok(()),
        }
    }
}

/// So that an error says which load it is of.
pub(crate) fn load_error(load: usize) -> String {
    format!("#{load}.")
}
