//! The addresses of a host, by a thread that nobody waits for.
//!
//! When DNS does not answer, `getaddrinfo` returns after many seconds and cannot be called off. A
//! tokio runtime waits for its blocking threads when it is dropped, and so the end of the program
//! would wait for DNS, long after the load has given up.

use std::fmt;
use std::io;
use std::net::{IpAddr, ToSocketAddrs};
use std::sync::Arc;
use std::thread;

use aws_smithy_runtime_api::client::dns::{DnsFuture, ResolveDns, ResolveDnsError};
use tokio::sync::oneshot;

type Lookup = dyn Fn(&str) -> io::Result<Vec<IpAddr>> + Send + Sync;

/// A lookup as the system does it, on a thread of its own.
///
/// Each attempt looks anew: after a freeze, the answer to the first question may be lost.
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
                // Nobody listens when the attempt is over.
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
        // It would wait for a blocking thread for ever.
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
