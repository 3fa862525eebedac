//! A configuration as a field of another one.

use std::borrow::Cow;

use crate::asked::{Parameter, Prefix};
use crate::config::StageConfig;
use crate::stage::Stage;
use crate::table::{Kind, ParameterTable};
use crate::values::Values;

/// What can be a `#[nested]` field: a configuration, or an `Option` of one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no configuration that could be nested",
    label = "not a configuration",
    note = "help: `#[derive(StageConfig)] struct {Self} {{ … }}`"
)]
pub trait Nested: Sized {
    /// The struct of its names at one stage.
    type Parameters;
    /// What it reads.
    const TABLE: &'static ParameterTable;

    /// Fills it from the values of a load. `None` where there are problems, which are noted.
    fn assemble(values: &mut Values<'_>) -> Option<Self>;

    /// Its names at one stage.
    fn parameters(at: At) -> Self::Parameters;

    /// The same for the field in row `index` of the struct around it.
    fn read(values: &mut Values<'_>, index: usize) -> Option<Self> {
        Self::assemble(&mut values.nested(index))
    }
}

/// `None` where it has parameters, and none of them exists.
#[diagnostic::do_not_recommend]
impl<T: Nested> Nested for Option<T> {
    type Parameters = T::Parameters;
    const TABLE: &'static ParameterTable = T::TABLE;

    fn assemble(values: &mut Values<'_>) -> Option<Self> {
        if values.none_exists() {
            return Some(None);
        }
        let read = T::assemble(values);
        if read.is_none() {
            values.explain_part();
        }
        read.map(Some)
    }

    fn parameters(at: At) -> Self::Parameters {
        T::parameters(at)
    }
}

/// Where the names of a struct are wanted: at a stage, below what is put in front of them.
#[derive(Debug, Clone)]
pub struct At {
    stage: Stage,
    prefix: Prefix,
}

impl At {
    pub(crate) fn stage(stage: Stage) -> Self {
        Self { stage, prefix: Prefix::default() }
    }

    /// The name that is asked for first by the field in row `index` of the table.
    pub fn name<T: StageConfig>(&self, index: usize) -> Cow<'static, str> {
        let parameter = Parameter::of(&T::PARAMETERS.fields[index], "", &self.prefix);
        let asked = parameter.map(|parameter| parameter.asked_at(self.stage.words()));
        // The derive asks this of parameters only.
        asked.unwrap_or_default().into_iter().next().unwrap_or_default()
    }

    /// Of the nested struct in row `index` of the table.
    #[must_use]
    pub fn nested<T: StageConfig>(&self, index: usize) -> Self {
        let names = match T::PARAMETERS.fields[index].kind {
            Kind::Nested(_, names) => names,
            _ => None,
        };
        Self { stage: self.stage.clone(), prefix: self.prefix.and(names) }
    }

    /// The stage.
    pub fn into_stage(self) -> Stage {
        self.stage
    }
}
