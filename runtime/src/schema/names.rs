//! What the generated struct of names is built from.

use std::borrow::Cow;

use crate::environment::Environment;
use crate::schema::requested::RowNames;
use crate::schema::stage::{Stage, StageError};
use crate::schema::table::ParameterTable;

/// The generated struct of names.
pub trait FromNames: Sized {
    /// The names at a stage.
    fn __new(at: At<'_>) -> Self;
}

/// A struct of a configuration at one stage.
///
/// Its methods take `self`, because the derive calls them by name: a trait of the user can have
/// methods of the same names, which the compiler would prefer to those that take a reference.
#[derive(Clone, Copy)]
pub struct At<'a> {
    stage: &'a Stage,
    rows: &'a [RowNames],
}

impl At<'_> {
    /// The name that a load requests first for the field in this row of the table.
    #[must_use]
    pub fn name(self, row: usize) -> Cow<'static, str> {
        match &self.rows[row] {
            RowNames::Names(_, names) => names[0].clone().into(),
            // The derive names only rows that are read from Parameter Store.
            RowNames::Nested(_) | RowNames::Nothing => Cow::default(),
        }
    }

    /// Makes a group of names. It stays a function of its own for the reason of `Decoder::group`.
    #[inline(never)]
    pub fn group<T>(self, make: impl FnOnce(Self) -> T) -> T {
        make(self)
    }

    /// The names of the nested struct in row `row` of the table.
    #[must_use]
    pub fn nested<T: FromNames>(self, row: usize) -> T {
        let rows = self.rows[row].nested();
        T::__new(At { stage: self.stage, rows })
    }

    /// The stage.
    pub fn stage(self) -> Stage {
        self.stage.clone()
    }
}

/// The names at the stage of a deployment that is called `deployed`.
///
/// # Errors
/// If no stage can be chosen.
pub fn for_stage<T: FromNames>(table: &ParameterTable, deployed: &str) -> Result<T, StageError> {
    let (stage, rows) = Stage::named(table, deployed)?;
    Ok(T::__new(At { stage: &stage, rows: &rows }))
}

/// The names at the stage that the environment of the process names.
///
/// # Errors
/// If no stage can be chosen.
pub fn from_env<T: FromNames>(table: &ParameterTable) -> Result<T, StageError> {
    let (stage, rows) = Stage::from(table, &Environment::from_process())?;
    Ok(T::__new(At { stage: &stage, rows: &rows }))
}
