//! The trait that the derive implements.

mod account;
mod fingerprint;
pub(crate) mod literals;
pub(crate) mod load;
mod loader;
pub(crate) mod nested;
pub(crate) mod parameter_tests;
mod span;

use std::future::Future;

pub use self::loader::Loader;
use crate::decode::decoder::Decoder;
use crate::error::LoadError;
use crate::schema::names::FromNames;
use crate::schema::table::ParameterTable;

/// A configuration that can be loaded for the stage of the deployment.
///
/// Derive it with [`macro@crate::StageConfig`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a configuration",
    label = "`StageConfig` is not derived for it",
    note = "help: `#[derive(StageConfig)]` on the struct; a list or a map of one cannot be nested"
)]
pub trait StageConfig: Sized {
    /// Everything that the configuration reads, by field and stage. [`ParameterTable::parameters`]
    /// includes nested structs.
    const PARAMETERS: &'static ParameterTable;

    /// Loads the configuration from Parameter Store, at the stage of the environment.
    ///
    /// # Errors
    /// One [`LoadError`] with every problem.
    fn load() -> impl Future<Output = Result<Self, LoadError>> + Send {
        Self::loader().load()
    }

    /// A loader for another stage, another source or another timeout.
    fn loader() -> Loader<Self> {
        Loader::new()
    }

    /// Converts the string literals of `value` and `default` of all stages, as each load does. It
    /// needs no source and no stage. Call it in a test, or use
    /// [`parameter_tests!`](crate::parameter_tests).
    ///
    /// # Errors
    /// One [`LoadError`] with every literal that does not convert to the type of its field.
    fn check_literals() -> Result<(), LoadError> {
        crate::config::literals::check::<Self>()
    }

    /// What tools read in the program; empty after a mistake.
    #[doc(hidden)]
    const __DESCRIPTION: &'static [u8] = &[];

    #[doc(hidden)]
    type __Names: FromNames;

    /// Adds a problem for each literal that does not convert.
    #[doc(hidden)]
    fn __check_literals(_: &mut Decoder<'_>) {}

    #[doc(hidden)]
    fn __assemble(decoder: &mut Decoder<'_>) -> Option<Self>;
}
