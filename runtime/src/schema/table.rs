//! The table that the derive writes: everything a configuration asks for, by field and stage.

use std::borrow::Cow;

use stage_config_names::{NameOf, Stages, render};

/// What a configuration reads, field by field, and the stages that it knows.
///
/// Loader, documentation and policies all read this one table.
///
/// ```
/// use stage_config::StageConfig;
///
/// #[derive(StageConfig)]
/// struct Config {
///     /// Stripe secret key
///     #[ssm(dev = "/stripeSecretKey/test", prod = "/stripeSecretKey/live")]
///     stripe_secret_key: stage_config::SecretString,
///     #[env("TABLE_NAME")]
///     table_name: String,
/// }
///
/// let parameter = Config::PARAMETERS.parameters().next().unwrap();
/// let field = parameter.field();
/// assert_eq!((field.name, field.doc, field.secret), ("stripe_secret_key", "Stripe secret key", true));
/// assert_eq!(parameter.at("prod").as_deref(), Some("/stripeSecretKey/live"));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct ParameterTable {
    /// The name of the struct.
    pub config: &'static str,
    /// Its stages.
    pub stages: Stages,
    /// The environment variable that holds the stage; without it `stage`, then `STAGE`.
    pub variable: Option<&'static str>,
    /// A row for each field, in the order of the struct.
    pub fields: &'static [Field],
}

impl ParameterTable {
    /// Whether anything depends on the stage.
    pub(crate) fn depends_on_stage(&self) -> bool {
        let depends = |field: &Field| match field.kind {
            Kind::Stage => true,
            Kind::Nested(table, _) => table.depends_on_stage(),
            _ => false,
        };
        !self.stages.declared.is_empty() || self.fields.iter().any(depends)
    }
}

/// One field of a configuration.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// Its doc comment; empty where there is none.
    pub doc: &'static str,
    /// Where its value comes from.
    pub kind: Kind,
    /// Of a value in a JSON object, its key, nested by dots.
    pub json_key: Option<&'static str>,
    /// Whether the value may be absent: the field is an `Option`, has a default, or is a map that may
    /// be empty.
    pub optional: bool,
    /// The default, as written; `None` where there is none.
    pub default: Option<&'static str>,
    /// Whether its type keeps the value secret.
    pub secret: bool,
    /// Its type, as written.
    pub ty: &'static str,
}

/// Where the value of a field comes from.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Kind {
    /// A parameter of Parameter Store.
    Ssm(Names),
    /// A secret of Secrets Manager, which Parameter Store reads.
    Secret(Names),
    /// All parameters below a path.
    SsmPath(Names),
    /// The environment variable of this name.
    Env(&'static str),
    /// The stage itself.
    Stage,
    /// An expression in the source code.
    Value,
    /// Another configuration, and the prefix that is put in front of its names.
    Nested(&'static ParameterTable, Option<Names>),
}

impl Kind {
    /// The names that are asked for, and what they are names of.
    pub(crate) fn names(self) -> Option<(NameOf, Names)> {
        match self {
            Self::Ssm(names) => Some((NameOf::Parameter, names)),
            Self::Secret(names) => Some((NameOf::Secret, names)),
            Self::SsmPath(names) => Some((NameOf::Path, names)),
            Self::Env(_) | Self::Stage | Self::Value | Self::Nested(..) => None,
        }
    }
}

/// The name of a parameter at each stage, as written: `{stage}` stands for the stage.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Names {
    /// One for all stages.
    Same(&'static str),
    /// Pairs of declared stage and name.
    ByStage(&'static [(&'static str, &'static str)]),
}

impl Names {
    /// The name at a declared stage, without the prefixes of structs around it, which
    /// [`Parameter::at`](crate::Parameter::at) has.
    pub fn at(&self, stage: &str) -> Option<Cow<'static, str>> {
        self.written_at(stage).map(|name| render(name, stage))
    }

    /// The same as written.
    pub(crate) fn written_at(&self, stage: &str) -> Option<&'static str> {
        match self {
            Self::Same(name) => Some(name),
            Self::ByStage(pairs) => {
                pairs.iter().find(|(declared, _)| *declared == stage).map(|(_, name)| *name)
            }
        }
    }
}
