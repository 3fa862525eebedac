//! The table that the derive writes: everything a configuration asks for, by field and stage.

use std::borrow::Cow;

use stage_config_names::Stages;

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
/// let (field, names) = Config::PARAMETERS.parameters().next().unwrap();
/// assert_eq!((field.name, field.doc, field.secret), ("stripe_secret_key", "Stripe secret key", true));
/// assert_eq!(names.at("prod"), Some("/stripeSecretKey/live"));
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
        let is_stage = |field: &Field| matches!(field.kind, Kind::Stage);
        !self.stages.declared.is_empty() || self.fields.iter().any(is_stage)
    }

    /// The fields that are read from Parameter Store, with the names of their parameters.
    pub fn parameters(&self) -> impl Iterator<Item = (&'static Field, Names)> {
        self.fields.iter().filter_map(|field| match field.kind {
            Kind::Ssm(names) => Some((field, names)),
            Kind::Env(_) | Kind::Stage | Kind::Value => None,
        })
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
    /// Whether the value may be absent: the field is an `Option` or has a default.
    pub optional: bool,
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
    /// The environment variable of this name.
    Env(&'static str),
    /// The stage itself.
    Stage,
    /// An expression in the source code.
    Value,
}

/// The name of a parameter at each stage.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Names {
    /// One for all stages.
    Same(&'static str),
    /// Pairs of declared stage and name.
    ByStage(&'static [(&'static str, &'static str)]),
}

impl Names {
    /// The name at a declared stage.
    pub fn at(&self, stage: &str) -> Option<&'static str> {
        match self {
            Self::Same(name) => Some(name),
            Self::ByStage(pairs) => {
                pairs.iter().find(|(declared, _)| *declared == stage).map(|(_, name)| *name)
            }
        }
    }

    /// What is asked for at the declared stage that was chosen.
    pub(crate) fn asked_at(&self, stage: &str) -> Cow<'static, str> {
        Cow::Borrowed(self.at(stage).expect("the derive writes a name for each declared stage"))
    }
}
