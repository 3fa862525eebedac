//! Every name that a load requests: row by row for the load, and as a list for policies and checks.

use std::collections::HashMap;
use std::ops::Deref;

use stage_config_names::{Name, NameKind, is_template};

use crate::schema::parameter::{rendered, under};
use crate::schema::stage::{Stage, StageError};
use crate::schema::table::{Field, Kind, Names, ParameterTable};

/// The names that a load requests for one row of a table. They are the keys of its answers.
pub(crate) enum RowNames {
    Names(NameKind, Alternatives),
    /// Row by row.
    Nested(Vec<RowNames>),
    /// The row reads nothing from Parameter Store.
    Nothing,
}

/// The names of one row: the first that exists wins.
pub(crate) enum Alternatives {
    One([Name; 1]),
    /// A template at a preview stage: its own name, and that of the fallback.
    Two([Name; 2]),
}

impl Deref for Alternatives {
    type Target = [Name];

    fn deref(&self) -> &[Name] {
        match self {
            Self::One(names) => names,
            Self::Two(names) => names,
        }
    }
}

impl RowNames {
    /// The names of all rows of a table.
    pub(crate) fn at(stage: &Stage, table: &ParameterTable) -> Vec<Self> {
        Self::under("", stage, table)
    }

    fn under(prefix: &str, stage: &Stage, table: &ParameterTable) -> Vec<Self> {
        let written = |names: Names| {
            let name = names.written_at(stage.chosen());
            name.expect("the derive writes a name for each declared stage")
        };
        let row = |field: &Field| match (field.kind, field.kind.names()) {
            (Kind::Nested(table, own), _) => {
                let own = own.map(written).unwrap_or_default();
                Self::Nested(Self::under(&format!("{prefix}{own}"), stage, table))
            }
            (_, Some((kind, names))) => {
                let written = under(prefix, kind, written(names));
                let preview = stage.preview().filter(|_| is_template(&written));
                let own = preview.map(|preview| rendered(&written, kind, preview));
                let name = rendered(&written, kind, stage.chosen());
                Self::Names(
                    kind,
                    match own {
                        Some(own) => Alternatives::Two([own, name]),
                        None => Alternatives::One([name]),
                    },
                )
            }
            (_, None) => Self::Nothing,
        };
        table.fields.iter().map(row).collect()
    }

    /// The rows of the nested struct, if it is one.
    pub(crate) fn nested(&self) -> &[Self] {
        match self {
            Self::Nested(rows) => rows,
            Self::Names(..) | Self::Nothing => &[],
        }
    }

    /// Visits each parameter, nested ones included.
    pub(crate) fn visit<'r>(rows: &'r [Self], visit: &mut impl FnMut(NameKind, &'r [Name])) {
        for row in rows {
            match row {
                Self::Names(kind, names) => visit(*kind, names),
                Self::Nested(rows) => Self::visit(rows, visit),
                Self::Nothing => {}
            }
        }
    }
}

impl ParameterTable {
    /// Every name that a load requests at the stage of a deployment that is called `deployed`, in the
    /// order of the fields. Build policies and checks from it. For a preview stage, it includes the
    /// names of the fallback. An empty `deployed` means no stage, as in a load.
    ///
    /// ```
    /// use stage_config::{SecretString, StageConfig};
    ///
    /// #[derive(StageConfig)]
    /// #[stage_config(stages(dev, prod))]
    /// struct Config {
    ///     #[ssm("/orders/{stage}/limit")]
    ///     limit: u32,
    ///     #[secret(dev = "orders/test", prod = "orders/live")]
    ///     password: SecretString,
    /// }
    ///
    /// let requested = Config::PARAMETERS.asked_at("featureX")?;
    /// let names: Vec<_> = requested.iter().map(|it| it.name()).collect();
    /// let secret = "/aws/reference/secretsmanager/orders/test";
    /// assert_eq!(names, ["/orders/featureX/limit", "/orders/dev/limit", secret]);
    /// assert_eq!(requested[0].fields(), ["limit"]);
    /// assert!(requested[2].actions().contains(&"secretsmanager:GetSecretValue"));
    /// # Ok::<(), stage_config::StageError>(())
    /// ```
    ///
    /// # Errors
    /// The [`StageError`] of a load at this stage.
    pub fn asked_at(&self, deployed: &str) -> Result<Vec<RequestedName>, StageError> {
        let (_, rows) = Stage::named(self, deployed)?;
        let mut requested: Vec<RequestedName> = Vec::new();
        let mut indexes = HashMap::new();
        let mut parameters = self.parameters();
        RowNames::visit(&rows, &mut |kind, names| {
            let Some(parameter) = parameters.next() else { return };
            for name in names {
                // A path and a parameter may have the same name.
                let key = (kind == NameKind::Path, name.clone());
                let index = *indexes.entry(key).or_insert(requested.len());
                if index == requested.len() {
                    let name = name.clone();
                    requested.push(RequestedName { name, kind, fields: Vec::new() });
                }
                requested[index].fields.push(parameter.path().to_owned());
            }
        });
        Ok(requested)
    }
}

/// A name that a load requests; see [`ParameterTable::asked_at`].
#[derive(Debug, Clone)]
pub struct RequestedName {
    name: Name,
    kind: NameKind,
    fields: Vec<String>,
}

impl RequestedName {
    /// The name or path that the loader requests from Parameter Store. For a secret, it is
    /// `/aws/reference/secretsmanager/` followed by the secret's own name.
    pub fn name(&self) -> &Name {
        &self.name
    }

    /// Whether it is a parameter, a secret or a path.
    pub fn kind(&self) -> NameKind {
        self.kind
    }

    /// The fields that read it, by their whole paths: `database.url`.
    pub fn fields(&self) -> &[String] {
        &self.fields
    }

    /// The IAM actions that read it. A role needs only one of `ssm:GetParameter` and
    /// `ssm:GetParameters`. A parameter that is encrypted with your own key also needs `kms:Decrypt`
    /// on that key. See <https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-access.html>.
    pub fn actions(&self) -> &'static [&'static str] {
        match self.kind {
            NameKind::Path => &["ssm:GetParametersByPath"],
            _ if self.name.is_secret() => {
                &["ssm:GetParameter", "ssm:GetParameters", "secretsmanager:GetSecretValue"]
            }
            _ => &["ssm:GetParameter", "ssm:GetParameters"],
        }
    }
}
