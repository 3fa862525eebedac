//! Region, credentials and endpoint, as the AWS CLI finds them.

use std::time::Duration;

use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_config::retry::RetryConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig, profile};
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_runtime::env_config::file::EnvConfigFiles;
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use aws_types::os_shim_internal::{Env, Fs};
use aws_types::service_config::ServiceConfigKey;

use crate::args::Aws;
use crate::error::{Error, Result};

/// Somebody waits, so there are more than the SDK's three, and sooner.
const ATTEMPTS: u32 = 5;
const FIRST_PAUSE: Duration = Duration::from_millis(100);

pub(super) struct Settings {
    pub(super) config: SdkConfig,
    pub(super) region: String,
    /// Not the one of AWS.
    pub(super) endpoint: Option<String>,
}

impl Settings {
    pub(super) async fn load(aws: &Aws) -> Result<Self> {
        if let Some(profile) = &aws.profile {
            check_profile(profile).await?;
        }
        let config = load(aws).await;
        let region = config.region().map(ToString::to_string).unwrap_or_default();
        let is_allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if region.is_empty() {
            return Err(Error::new("no AWS region is known")
                .help("add `--region`, set `AWS_REGION`, or name a `--profile` that has one"));
        }
        if !region.bytes().all(is_allowed) {
            return Err(Error::new(format!("`{}` is not an AWS region", region.escape_debug())));
        }
        let endpoint = aws.endpoint_url.clone().or_else(|| configured_endpoint(&config));
        Ok(Self { config, region, endpoint })
    }
}

async fn load(aws: &Aws) -> SdkConfig {
    let http = aws_smithy_http_client::Builder::new()
        .tls_provider(Provider::Rustls(CryptoMode::Ring))
        .build_https();
    // Not those of the environment, where the SDK panics if they are wrong.
    let retries =
        RetryConfig::standard().with_max_attempts(ATTEMPTS).with_initial_backoff(FIRST_PAUSE);
    let mut loader = aws_config::defaults(BehaviorVersion::latest())
        .http_client(http.clone())
        .retry_config(retries.clone());
    if let Some(profile) = &aws.profile {
        loader = loader.profile_name(profile);
    }
    if let Some(region) = &aws.region {
        loader = loader.region(Region::new(region.clone()));
    }
    let config = loader.load().await;
    let Some(profile) = &aws.profile else { return config };
    // In the SDK's chain, keys in the environment would win over the profile.
    let provider = ProviderConfig::without_region()
        .with_region(config.region().cloned())
        .with_http_client(http)
        .with_retry_config(retries);
    let credentials = ProfileFileCredentialsProvider::builder()
        .configure(&provider)
        .profile_name(profile)
        .build();
    let credentials = SharedCredentialsProvider::new(credentials);
    config.into_builder().credentials_provider(credentials).build()
}

/// The SDK would go on without a profile that does not exist.
async fn check_profile(name: &str) -> Result<()> {
    let files = EnvConfigFiles::default();
    let profiles = profile::load(&Fs::real(), &Env::real(), &files, None).await;
    let profiles = profiles
        .map_err(|error| Error::new(format!("cannot read the AWS configuration: {error}")))?;
    if profiles.get_profile(name).is_some() {
        return Ok(());
    }
    let mut known: Vec<_> = profiles.profiles().map(|name| format!("`{name}`")).collect();
    known.sort();
    let known = match &*known {
        [] => "there are none; `aws configure` or `aws configure sso` makes one".to_owned(),
        known => format!("the profiles are {}", known.join(", ")),
    };
    Err(Error::new(format!("there is no AWS profile `{}`", name.escape_debug())).help(known))
}

/// The endpoint of Parameter Store in the environment or in the profile.
fn configured_endpoint(config: &SdkConfig) -> Option<String> {
    let key = ServiceConfigKey::builder()
        .service_id("SSM")
        .env("AWS_ENDPOINT_URL")
        .profile("endpoint_url")
        .build()
        .ok()?;
    let own = config.service_config().and_then(|settings| settings.load_config(key));
    own.or_else(|| config.endpoint_url().map(str::to_owned))
}
