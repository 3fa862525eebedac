//! The client of a load without one.
//!
//! In Lambda, region and credentials are environment variables, so the provider chain of the SDK is
//! not needed.

mod checked;
mod http;
mod resolve;
mod variables;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use aws_config::environment::EnvironmentVariableCredentialsProvider;
use aws_config::identity::IdentityCache;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_ssm::Client;
use aws_sdk_ssm::config::{Config, SharedHttpClient};
use tokio::runtime::{Handle, Id};
use tokio::sync::OnceCell;

use crate::environment::given;
use crate::quote::quote;
use crate::store::keys;

use self::checked::Checked;

/// If one of these variables is set, the provider chain of the SDK decides.
const BEYOND_THE_PLAIN: [&str; 4] =
    ["AWS_PROFILE", "AWS_CONFIG_FILE", "AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT"];

/// Longer than any load: its deadline ends the wait for credentials.
const LONGEST_WAIT: Duration = Duration::from_hours(1);

/// Kept from one load to the next: connections, and credentials from the provider chain.
///
/// Both belong to the runtime that created them. If that runtime is not running, for example after
/// a test, nothing drives its connections.
#[derive(Clone)]
struct Kept {
    runtime: Option<Id>,
    http: SharedHttpClient,
    chain: Arc<OnceCell<SdkConfig>>,
}

/// For this many runtimes. A program has one or two, and tests have one each.
const MOST_KEPT: usize = 4;

impl Kept {
    fn of_this_runtime() -> Result<Self, String> {
        static KEPT: Mutex<Vec<Kept>> = Mutex::new(Vec::new());
        let runtime = Handle::try_current().ok().map(|handle| handle.id());
        let mut all = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = match all.iter().position(|kept| kept.runtime == runtime) {
            Some(index) => all.remove(index),
            None => Self { runtime, http: http::client()?, chain: Arc::default() },
        };
        // The first one was used least recently.
        if all.len() == MOST_KEPT {
            all.remove(0);
        }
        all.push(kept.clone());
        Ok(kept)
    }
}

/// The HTTP client for a user's client that has none. The error is a text for the user.
pub(super) fn http_client() -> Result<SharedHttpClient, String> {
    Ok(Kept::of_this_runtime()?.http)
}

/// A client and its HTTP client. The error is a text for the user.
pub(super) async fn from_environment() -> Result<(Client, SharedHttpClient), String> {
    keys::check()?;
    let Kept { http, chain, .. } = Kept::of_this_runtime()?;
    if let Some(config) = plain(http.clone()) {
        return Ok((Client::from_conf(config), http));
    }
    let config = chain.get_or_try_init(|| walk_the_chain(http.clone())).await?;
    Ok((Client::new(config), http))
}

/// The configuration from the provider chain of the SDK.
async fn walk_the_chain(http: SharedHttpClient) -> Result<SdkConfig, String> {
    let config = aws_config::defaults(BehaviorVersion::latest())
        .http_client(http)
        .identity_cache(IdentityCache::lazy().load_timeout(LONGEST_WAIT).build())
        // The calls have their own retries, and the SDK panics if a setting is invalid.
        .retry_config(variables::retries()?)
        .load()
        .await;
    if config.region().is_some() {
        let Some(found) = config.credentials_provider() else { return Ok(config) };
        let checked = SharedCredentialsProvider::new(Checked(found));
        return Ok(config.into_builder().credentials_provider(checked).build());
    }
    Err(match variables::missing_profile().await {
        Some(name) => format!(
            "the AWS profile `{}` in the environment variable `AWS_PROFILE` does not exist, so no \
             region is known",
            quote(&name)
        ),
        None => "no AWS region is given; set the environment variable `AWS_REGION`, as Lambda does"
            .to_owned(),
    })
}

/// The configuration, if the environment contains all of it, as in Lambda.
fn plain(http: SharedHttpClient) -> Option<Config> {
    if BEYOND_THE_PLAIN.iter().any(|name| given(name).is_some()) {
        return None;
    }
    given("AWS_ACCESS_KEY_ID").and(given("AWS_SECRET_ACCESS_KEY"))?;
    let region = given("AWS_REGION").or_else(|| given("AWS_DEFAULT_REGION"))?;
    let mut config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .http_client(http)
        .region(Region::new(region))
        .credentials_provider(EnvironmentVariableCredentialsProvider::new());
    let ignored = given("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")
        .is_some_and(|text| text.eq_ignore_ascii_case("true"));
    if !ignored {
        config
            .set_endpoint_url(given("AWS_ENDPOINT_URL_SSM").or_else(|| given("AWS_ENDPOINT_URL")));
    }
    Some(config.build())
}

#[cfg(test)]
mod tests {
    use tokio::runtime::{Builder, Runtime};

    use super::*;

    #[test]
    fn what_is_kept_belongs_to_one_runtime() {
        let runtimes = || Builder::new_current_thread().build().unwrap();
        let (one, other) = (runtimes(), runtimes());
        let kept = |runtime: &Runtime| {
            let kept = runtime.block_on(async { Kept::of_this_runtime() });
            kept.unwrap().chain
        };
        let (first, second) = (kept(&one), kept(&other));
        assert!(!Arc::ptr_eq(&first, &second));
        // Also if they take turns.
        assert!(Arc::ptr_eq(&first, &kept(&one)));
        assert!(Arc::ptr_eq(&second, &kept(&other)));
        // But not for as many runtimes as there may be.
        (0..MOST_KEPT).for_each(|_| drop(kept(&runtimes())));
        assert!(!Arc::ptr_eq(&first, &kept(&one)));
    }
}
