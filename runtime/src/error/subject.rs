//! What a problem is about.

use stage_config_names::{Name, NameKind};

/// What a problem is about.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Subject {
    Name(NameKind, Name),
    Variable(&'static str),
    Stage,
    /// For this stage; if empty, for all stages.
    Literal(&'static str),
}

impl Subject {
    pub(super) fn noun(&self) -> &'static str {
        match self {
            Self::Name(NameKind::Secret, _) => "secret",
            Self::Name(NameKind::Path, _) => "path",
            Self::Name(..) => "parameter",
            Self::Variable(_) => "environment variable",
            Self::Stage => "the stage",
            Self::Literal(_) => "the string literal",
        }
    }

    pub(super) fn name(&self) -> Option<&str> {
        match self {
            Self::Name(_, name) => Some(name.own()),
            Self::Variable(name) => Some(name),
            Self::Stage | Self::Literal(_) => None,
        }
    }
}
