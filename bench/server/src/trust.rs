//! A certificate authority of its own, and what clients need to trust it.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

/// The names in the roots that sign the certificates of AWS.
const AMAZON: [&str; 5] = [
    "Amazon Root CA 1",
    "Amazon Root CA 2",
    "Amazon Root CA 3",
    "Amazon Root CA 4",
    "Starfield Services Root Certificate Authority - G2",
];

/// Writes `root.pem`, `amazon.pem` (with the roots of AWS) and `system.pem` (with all roots of this
/// machine) into the folder.
pub(crate) fn create(folder: &Path) -> Result<ServerConfig, Box<dyn Error>> {
    let mut ca = CertificateParams::default();
    ca.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    ca.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    ca.distinguished_name.push(DnType::CommonName, "stage-config bench");
    let key = KeyPair::generate()?;
    let root = ca.self_signed(&key)?;
    let issuer = Issuer::new(ca, key);

    let mut leaf = CertificateParams::new(["localhost".to_owned()])?;
    leaf.use_authority_key_identifier_extension = true;
    let key = KeyPair::generate()?;
    let certificate = leaf.signed_by(&key, &issuer)?;

    let system: Vec<_> = rustls_native_certs::load_native_certs()
        .certs
        .iter()
        .map(|certificate| certificate.to_vec())
        .collect();
    let amazon: Vec<_> = AMAZON.iter().filter_map(|name| signed_by_itself(&system, name)).collect();
    if amazon.len() != AMAZON.len() {
        return Err(
            "the roots of AWS are not among those of this machine: install `ca-certificates`"
                .into(),
        );
    }
    for (name, further) in [("root", Vec::new()), ("amazon", amazon), ("system", system)] {
        let certificates = further.into_iter().chain([root.der().to_vec()]);
        let file: String = certificates
            .map(|certificate| pem::encode(&pem::Pem::new("CERTIFICATE", certificate)))
            .collect();
        fs::write(folder.join(name).with_extension("pem"), file)?;
    }

    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

/// The certificate that has the name twice: as its subject and as its issuer.
fn signed_by_itself(certificates: &[Vec<u8>], name: &str) -> Option<Vec<u8>> {
    let count = |certificate: &[u8]| {
        certificate.windows(name.len()).filter(|window| *window == name.as_bytes()).count()
    };
    certificates.iter().find(|certificate| count(certificate) == 2).cloned()
}
