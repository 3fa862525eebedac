//! What a problem is about.

use stage_config_names::{Name, NameOf};

/// What a problem is about.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Subject {
    Parameter(Name),
    Secret(Name),
    Path(Name),
    Variable(&'static str),
    Stage,
    /// For this stage; if empty, for all stages.
    Literal(&'static str),
}

impl Subject {
    pub(crate) fn new(of: NameOf, name: Name) -> Self {
        match of {
            NameOf::Parameter => Self::Parameter(name),
            NameOf::Secret => Self::Secret(name),
            NameOf::Path => Self::Path(name),
        }
    }

    pub(super) fn noun(&self) -> &'static str {
        match self {
            Self::Parameter(_) => "parameter",
            Self::Secret(_) => "secret",
            Self::Path(_) => "path",
            Self::Variable(_) => "environment variable",
            Self::Stage => "the stage",
            Self::Literal(_) => "the string literal",
        }
    }

    pub(super) fn name(&self) -> Option<&str> {
        match self {
            Self::Parameter(name) | Self::Path(name) => Some(name.as_str()),
            Self::Secret(name) => Some(name.own()),
            Self::Variable(name) => Some(name),
            Self::Stage | Self::Literal(_) => None,
        }
    }
}
