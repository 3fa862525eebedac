//! An HTTP client that costs little at a cold start.
//!
//! Most of what a hand-written cold start spends its processor time on is the first use of aws-lc,
//! so TLS is rustls on ring.

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
use super::setup::SetupError;

/// Looked at once: it is a file with all certificates of the system.
static TLS: OnceCell<TlsContext> = OnceCell::new();

/// A client with connections of its own.
pub(super) fn client() -> Result<SharedHttpClient, SetupError> {
    let context = TLS.get_or_try_init(tls)?;
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
        connector.build_with_resolver(Detached::new())
    }))
}

fn tls() -> Result<TlsContext, SetupError> {
    let trust = match env::var_os("AWS_CA_BUNDLE") {
        Some(path) if !path.is_empty() => {
            let path = Path::new(&path);
            ca_bundle(path)
                .map_err(|error| SetupError::CaBundle(path.display().to_string(), error))?
        }
        _ => system()?,
    };
    TlsContext::builder()
        .with_trust_store(trust)
        .build()
        .map_err(|error| SetupError::Tls(error.to_string()))
}

/// The certificates of a file, each looked at first: the HTTP client panics over a bad one.
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

/// Those of the system, if there is one at least: the HTTP client panics without any when it is
/// built for debugging, and trusts nobody otherwise.
fn system() -> Result<TrustStore, SetupError> {
    let found = rustls_native_certs::load_native_certs();
    let mut roots = RootCertStore::empty();
    if found.certs.into_iter().any(|certificate| roots.add(certificate).is_ok()) {
        return Ok(TrustStore::default());
    }
    let variables = ["SSL_CERT_FILE", "SSL_CERT_DIR"];
    Err(SetupError::NoRoots(
        variables
            .into_iter()
            .filter_map(|name| Some((name, env::var_os(name)?.to_string_lossy().into_owned())))
            .collect(),
    ))
}
