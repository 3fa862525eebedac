//! The table that the derive writes: everything a configuration reads, by field and stage.

use std::borrow::Cow;

use stage_config_names::{NameKind, render};

use crate::schema::reads::Reads;
use crate::schema::stages::Stages;

/// Everything a configuration reads, and its stages:
/// [`StageConfig::PARAMETERS`](crate::StageConfig::PARAMETERS).
///
/// The loader, the descriptions and the policies all read this one table; see [`parameters`](Self::parameters).
#[derive(Debug, Clone, Copy)]
pub struct ParameterTable {
    pub(crate) config: &'static str,
    pub(crate) stages: Stages,
    pub(crate) variable: Option<&'static str>,
    pub(crate) fields: &'static [Field],
    /// Whether its names were checked against a snapshot.
    pub(crate) has_snapshot: bool,
}

impl ParameterTable {
    #[doc(hidden)]
    pub const fn __new(
        config: &'static str,
        stages: Stages,
        variable: Option<&'static str>,
        fields: &'static [Field],
    ) -> Self {
        Self { config, stages, variable, fields, has_snapshot: false }
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn __with_snapshot(self) -> Self {
        Self { has_snapshot: true, ..self }
    }

    /// The name of the struct.
    pub const fn config(&self) -> &'static str {
        self.config
    }

    /// The stages that it declares, and what happens to all others.
    pub const fn stages(&self) -> Stages {
        self.stages
    }

    /// The environment variable that holds the stage, if the struct names one. Otherwise it is
    /// `stage`, then `STAGE`.
    pub const fn stage_env(&self) -> Option<&'static str> {
        self.variable
    }

    /// A row for each field, in the order of the struct. [`parameters`](Self::parameters) has those
    /// of nested structs too.
    pub const fn fields(&self) -> &'static [Field] {
        self.fields
    }

    /// Whether anything depends on the stage.
    pub(crate) fn depends_on_stage(&self) -> bool {
        let depends = |field: &Field| match field.kind {
            Kind::Stage => true,
            Kind::Nested(table, _) => table.depends_on_stage(),
            _ => false,
        };
        !self.stages.declared().is_empty() || self.fields.iter().any(depends)
    }
}

/// One field of a configuration.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    pub(crate) name: &'static str,
    pub(crate) doc: &'static str,
    pub(crate) kind: Kind,
    pub(crate) json_key: Option<&'static str>,
    pub(crate) optional: bool,
    pub(crate) default: Option<&'static str>,
    pub(crate) secret: bool,
    pub(crate) ty: &'static str,
    pub(crate) reads: Reads,
}

impl Field {
    /// Its name.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Its doc comment, or an empty string.
    pub const fn doc(&self) -> &'static str {
        self.doc
    }

    /// Where its value comes from.
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// The key to read if the value is a JSON object; dots separate the keys of nested objects.
    pub const fn json_key(&self) -> Option<&'static str> {
        self.json_key
    }

    /// Whether the value may be absent: the field is an `Option`, has a default, or is a map that may
    /// be empty.
    pub const fn is_optional(&self) -> bool {
        self.optional
    }

    /// Its default, as written.
    pub const fn default(&self) -> Option<&'static str> {
        self.default
    }

    /// Whether its type keeps the value secret.
    pub const fn is_secret(&self) -> bool {
        self.secret
    }

    /// Its type, as written.
    pub const fn ty(&self) -> &'static str {
        self.ty
    }

    /// What the text of its value is read as; for a field with a `json_key`, the text of the value
    /// under that key, and for a map, that of each of its values.
    pub const fn reads(&self) -> Reads {
        self.reads
    }
}

/// What the derive writes. The less it has to say about a field, the faster a struct compiles, so
/// these are functions and not one literal with every part.
#[doc(hidden)]
impl Field {
    /// A field called `name` of the type `ty`. `optional` and `secret` are facts about the type.
    pub const fn __new(
        name: &'static str,
        ty: &'static str,
        [optional, secret]: [bool; 2],
        kind: Kind,
    ) -> Self {
        Self {
            name,
            doc: "",
            kind,
            json_key: None,
            optional,
            default: None,
            secret,
            ty,
            reads: Reads::UNKNOWN,
        }
    }

    #[must_use]
    pub const fn __doc(self, doc: &'static str) -> Self {
        Self { doc, ..self }
    }

    #[must_use]
    pub const fn __reads(self, reads: Reads) -> Self {
        Self { reads, ..self }
    }

    #[must_use]
    pub const fn __json_key(self, key: &'static str) -> Self {
        Self { json_key: Some(key), ..self }
    }

    #[must_use]
    pub const fn __default(self, default: &'static str) -> Self {
        Self { default: Some(default), optional: true, ..self }
    }
}

/// Where the value of a field comes from.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Kind {
    /// A parameter of Parameter Store.
    Ssm(Names),
    /// A secret of Secrets Manager, which Parameter Store reads.
    Secret(Names),
    /// All parameters under a path.
    SsmPath(Names),
    /// The environment variable of this name.
    Env(&'static str),
    /// The stage itself.
    Stage,
    /// An expression in the source code.
    Value,
    /// Another configuration, and the prefix of its names.
    Nested(&'static ParameterTable, Option<Names>),
}

impl Kind {
    /// The names that a load requests, and what they are names of.
    pub(crate) fn names(self) -> Option<(NameKind, Names)> {
        match self {
            Self::Ssm(names) => Some((NameKind::Parameter, names)),
            Self::Secret(names) => Some((NameKind::Secret, names)),
            Self::SsmPath(names) => Some((NameKind::Path, names)),
            Self::Env(_) | Self::Stage | Self::Value | Self::Nested(..) => None,
        }
    }
}

/// The name of a parameter at each stage, as written: `{stage}` stands for the stage.
#[derive(Debug, Clone, Copy)]
pub struct Names {
    stages: &'static [&'static str],
    /// One for each stage, or a single one for all.
    pub(crate) names: &'static [&'static str],
}

impl Names {
    /// `names` has one for each of `stages`, in their order, or a single one for all stages.
    pub(crate) const fn new(
        stages: &'static [&'static str],
        names: &'static [&'static str],
    ) -> Self {
        Self { stages, names }
    }

    /// The name at a declared stage. The prefixes of the structs around it are not part of it;
    /// [`Parameter::at`](crate::schema::Parameter::at) has them.
    pub fn at(&self, stage: &str) -> Option<Cow<'static, str>> {
        self.written_at(stage).map(|name| render(name, stage))
    }

    /// The same as written.
    pub(crate) const fn written_at(&self, stage: &str) -> Option<&'static str> {
        if let [name] = self.names {
            return Some(name);
        }
        let mut index = 0;
        while index < self.stages.len() && index < self.names.len() {
            if same(self.stages[index], stage) {
                return Some(self.names[index]);
            }
            index += 1;
        }
        None
    }
}

/// `==`, which is not `const`.
pub(crate) const fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && begins(a, b)
}

/// `str::starts_with`, which is not `const`.
pub(crate) const fn begins(text: &str, with: &str) -> bool {
    let (text, with) = (text.as_bytes(), with.as_bytes());
    let mut at = 0;
    while at < with.len() {
        if at >= text.len() || text[at] != with[at] {
            return false;
        }
        at += 1;
    }
    true
}
