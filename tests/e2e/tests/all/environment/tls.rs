//! TLS in front of a store, which speaks plain HTTP.

use std::net::SocketAddr;
use std::sync::Arc;

use rcgen::CertifiedKey;
use stage_config_local::LocalStore;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

/// The address to reach the store at by TLS, for as long as the process lives.
pub(crate) fn in_front_of(store: &LocalStore, certified: &CertifiedKey<rcgen::KeyPair>) -> String {
    format!("https://{}", serve(store, certified, false))
}

/// The address of a proxy that decrypts: it shows a certificate of its own for the server behind it.
pub(crate) fn decrypting_proxy(
    store: &LocalStore,
    certified: &CertifiedKey<rcgen::KeyPair>,
) -> String {
    format!("http://{}", serve(store, certified, true))
}

fn serve(
    store: &LocalStore,
    certified: &CertifiedKey<rcgen::KeyPair>,
    is_proxy: bool,
) -> SocketAddr {
    let key = PrivateKeyDer::try_from(certified.signing_key.serialize_der()).unwrap();
    let config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![certified.cert.der().clone()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let inner = store.url().replace("http://", "");

    let (told, address) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            told.send(listener.local_addr().unwrap()).unwrap();
            while let Ok((mut outer, _)) = listener.accept().await {
                let (acceptor, inner) = (acceptor.clone(), inner.clone());
                tokio::spawn(async move {
                    if is_proxy {
                        // `CONNECT` and its headers; nothing follows before the answer.
                        assert_ne!(outer.read(&mut [0; 4096]).await.unwrap(), 0);
                        outer.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
                    }
                    // A client that does not trust the certificate hangs up.
                    let Ok(mut outer) = acceptor.accept(outer).await else { return };
                    let mut inner = TcpStream::connect(&inner).await.unwrap();
                    let _ = copy_bidirectional(&mut outer, &mut inner).await;
                });
            }
        });
    });
    address.recv().unwrap()
}
