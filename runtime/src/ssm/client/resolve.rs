//! Resolves host names on a detached thread.
//!
//! If DNS does not answer, `getaddrinfo` blocks for many seconds and cannot be cancelled. tokio
//! waits for its blocking threads when a runtime is dropped, so on one of them, `getaddrinfo` would
//! delay the end of the program long after the load has timed out.

use std::fmt;
use std::io;
use std::net::{IpAddr, ToSocketAddrs};
use std::sync::Arc;
use std::thread;

use aws_smithy_runtime_api::client::dns::{DnsFuture, ResolveDns, ResolveDnsError};
use tokio::sync::oneshot;

type Lookup = dyn Fn(&str) -> io::Result<Vec<IpAddr>> + Send + Sync;

/// The resolver of the system, on a detached thread.
///
/// Each attempt resolves again, because an answer may be lost during a freeze.
#[derive(Clone)]
pub(super) struct Detached(Arc<Lookup>);

impl Detached {
    pub(super) fn new() -> Self {
        Self::with(|host| Ok((host, 0).to_socket_addrs()?.map(|address| address.ip()).collect()))
    }

    fn with(lookup: impl Fn(&str) -> io::Result<Vec<IpAddr>> + Send + Sync + 'static) -> Self {
        Self(Arc::new(lookup))
    }

    async fn look_up(&self, host: &str) -> Result<Vec<IpAddr>, ResolveDnsError> {
        let (tell, told) = oneshot::channel();
        let (lookup, host) = (Arc::clone(&self.0), host.to_owned());
        thread::Builder::new()
            .name("stage-config-dns".to_owned())
            .spawn(move || {
                // The receiver is dropped with the attempt.
                let _ = tell.send(lookup(&host));
            })
            .map_err(ResolveDnsError::new)?;
        told.await.map_err(ResolveDnsError::new)?.map_err(ResolveDnsError::new)
    }
}

impl fmt::Debug for Detached {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Detached")
    }
}

impl ResolveDns for Detached {
    fn resolve_dns<'a>(&'a self, host: &'a str) -> DnsFuture<'a> {
        DnsFuture::new(self.look_up(host))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use tokio::runtime::Builder;

    use super::*;

    #[test]
    fn a_lookup_that_never_returns_holds_up_nothing() {
        let (keep, never) = mpsc::channel::<()>();
        let (begin, asked) = mpsc::channel();
        let never = std::sync::Mutex::new(never);
        let resolver = Detached::with(move |host| {
            begin.send(host.to_owned()).unwrap();
            let _ = never.lock().unwrap().recv();
            Ok(Vec::new())
        });
        let runtime = Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            tokio::spawn(async move { resolver.resolve_dns("ssm.invalid").await });
            while asked.try_recv().ok().as_deref() != Some("ssm.invalid") {
                tokio::task::yield_now().await;
            }
        });
        // With a blocking thread, this would never return.
        drop(runtime);
        drop(keep);
    }

    #[test]
    fn as_the_system_knows_it() {
        let runtime = Builder::new_current_thread().build().unwrap();
        let found = |host| runtime.block_on(async { Detached::new().resolve_dns(host).await });
        assert!(found("localhost").unwrap().iter().all(IpAddr::is_loopback));
        assert!(!found("localhost").unwrap().is_empty());
        let error = found("").unwrap_err();
        assert!(std::error::Error::source(&error).is_some());
    }
}
