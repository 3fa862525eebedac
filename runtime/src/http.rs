//! An HTTP client that starts fast.
//!
//! It uses rustls on ring, because initialising aws-lc takes most of the CPU time of a cold start,
//! and HTTP/1.1, as Parameter Store does.
//!
//! | module | content |
//! |---|---|
//! | `connect` | a connection: direct, or through the proxy of the environment |
//! | `tasks` | the tasks that drive connections |
//! | `proxy`, `resolve` | which servers have a proxy; the DNS resolver |
//! | `tls`, `trust` | the settings of TLS, made once; which certificates are trusted |
//! | `amazon/` | the root certificates of Amazon |

mod connect;
mod proxy;
mod resolve;
mod tasks;
mod tls;
mod trust;

use std::error::Error as StdError;
use std::fmt;

use bytes::Bytes;
use http::header::PROXY_AUTHORIZATION;
use http::uri::Scheme;
use http::{Request, Response};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper_util::client::legacy;

use self::connect::Connector;
pub(crate) use self::proxy::{Proxies, Socks};
use self::tasks::Tasks;
pub(crate) use self::tls::Tls;
pub(crate) use self::trust::NoRoots;

type BoxError = Box<dyn StdError + Send + Sync>;

/// Connections that are kept for the next request. They belong to the runtime that opened them.
#[derive(Debug, Clone)]
pub(crate) struct Client {
    connections: legacy::Client<Connector, Full<Bytes>>,
    connector: Connector,
    #[cfg(feature = "lambda")]
    tasks: Tasks,
}

impl Client {
    pub(crate) fn new(tls: Tls) -> Self {
        let (connector, tasks) = (Connector::new(tls), Tasks::default());
        // Without a timer, nothing runs while nobody asks: idle connections are dropped when they
        // are looked for.
        let connections = legacy::Client::builder(tasks.clone()).build(connector.clone());
        Self {
            connections,
            connector,
            #[cfg(feature = "lambda")]
            tasks,
        }
    }

    /// Closes its connections.
    #[cfg(feature = "lambda")]
    pub(crate) async fn disconnect(&self) {
        self.tasks.end().await;
    }

    /// Sends a request to an absolute URL.
    pub(crate) async fn send(
        &self,
        mut request: Request<Bytes>,
    ) -> Result<Response<Incoming>, Error> {
        // Without TLS there is no tunnel: the proxy reads each request.
        if request.uri().scheme() == Some(&Scheme::HTTP)
            && let Some(authorization) = self.connector.authorization(request.uri())
        {
            request.headers_mut().insert(PROXY_AUTHORIZATION, authorization);
        }
        Ok(self.connections.request(request.map(Full::new)).await?)
    }
}

/// A request without a reply.
#[derive(Debug)]
pub(crate) struct Error(legacy::Error);

impl Error {
    /// The cause, without the wrapper of hyper-util.
    fn cause(&self) -> &(dyn StdError + 'static) {
        self.0.source().unwrap_or(&self.0)
    }
}

impl From<legacy::Error> for Error {
    fn from(error: legacy::Error) -> Self {
        Self(error)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.cause(), f)
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(self.cause())
    }
}
