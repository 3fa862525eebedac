//! The trait that the derive implements.

use std::future::Future;

use crate::error::LoadError;
use crate::loader::Loader;
use crate::table::ParameterTable;
use crate::values::Values;

/// A configuration that is read once, for the stage that the program is deployed as.
///
/// Derive it: [`macro@crate::StageConfig`] has the attributes.
pub trait StageConfig: Sized {
    /// All that it reads, by field and stage; [`ParameterTable::parameters`] lists it with what
    /// nested structs read.
    const PARAMETERS: &'static ParameterTable;

    /// Loads it: the stage from the environment, the parameters from Parameter Store.
    ///
    /// # Errors
    /// One [`LoadError`] with every problem.
    fn load() -> impl Future<Output = Result<Self, LoadError>> + Send {
        Self::loader().load()
    }

    /// Loads it from elsewhere, for another stage, or with a time limit of one's own.
    fn loader() -> Loader<Self> {
        Loader::new()
    }

    #[doc(hidden)]
    fn __assemble(values: &mut Values<'_>) -> Option<Self>;
}
