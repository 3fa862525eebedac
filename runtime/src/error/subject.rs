//! What a problem is about.

use stage_config_names::NameOf;

use crate::schema::parameter::{own_name, without_slash};

/// What was asked for.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Subject {
    Parameter(String),
    /// By the name under which Parameter Store reads it.
    Secret(String),
    Path(String),
    Variable(&'static str),
    Stage,
    /// At this stage; empty: at all of them.
    Literal(&'static str),
}

impl Subject {
    pub(crate) fn of(what: NameOf, name: &str) -> Self {
        match what {
            NameOf::Parameter => Self::Parameter(name.to_owned()),
            NameOf::Secret => Self::Secret(name.to_owned()),
            NameOf::Path => Self::Path(name.to_owned()),
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
            Self::Secret(name) => Some(own_name(name)),
            Self::Parameter(name) | Self::Path(name) => Some(name),
            Self::Variable(name) => Some(name),
            Self::Stage | Self::Literal(_) => None,
        }
    }

    /// `Key` and `/Key` are one parameter.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Parameter(one), Self::Parameter(other)) => {
                without_slash(one) == without_slash(other)
            }
            _ => self == other,
        }
    }
}
