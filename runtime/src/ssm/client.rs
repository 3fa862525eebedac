//! The client of a load without one.
//!
//! In Lambda, region and credentials are environment variables, so the provider chain of the SDK is
//! not needed.

mod checked;
mod connections;
mod variables;

use std::sync::Arc;
use std::time::Duration;

use aws_config::ecs::EcsCredentialsProvider;
use aws_config::environment::EnvironmentVariableCredentialsProvider;
use aws_config::identity::IdentityCache;
use aws_config::provider_config::ProviderConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_ssm::Client;
use aws_sdk_ssm::config::{Config, SharedHttpClient};
use tokio::sync::OnceCell;

use crate::environment::given;
use crate::http;
use crate::store::kept::{PerRuntime, Used};
use crate::store::keys;
use crate::store::region::{NO_REGION, check, named_endpoint, named_region};

use self::checked::Checked;

/// If one of these variables is set, the provider chain of the SDK decides.
const BEYOND_THE_PLAIN: [&str; 4] =
    ["AWS_PROFILE", "AWS_CONFIG_FILE", "AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT"];

/// Longer than any load: its deadline ends the wait for credentials.
const LONGEST_WAIT: Duration = Duration::from_hours(1);

/// Kept from one load to the next: connections, and credentials from the provider chain.
#[derive(Clone)]
struct Kept {
    connections: http::Client,
    chain: Arc<OnceCell<SdkConfig>>,
}

static KEPT: PerRuntime<Kept> = PerRuntime::new();

impl Kept {
    fn of_this_runtime() -> Result<Used<Self>, String> {
        KEPT.get_or_try_init(|| {
            let connections = http::Client::new(http::Tls::from_environment()?);
            Ok(Self { connections, chain: Arc::default() })
        })
    }
}

/// Drops credentials and connections.
#[cfg(feature = "lambda")]
pub(super) async fn forget() {
    if let Some(Kept { connections, .. }) = KEPT.take().await {
        connections.disconnect().await;
    }
}

/// The HTTP client of the loader, until it is dropped.
pub(super) struct Http {
    pub(super) client: SharedHttpClient,
    kept: Used<Kept>,
}

impl Http {
    /// The error is a text for the user.
    pub(super) fn of_this_runtime() -> Result<Self, String> {
        let kept = Kept::of_this_runtime()?;
        Ok(Self { client: connections::for_the_sdk(kept.connections.clone()), kept })
    }
}

/// A client and its HTTP client. The error is a text for the user.
pub(super) async fn from_environment() -> Result<(Client, Http), String> {
    keys::check()?;
    let (region, endpoint) = (named_region()?, named_endpoint()?);
    let http = Http::of_this_runtime()?;
    if let Some(config) = plain(http.client.clone(), region.as_deref(), endpoint) {
        return Ok((Client::from_conf(config), http));
    }
    let walk = || walk_the_chain(http.client.clone(), region);
    let client = Client::new(http.kept.chain.get_or_try_init(walk).await?);
    Ok((client, http))
}

/// The configuration from the provider chain of the SDK.
async fn walk_the_chain(
    http: SharedHttpClient,
    region: Option<String>,
) -> Result<SdkConfig, String> {
    let mut config = aws_config::defaults(BehaviorVersion::latest());
    // By itself, the chain takes an empty variable for a region.
    if let Some(region) = region {
        config = config.region(Region::new(region));
    }
    if keys::are_of_a_snapshot() {
        let settings = ProviderConfig::without_region().with_http_client(http.clone());
        let container = EcsCredentialsProvider::builder().configure(&settings).build();
        config = config.credentials_provider(container);
    }
    let config = config
        .http_client(http)
        .identity_cache(IdentityCache::lazy().load_timeout(LONGEST_WAIT).build())
        // The calls have their own retries, and the SDK panics if a setting is invalid.
        .retry_config(variables::retries()?)
        .load()
        .await;
    if let Some(region) = config.region().filter(|region| !region.as_ref().is_empty()) {
        check(region.as_ref())?;
        let Some(found) = config.credentials_provider() else { return Ok(config) };
        let checked = SharedCredentialsProvider::new(Checked(found));
        return Ok(config.into_builder().credentials_provider(checked).build());
    }
    Err(match variables::missing_profile().await {
        Some(reason) => format!("{reason}, so no region is known"),
        None => NO_REGION.to_owned(),
    })
}

/// The configuration, if the environment contains all of it, as in Lambda.
fn plain(http: SharedHttpClient, region: Option<&str>, endpoint: Option<String>) -> Option<Config> {
    if keys::are_of_a_snapshot() || BEYOND_THE_PLAIN.iter().any(|name| given(name).is_some()) {
        return None;
    }
    given("AWS_ACCESS_KEY_ID").and(given("AWS_SECRET_ACCESS_KEY"))?;
    let mut config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .http_client(http)
        .region(Region::new(region?.to_owned()))
        .credentials_provider(EnvironmentVariableCredentialsProvider::new())
        // Reading the variables takes less time than the cache.
        .identity_cache(IdentityCache::no_cache());
    config.set_endpoint_url(endpoint);
    Some(config.build())
}
