//! Tests for every configuration.

/// Expands to two tests of a configuration, for a test module.
///
/// - `every_literal_is_of_its_type` calls
///   [`StageConfig::check_literals`](crate::StageConfig::check_literals).
/// - `every_parameter_can_be_read`, with the feature `ssm` or `lean`, loads from Parameter Store at
///   the stage of the environment. It fails if a parameter does not exist, is not readable or does not
///   convert to the type of its field. `#[env]` fields are skipped, because their variables are set
///   in the Lambda, and `validate` is not called then. The test needs an AWS account, so it is
///   ignored by default:
///
/// ```sh
/// AWS_PROFILE=production stage=prod cargo test -- --ignored
/// ```
///
/// Each configuration needs its own module:
///
/// ```
/// # use stage_config::StageConfig;
/// # #[derive(StageConfig)]
/// # pub struct Config {}
/// #[cfg(test)]
/// mod tests {
///     stage_config::parameter_tests!(super::Config);
/// }
/// ```
#[macro_export]
macro_rules! parameter_tests {
    ($config:ty $(,)?) => {
        #[test]
        fn every_literal_is_of_its_type() -> ::core::result::Result<(), $crate::LoadError> {
            <$config as $crate::StageConfig>::check_literals()
        }

        $crate::__parameter_store_test!($config);
    };
}

#[cfg(feature = "_store")]
#[doc(hidden)]
#[macro_export]
macro_rules! __parameter_store_test {
    ($config:ty) => {
        #[test]
        #[ignore = "needs an AWS account: `AWS_PROFILE=… stage=… cargo test -- --ignored`"]
        fn every_parameter_can_be_read() -> ::core::result::Result<(), $crate::LoadError> {
            $crate::__private::read_parameters::<$config>()
        }
    };
}

#[cfg(not(feature = "_store"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __parameter_store_test {
    ($config:ty) => {};
}

/// Loads all that a configuration reads from Parameter Store, in a runtime of its own.
///
/// # Errors
/// Every problem of the load.
///
/// # Panics
/// Inside a runtime, and if there can be none.
#[cfg(feature = "_store")]
pub fn read_parameters<T: crate::StageConfig>() -> Result<(), crate::LoadError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let load = T::loader().without_variables().load();
    match runtime.expect("a test can have a runtime").block_on(load) {
        // Nothing is wrong with what is left out.
        Err(error) if !error.problems().is_empty() => Err(error),
        Ok(_) | Err(_) => Ok(()),
    }
}
