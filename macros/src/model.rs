//! A configuration as checked facts. Invalid combinations cannot be expressed.
//!
//! After a mistake, it contains the valid parts, and only the stub uses it.

use syn::{Expr, Ident, LitStr, Path, Type, Visibility};

use crate::diagnostics::Mistake;
use crate::parse::arguments::string;
use crate::parse::keywords::Kind;
use crate::parse::snapshot::Snapshot;

/// A mistake that is visible in the source code or only in the type, and its help.
pub(crate) const DEFAULT_ON_OPTION: (&str, &str) = (
    "an `Option` has a default already, which is `None`",
    "remove `default = …`, or change `Option<T>` to `T`",
);

/// The struct that derives `StageConfig`.
pub(crate) struct Config<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) vis: &'a Visibility,
    /// The name of the generated struct of names.
    pub(crate) names: Ident,
    /// The path to the crate `stage-config`.
    pub(crate) runtime: Path,
    pub(crate) stages: Stages,
    /// The environment variable that holds the stage, if it is not the usual one.
    pub(crate) stage_env: Option<&'a LitStr>,
    /// The function that checks all fields together.
    pub(crate) validate: Option<&'a Path>,
    /// Each account with a declared stage that is in it, by its own name.
    pub(crate) accounts: Vec<(String, String)>,
    /// Of the stages that have one.
    pub(crate) snapshots: Vec<SnapshotFile>,
    pub(crate) fields: Vec<Field<'a>>,
}

/// The declared stages, and the settings for all others.
pub(crate) struct Stages {
    /// The names that each is deployed as: its own, then its aliases.
    pub(crate) declared: Vec<Vec<String>>,
    /// One of `declared`, by its own name.
    pub(crate) fallback: Option<String>,
    pub(crate) allow_near_misses: bool,
}

pub(crate) struct Field<'a> {
    /// Its row in the table.
    pub(crate) index: usize,
    pub(crate) ident: &'a Ident,
    pub(crate) ty: &'a Type,
    pub(crate) doc: &'a str,
    pub(crate) kind: Kind,
    /// Its checked names, paths or prefixes, or the variable.
    pub(crate) names: Option<PerStage<&'a LitStr>>,
    pub(crate) origin: Origin<'a>,
    /// About its names.
    pub(crate) doubts: Vec<Doubt>,
}

/// The parameters that exist at a stage.
pub(crate) struct SnapshotFile {
    /// The name of the stage.
    pub(crate) stage: String,
    /// Relative to the folder of `Cargo.toml`.
    pub(crate) path: String,
    pub(crate) content: Snapshot,
}

/// A mistake, unless the type of the field allows what is written. The compiler decides.
pub(crate) struct Doubt {
    pub(crate) mistake: Mistake,
    pub(crate) allowed: Allowed,
}

/// Which types make a mistake none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Allowed {
    /// An `Option`, which may be absent.
    IfOptional,
    /// All but a number and the like, whose text has no comma.
    UnlessScalar,
}

/// Where the value of a field comes from.
pub(crate) enum Origin<'a> {
    /// The stage as deployed.
    Stage,
    /// It is in the source code, in this attribute. The type decides whether a string literal is
    /// converted.
    Value { word: &'a Ident, values: PerStage<&'a Expr> },
    /// It is read as text. The default of an absent text has a key.
    Text { reading: Reading<'a>, default: Option<(&'a Ident, &'a Expr)> },
    /// It is all parameters under a path.
    Path { required: bool },
    /// It is a configuration itself.
    Nested,
}

/// How a value is read from text.
pub(crate) struct Reading<'a> {
    /// The text is JSON, and the value is under this key.
    pub(crate) key: Option<&'a LitStr>,
    /// It is base64.
    pub(crate) base64: bool,
    pub(crate) form: Form<'a>,
    /// The key that requires the feature `json`.
    pub(crate) json: Option<&'a Ident>,
}

/// What reads the text, after `json_key` and `base64`.
pub(crate) enum Form<'a> {
    /// The type reads it.
    Plain,
    Json,
    /// A function reads it.
    Parsed(&'a Expr),
}

/// The same at every stage, or one for each declared stage, in their order.
pub(crate) enum PerStage<T> {
    Same(T),
    Each(Vec<(String, T)>),
}

impl<T> PerStage<T> {
    /// In the order of the declared stages.
    pub(crate) fn values(&self) -> Vec<&T> {
        match self {
            Self::Same(value) => vec![value],
            Self::Each(values) => values.iter().map(|(_, value)| value).collect(),
        }
    }

    /// `None` if any is refused. All are checked.
    pub(crate) fn map<U>(self, check: impl Fn(T) -> Option<U>) -> Option<PerStage<U>> {
        match self {
            Self::Same(it) => check(it).map(PerStage::Same),
            Self::Each(all) => {
                let all: Vec<_> = all.into_iter().map(|(stage, it)| (stage, check(it))).collect();
                let all = all.into_iter().map(|(stage, it)| Some((stage, it?)));
                all.collect::<Option<_>>().map(PerStage::Each)
            }
        }
    }
}

impl<'a> Origin<'a> {
    /// The string literals of values in the source code, each with its stage if it has one.
    pub(crate) fn literals(&self) -> Vec<(&str, &'a LitStr)> {
        let values: Vec<(&str, &&Expr)> = match self {
            Self::Value { values: PerStage::Same(value), .. }
            | Self::Text { default: Some((_, value)), .. } => vec![("", value)],
            Self::Value { values: PerStage::Each(values), .. } => {
                values.iter().map(|(stage, value)| (&**stage, value)).collect()
            }
            _ => Vec::new(),
        };
        let text = |(stage, value): (_, &&'a Expr)| Some((stage, string(value)?));
        values.into_iter().filter_map(text).collect()
    }
}
