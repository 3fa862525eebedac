//! The trait that the derive implements.

pub(crate) mod literals;
pub(crate) mod load;
mod loader;
pub(crate) mod nested;
pub(crate) mod parameter_tests;

use std::future::Future;

pub use self::loader::Loader;
use crate::decode::decoder::Decoder;
use crate::error::LoadError;
use crate::schema::names::FromNames;
use crate::schema::table::ParameterTable;

/// A configuration that is read once, for the stage that the program is deployed as.
///
/// Derive it: [`macro@crate::StageConfig`] has the attributes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a configuration",
    label = "`StageConfig` is not derived for it",
    note = "help: `#[derive(StageConfig)]` on the struct; a list or a map of one cannot be nested"
)]
pub trait StageConfig: Sized {
    /// Everything it reads, by field and stage. [`ParameterTable::parameters`] lists it together with
    /// what nested structs read.
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

    /// Reads every string literal of `value` and `default`, at all stages, as each load does, to see
    /// whether it is of its field's type. It asks no source and needs no stage: it is for a test, as
    /// [`parameter_tests!`](crate::parameter_tests) writes one.
    ///
    /// ```
    /// use std::time::Duration;
    /// use stage_config::StageConfig;
    ///
    /// #[derive(StageConfig)]
    /// struct Config {
    ///     #[value(dev = "5s", prod = "one minute")]
    ///     timeout: Duration,
    /// }
    ///
    /// let error = Config::check_literals().unwrap_err();
    /// assert_eq!(error.problems()[0].fields(), ["timeout"]);
    /// ```
    ///
    /// # Errors
    /// One [`LoadError`] with every literal that is not, those of nested structs too.
    fn check_literals() -> Result<(), LoadError> {
        crate::config::literals::check::<Self>()
    }

    #[doc(hidden)]
    type __Names: FromNames;

    /// Notes a problem for each literal that cannot be read.
    #[doc(hidden)]
    fn __check_literals(_: &mut Decoder<'_>) {}

    #[doc(hidden)]
    fn __assemble(decoder: &mut Decoder<'_>) -> Option<Self>;
}
