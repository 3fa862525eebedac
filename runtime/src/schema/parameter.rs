//! The names that a load requests for a field: at the stage, and with the prefixes of nested structs.

use std::borrow::Cow;

use stage_config_names::{Name, NameKind, render};

use crate::schema::scope::Scope;
use crate::schema::table::{Field, Names, ParameterTable};

impl ParameterTable {
    /// Everything it reads from Parameter Store, in the order of the fields. The parameters of nested
    /// structs are among them, with the prefixes of their names.
    pub fn parameters(&self) -> impl Iterator<Item = Parameter> + use<> {
        Scope::new(self).parameters().into_iter()
    }
}

/// A parameter, a secret or a path that a configuration reads from Parameter Store.
///
/// ```
/// use stage_config::StageConfig;
///
/// #[derive(StageConfig)]
/// struct Database {
///     #[ssm("url")]
///     url: String,
/// }
///
/// #[derive(StageConfig)]
/// #[stage_config(stages(dev, prod))]
/// struct Config {
///     #[nested("/{stage}/orders")]
///     database: Database,
/// }
///
/// let parameter = Config::PARAMETERS.parameters().next().unwrap();
/// assert_eq!(parameter.path(), "database.url");
/// assert_eq!(parameter.field().name(), "url");
/// assert_eq!(parameter.at("prod").as_deref(), Some("/prod/orders/url"));
/// ```
#[derive(Debug, Clone)]
pub struct Parameter {
    path: String,
    field: &'static Field,
    kind: NameKind,
    names: Names,
    /// The prefixes of the structs around it, the outermost first.
    prefixes: Vec<Names>,
}

impl Parameter {
    /// What a field reads; `None` if that is nothing from Parameter Store.
    pub(crate) fn new(scope: &Scope<'_>, field: &'static Field) -> Option<Self> {
        let (kind, names) = field.kind.names()?;
        Some(Self { path: scope.path_of(field), field, kind, names, prefixes: scope.prefixes() })
    }

    /// The whole path of the field: `database.url` for a field `url` in a nested struct `database`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The row of the field in the table of its own struct.
    pub fn field(&self) -> &'static Field {
        self.field
    }

    /// The name or path at a *declared* stage, with the prefixes of the structs around it. For a
    /// secret, it is the name that Parameter Store reads it by.
    ///
    /// `{stage}` is replaced by `stage` as it is given here, without the fallback. The result is
    /// `None` if the name or a prefix is given by stage, and not for this one. For a stage that may
    /// not be declared, use [`ParameterTable::asked_at`], which lists every name of a load.
    pub fn at(&self, stage: &str) -> Option<Cow<'static, str>> {
        Some(rendered(&self.written_at(stage)?, self.kind, stage).into())
    }

    /// The name at a declared stage with its prefixes, as written. For a secret, it is the secret's own
    /// name.
    pub(crate) fn written_at(&self, stage: &str) -> Option<Cow<'static, str>> {
        let prefixes = self.prefixes.iter().map(|prefix| prefix.written_at(stage));
        let name = self.names.written_at(stage)?;
        Some(under(&prefixes.collect::<Option<String>>()?, self.kind, name))
    }

    pub(crate) fn kind(&self) -> NameKind {
        self.kind
    }
}

/// A name after the prefixes of the structs around it, as written.
pub(crate) fn under(prefix: &str, kind: NameKind, name: &'static str) -> Cow<'static, str> {
    if prefix.is_empty() {
        return name.into();
    }
    let slash = if name.starts_with('/') { "" } else { "/" };
    let mut whole = format!("{prefix}{slash}{name}");
    // The name of a secret is not a path.
    if kind == NameKind::Secret { whole.split_off(1) } else { whole }.into()
}

/// A written name for a stage.
#[expect(clippy::ptr_arg, reason = "a borrowed name is not copied, because it is `'static`")]
pub(crate) fn rendered(written: &Cow<'static, str>, kind: NameKind, stage: &str) -> Name {
    match written {
        Cow::Borrowed(name) => kind.name(render(name, stage)),
        Cow::Owned(name) => kind.name(&*render(name, stage)),
    }
}
