//! A client that costs little at a cold start.
//!
//! Most of what a hand-written cold start spends its processor time on is the first use of aws-lc,
//! so TLS is rustls on ring. Inside Lambda region and credentials are environment variables, and
//! the chain of files and services that may hold them elsewhere is not walked.

use std::env;
use std::error::Error;
use std::fmt;

use aws_config::environment::EnvironmentVariableCredentialsProvider;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_ssm::Client;
use aws_sdk_ssm::config::{Config, SharedHttpClient};
use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore, rustls_provider::CryptoMode};
use aws_smithy_http_client::{Builder, Connector};
use once_cell::sync::OnceCell;
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

/// Connections are kept from one load to the next.
static HTTP: OnceCell<SharedHttpClient> = OnceCell::new();
/// And so are credentials, where they had to be looked for.
static CHAIN: tokio::sync::OnceCell<SdkConfig> = tokio::sync::OnceCell::const_new();

/// Variables that change what the plain ones mean; where one is set, the SDK's own chain decides.
const BEYOND_THE_PLAIN: [&str; 4] =
    ["AWS_PROFILE", "AWS_CONFIG_FILE", "AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT"];

/// Why no client can be made, to be read on from "parameter …".
#[derive(Debug)]
pub(super) enum NoClient {
    NoRegion,
    CaBundle(String, Box<dyn Error + Send + Sync>),
    Tls(String),
}

impl fmt::Display for NoClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("cannot be read: ")?;
        match self {
            Self::NoRegion => f.write_str(
                "no AWS region is given; set the environment variable `AWS_REGION`, as Lambda does",
            ),
            Self::CaBundle(path, error) => {
                write!(f, "`AWS_CA_BUNDLE` names `{path}`, which is of no use: {error}")
            }
            Self::Tls(error) => write!(f, "TLS cannot be set up: {error}"),
        }
    }
}

pub(super) async fn from_environment() -> Result<Client, NoClient> {
    let http = HTTP.get_or_try_init(http_client)?.clone();
    if let Some(config) = plain(http.clone()) {
        return Ok(Client::from_conf(config));
    }
    let config = CHAIN.get_or_try_init(|| chain(http)).await?;
    Ok(Client::new(config))
}

/// The configuration as the SDK's own chain of files and services finds it.
async fn chain(http: SharedHttpClient) -> Result<SdkConfig, NoClient> {
    let config = aws_config::defaults(BehaviorVersion::latest()).http_client(http).load().await;
    match config.region() {
        Some(_) => Ok(config),
        None => Err(NoClient::NoRegion),
    }
}

/// The configuration where all of it stands in the environment, as in Lambda.
fn plain(http: SharedHttpClient) -> Option<Config> {
    let given = |name: &str| env::var(name).ok().filter(|text| !text.is_empty());
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

fn http_client() -> Result<SharedHttpClient, NoClient> {
    let trust = match env::var("AWS_CA_BUNDLE") {
        Ok(path) if !path.is_empty() => {
            ca_bundle(&path).map_err(|error| NoClient::CaBundle(path, error))?
        }
        _ => TrustStore::default(),
    };
    let context = TlsContext::builder()
        .with_trust_store(trust)
        .build()
        .map_err(|error| NoClient::Tls(error.to_string()))?;
    // As the SDK's own client does it, which the shorter `build_https` does not: with the proxy that
    // the environment names.
    Ok(Builder::new().build_with_connector_fn(move |settings, components| {
        let mut connector = Connector::builder()
            .proxy_config(ProxyConfig::from_env())
            .tls_provider(Provider::Rustls(CryptoMode::Ring))
            .tls_context(context.clone());
        connector.set_connector_settings(settings.cloned());
        if let Some(components) = components {
            connector.set_sleep_impl(components.sleep_impl());
        }
        connector.build()
    }))
}

/// The certificates of a file, each looked at first: the HTTP client panics over a bad one.
fn ca_bundle(path: &str) -> Result<TrustStore, Box<dyn Error + Send + Sync>> {
    let bundle = std::fs::read(path)?;
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(&bundle) {
        roots.add(certificate?)?;
    }
    if roots.is_empty() {
        return Err("there is no certificate in it".into());
    }
    Ok(TrustStore::empty().with_pem_certificate(bundle))
}
