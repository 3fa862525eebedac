//! Checks environment variables that make the SDK panic if they are invalid.

use aws_config::profile;
use aws_config::retry::{RetryConfig, RetryMode};
use aws_runtime::env_config::file::EnvConfigFiles;
use aws_types::os_shim_internal::{Env, Fs};

use crate::environment::given;
use crate::quote::quote;

/// The retries of the credentials providers.
pub(super) fn retries() -> Result<RetryConfig, String> {
    let mut retries = RetryConfig::standard();
    if let Some(text) = given("AWS_MAX_ATTEMPTS") {
        let number = text.parse().ok().filter(|number| *number > 0);
        retries = retries.with_max_attempts(number.ok_or(
            "the environment variable `AWS_MAX_ATTEMPTS` has to be a whole number of at least 1",
        )?);
    }
    if let Some(text) = given("AWS_RETRY_MODE") {
        let mode: Result<RetryMode, _> = text.parse();
        retries = retries.with_retry_mode(mode.map_err(
            |_| "the environment variable `AWS_RETRY_MODE` has to be `standard` or `adaptive`",
        )?);
    }
    Ok(retries)
}

/// Says that the profile in `AWS_PROFILE` does not exist, if that is so.
pub(super) async fn missing_profile() -> Option<String> {
    let name = given("AWS_PROFILE")?;
    let files = EnvConfigFiles::default();
    let profiles = profile::load(&Fs::real(), &Env::real(), &files, None).await.ok()?;
    let name = profiles.get_profile(&name).is_none().then(|| quote(&name))?;
    Some(format!(
        "the AWS profile `{name}` in the environment variable `AWS_PROFILE` does not exist"
    ))
}
