//! Which certificates are trusted.
//!
//! To read all root certificates of the system takes longer than the rest of a load, and AWS has
//! those of Amazon. So these are built in, and the system's are read only for a server that is not
//! AWS, or whose certificate is from somebody else: a proxy that decrypts, in a company.

use std::env;
use std::error::Error;
use std::fmt;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, DigitallySignedStruct, OtherError, RootCertStore, SignatureScheme};

use crate::quote::quote;

type BoxError = Box<dyn Error + Send + Sync>;

/// From <https://www.amazontrust.com/repository/>. Not PEM, which takes ten times as long to read.
const AMAZON: [&[u8]; 5] = [
    include_bytes!("amazon/root-ca-1.der"),
    include_bytes!("amazon/root-ca-2.der"),
    include_bytes!("amazon/root-ca-3.der"),
    include_bytes!("amazon/root-ca-4.der"),
    include_bytes!("amazon/starfield-g2.der"),
];
/// Where the endpoints of AWS are.
const AWS: [&str; 4] = [".amazonaws.com", ".amazonaws.com.cn", ".amazonaws.eu", ".api.aws"];

/// The error is a text for the user.
pub(super) fn verifier(
    provider: &Arc<CryptoProvider>,
) -> Result<Arc<dyn ServerCertVerifier>, String> {
    let Some(path) = env::var_os("AWS_CA_BUNDLE").filter(|path| !path.is_empty()) else {
        let amazon = amazon().and_then(|roots| by(roots, provider));
        let amazon = amazon.map_err(|error| format!("TLS cannot be set up: {error}"))?;
        return Ok(Arc::new(Trust::new(amazon, system, provider)));
    };
    let path = Path::new(&path);
    let bundle = std::fs::read(path).map_err(BoxError::from);
    match bundle.and_then(|bundle| by(roots(&bundle)?, provider)) {
        Ok(verifier) => Ok(verifier),
        Err(error) => {
            let (path, error) = (path.display().to_string(), error.to_string());
            let (path, error) = (quote(&path), quote(&error));
            Err(format!("`AWS_CA_BUNDLE` names `{path}`, which cannot be used: {error}"))
        }
    }
}

fn amazon() -> Result<RootCertStore, BoxError> {
    let mut roots = RootCertStore::empty();
    for certificate in AMAZON {
        roots.add(certificate.into())?;
    }
    Ok(roots)
}

/// The certificates of a PEM file, at least one.
fn roots(pem: &[u8]) -> Result<RootCertStore, BoxError> {
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(pem) {
        roots.add(certificate?)?;
    }
    if roots.is_empty() {
        return Err("there is no certificate in it".into());
    }
    Ok(roots)
}

/// The certificates of the system, those of them that can be used.
fn system() -> RootCertStore {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    roots
}

fn by(
    roots: RootCertStore,
    provider: &Arc<CryptoProvider>,
) -> Result<Arc<WebPkiServerVerifier>, BoxError> {
    let provider = Arc::clone(provider);
    Ok(WebPkiServerVerifier::builder_with_provider(roots.into(), provider).build()?)
}

/// For AWS, the certificates of Amazon, then those of the system. For others, those of the system.
struct Trust<F> {
    amazon: Arc<WebPkiServerVerifier>,
    system: OnceLock<Result<Arc<WebPkiServerVerifier>, NoRoots>>,
    read: F,
    provider: Arc<CryptoProvider>,
}

impl<F: Fn() -> RootCertStore> Trust<F> {
    fn new(amazon: Arc<WebPkiServerVerifier>, read: F, provider: &Arc<CryptoProvider>) -> Self {
        Self { amazon, system: OnceLock::new(), read, provider: Arc::clone(provider) }
    }

    fn system(&self) -> Result<&WebPkiServerVerifier, rustls::Error> {
        // Without any root there is no verifier.
        let system = || by((self.read)(), &self.provider).map_err(|_| NoRoots);
        let system = self.system.get_or_init(system).as_deref();
        system.map_err(|error| rustls::Error::Other(OtherError(Arc::new(*error))))
    }
}

fn is_aws(server: &ServerName<'_>) -> bool {
    let ServerName::DnsName(name) = server else { return false };
    let name = name.as_ref().to_ascii_lowercase();
    AWS.iter().any(|suffix| name.ends_with(suffix))
}

