//! The settings of TLS.

use std::sync::Arc;

use once_cell::sync::OnceCell;
use rustls::ClientConfig;
use rustls::crypto::ring;

use super::trust;

/// The settings of all connections.
#[derive(Debug, Clone)]
pub(crate) struct Tls(pub(super) Arc<ClientConfig>);

impl Tls {
    /// Made once, because a bundle of certificates may be large. The error is a text for the user.
    pub(crate) fn from_environment() -> Result<Self, String> {
        static TLS: OnceCell<Tls> = OnceCell::new();
        TLS.get_or_try_init(Self::new).cloned()
    }

    fn new() -> Result<Self, String> {
        let provider = Arc::new(ring::default_provider());
        let trust = trust::verifier(&provider)?;
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| format!("TLS cannot be set up: {error}"))?
            // Not so dangerous: `trust` uses the verifiers of rustls.
            .dangerous()
            .with_custom_certificate_verifier(trust)
            .with_no_client_auth();
        Ok(Self(Arc::new(config)))
    }
}
