//! Opens connections, through the proxy of the environment if there is one.

use std::fmt;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use http::uri::Scheme;
use http::{HeaderValue, Uri};
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_rustls::HttpsConnector;
use hyper_util::client::legacy::connect::proxy::Tunnel;
use hyper_util::client::legacy::connect::{Connected, Connection, HttpConnector};
use tower_service::Service;

use super::BoxError;
use super::proxy::{Proxies, Socks};
use super::resolve::Resolver;
use super::tls::Tls;

/// Opens a connection to a server.
#[derive(Clone)]
pub(super) struct Connector {
    direct: HttpsConnector<HttpConnector<Resolver>>,
    proxies: Proxies,
    tls: Tls,
}

impl Connector {
    pub(super) fn new(tls: Tls) -> Self {
        let mut tcp = HttpConnector::new_with_resolver(Resolver::new());
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        let direct = HttpsConnector::from((tcp, Arc::clone(&tls.0)));
        Self { direct, proxies: Proxies::from_environment(), tls }
    }

    /// The header `Proxy-Authorization` for the proxy to this server.
    pub(super) fn authorization(&self, server: &Uri) -> Option<HeaderValue> {
        self.proxies.to(server)?.basic_auth().cloned()
    }
}

impl Service<Uri> for Connector {
    type Response = Stream;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Stream, BoxError>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.direct.poll_ready(context)
    }

    fn call(&mut self, server: Uri) -> Self::Future {
        let Some(proxy) = self.proxies.to(&server) else {
            let direct = self.direct.call(server);
            return Box::pin(async { Ok(Stream::new(direct.await?)) });
        };
        if let Err(socks) = Socks::refuse(proxy.uri()) {
            return Box::pin(async { Err(socks.into()) });
        }
        if server.scheme() == Some(&Scheme::HTTP) {
            let direct = self.direct.call(proxy.uri().clone());
            return Box::pin(async { Ok(Stream::new(direct.await?).of_proxy()) });
        }
        let mut tunnel = Tunnel::new(proxy.uri().clone(), self.direct.clone());
        if let Some(authorization) = proxy.basic_auth() {
            tunnel = tunnel.with_auth(authorization.clone());
        }
        let connection = HttpsConnector::from((tunnel, Arc::clone(&self.tls.0))).call(server);
        Box::pin(async { Ok(Stream::new(connection.await?)) })
    }
}

impl fmt::Debug for Connector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Connector")
    }
}

/// An open connection.
pub(super) struct Stream {
    inner: Pin<Box<dyn ReadWrite>>,
    is_of_proxy: bool,
}

trait ReadWrite: Read + Write + Connection + Send {}
impl<T: Read + Write + Connection + Send> ReadWrite for T {}

impl Stream {
    fn new(inner: impl ReadWrite + 'static) -> Self {
        Self { inner: Box::pin(inner), is_of_proxy: false }
    }

    /// A request to a proxy contains the whole URL.
    fn of_proxy(self) -> Self {
        Self { is_of_proxy: true, ..self }
    }
}

impl Connection for Stream {
    fn connected(&self) -> Connected {
        self.inner.connected().proxy(self.is_of_proxy)
    }
}

impl Read for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        self.inner.as_mut().poll_read(context, buffer)
    }
}

impl Write for Stream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.inner.as_mut().poll_write(context, buffer)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.inner.as_mut().poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.inner.as_mut().poll_shutdown(context)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffers: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.inner.as_mut().poll_write_vectored(context, buffers)
    }
}
