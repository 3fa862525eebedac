//! An HTTP client that starts fast.
//!
//! It uses rustls on ring, because initialising aws-lc takes most of the CPU time of a cold start.

use std::env;
use std::error::Error;
use std::path::Path;

use aws_sdk_ssm::config::SharedHttpClient;
use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore, rustls_provider::CryptoMode};
use aws_smithy_http_client::{Builder, Connector};
use once_cell::sync::OnceCell;
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use super::resolve::Detached;
use crate::quote::quote;

/// Initialised once, because it parses all certificates of the system.
static TLS: OnceCell<TlsContext> = OnceCell::new();

/// A client with its own connections.
pub(super) fn client() -> Result<SharedHttpClient, String> {
    let context = TLS.get_or_try_init(tls)?;
    // Like the default client of the SDK, this uses the proxy of the environment. `build_https`
    // does not.
    Ok(Builder::new().build_with_connector_fn(move |settings, components| {
        let mut connector = Connector::builder()
            .proxy_config(ProxyConfig::from_env())
            .tls_provider(Provider::Rustls(CryptoMode::Ring))
            .tls_context(context.clone());
        connector.set_connector_settings(settings.cloned());
        if let Some(components) = components {
            connector.set_sleep_impl(components.sleep_impl());
        }
        connector.build_with_resolver(Detached::new())
    }))
}

fn tls() -> Result<TlsContext, String> {
    let trust = match env::var_os("AWS_CA_BUNDLE") {
        Some(path) if !path.is_empty() => {
            let path = Path::new(&path);
            ca_bundle(path).map_err(|error| {
                let (path, error) = (path.display().to_string(), error.to_string());
                let (path, error) = (quote(&path), quote(&error));
                format!("`AWS_CA_BUNDLE` names `{path}`, which cannot be used: {error}")
            })?
        }
        _ => system()?,
    };
    let context = TlsContext::builder().with_trust_store(trust).build();
    context.map_err(|error| format!("TLS cannot be set up: {error}"))
}

/// The certificates of a file. Each is checked first, because the HTTP client panics if one is
/// invalid.
fn ca_bundle(path: &Path) -> Result<TrustStore, Box<dyn Error + Send + Sync>> {
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

/// The certificates of the system, at least one. Without any, the HTTP client panics in debug
/// builds, and trusts no server in others.
fn system() -> Result<TrustStore, String> {
    let found = rustls_native_certs::load_native_certs();
    let mut roots = RootCertStore::empty();
    if found.certs.into_iter().any(|certificate| roots.add(certificate).is_ok()) {
        return Ok(TrustStore::default());
    }
    let named = ["SSL_CERT_FILE", "SSL_CERT_DIR"].into_iter().filter_map(|name| {
        let path = env::var_os(name)?.to_string_lossy().into_owned();
        Some(format!("; the environment variable `{name}` names `{}`", quote(&path)))
    });
    Err(format!(
        "no trusted TLS certificates were found{}; install `ca-certificates`, or set \
         `AWS_CA_BUNDLE`",
        named.collect::<String>()
    ))
}