impl<F: Fn() -> RootCertStore + Send + Sync> ServerCertVerifier for Trust<F> {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let verify = |verifier: &WebPkiServerVerifier| {
            verifier.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
        };
        if is_aws(server_name) {
            let result = verify(&self.amazon);
            let unknown = rustls::Error::InvalidCertificate(CertificateError::UnknownIssuer);
            if !result.as_ref().is_err_and(|error| *error == unknown) {
                return result;
            }
        }
        verify(self.system()?)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.amazon.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.amazon.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.amazon.supported_verify_schemes()
    }
}

impl<F> fmt::Debug for Trust<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Trust")
    }
}

/// The system has no certificate that can be used.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NoRoots;

impl fmt::Display for NoRoots {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no trusted TLS certificates were found")?;
        for name in ["SSL_CERT_FILE", "SSL_CERT_DIR"] {
            if let Some(path) = env::var_os(name) {
                let path = quote(&path.to_string_lossy());
                write!(f, "; the environment variable `{name}` names `{path}`")?;
            }
        }
        f.write_str("; install `ca-certificates`, or set `AWS_CA_BUNDLE`")
    }
}

impl Error for NoRoots {}

#[cfg(test)]
mod tests {
    use rcgen::{CertificateParams, CertifiedIssuer, DistinguishedName, DnType, IsCa, KeyPair};
    use rustls::crypto::ring;

    use super::*;

    const SSM: &str = "ssm.eu-central-1.amazonaws.com";

    type Issuer = CertifiedIssuer<'static, KeyPair>;

    fn issuer(name: &str) -> Issuer {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        params.distinguished_name = DistinguishedName::new();
        params.distinguished_name.push(DnType::CommonName, name);
        CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
    }

    fn only(issuer: &Issuer) -> RootCertStore {
        roots(issuer.pem().as_bytes()).unwrap()
    }

    /// Whether the certificate that `issuer` gives to `host` is trusted.
    fn verify<F: Fn() -> RootCertStore + Send + Sync>(
        trust: &Trust<F>,
        issuer: &Issuer,
        host: &'static str,
    ) -> Result<(), rustls::Error> {
        let params = CertificateParams::new([host.to_owned()]).unwrap();
        let certificate = params.signed_by(&KeyPair::generate().unwrap(), issuer).unwrap();
        let name = ServerName::try_from(host).unwrap();
        trust.verify_server_cert(certificate.der(), &[], &name, &[], UnixTime::now()).map(drop)
    }

    fn trust<F: Fn() -> RootCertStore>(amazon: &Issuer, system: F) -> Trust<F> {
        let provider = Arc::new(ring::default_provider());
        Trust::new(by(only(amazon), &provider).unwrap(), system, &provider)
    }

    #[test]
    fn for_aws_the_system_is_not_asked() {
        let amazon = issuer("Amazon");
        let trust = trust(&amazon, || unreachable!("nobody else has to be trusted"));
        for host in [SSM, "ssm.cn-north-1.amazonaws.com.cn", "ssm.eu-central-1.api.aws"] {
            assert_eq!(verify(&trust, &amazon, host), Ok(()));
        }
    }

    #[test]
    fn a_proxy_that_decrypts_is_trusted_if_the_system_trusts_it() {
        let [amazon, company, other] = ["Amazon", "Company", "Other"].map(issuer);
        let trust = trust(&amazon, || only(&company));
        assert_eq!(verify(&trust, &company, SSM), Ok(()));
        assert_eq!(verify(&trust, &other, SSM), Err(CertificateError::UnknownIssuer.into()),);
    }

    #[test]
    fn elsewhere_only_the_system_counts() {
        let [amazon, company] = ["Amazon", "Company"].map(issuer);
        let trust = trust(&amazon, || only(&company));
        for host in ["localhost", "amazonaws.com.example", "xamazonaws.com"] {
            assert_eq!(verify(&trust, &company, host), Ok(()));
            assert_eq!(verify(&trust, &amazon, host), Err(CertificateError::UnknownIssuer.into()),);
        }
    }

    #[test]
    fn a_system_without_certificates() {
        let amazon = issuer("Amazon");
        let trust = trust(&amazon, RootCertStore::empty);
        assert_eq!(verify(&trust, &amazon, SSM), Ok(()));
        let error = verify(&trust, &amazon, "localhost").unwrap_err().to_string();
        assert!(error.contains("no trusted TLS certificates were found"), "{error}");
    }

    #[test]
    fn the_built_in_certificates_are_those_that_mozilla_trusts() {
        let roots = amazon().unwrap();
        assert_eq!(roots.len(), 5);
        for root in &roots.roots {
            assert!(webpki_roots::TLS_SERVER_ROOTS.contains(root), "{root:?}");
        }
    }
}
