//! Where the names of a struct are wanted.

use std::borrow::Cow;

use crate::asked::{Parameter, Prefix};
use crate::stage::Stage;
use crate::table::{Kind, ParameterTable};

/// A stage, and what is put in front of the names there.
#[derive(Debug, Clone)]
pub struct At {
    stage: Stage,
    prefix: Prefix,
}

impl At {
    pub(crate) fn stage(stage: Stage) -> Self {
        Self { stage, prefix: Prefix::default() }
    }

    /// The names that are asked for first by the fields in these rows of the table.
    pub fn names<const N: usize>(
        &self,
        table: &'static ParameterTable,
        rows: [usize; N],
    ) -> [Cow<'static, str>; N] {
        rows.map(|row| {
            let parameter = Parameter::of(&table.fields[row], "", &self.prefix);
            let asked = parameter.map(|parameter| parameter.asked_at(self.stage.words()));
            // The derive asks this of parameters only.
            asked.unwrap_or_default().into_iter().next().unwrap_or_default()
        })
    }

    /// Of the nested struct in row `index` of the table.
    #[must_use]
    pub fn nested(&self, table: &ParameterTable, index: usize) -> Self {
        let names = match table.fields[index].kind {
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
