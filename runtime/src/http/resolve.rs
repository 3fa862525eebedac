//! Resolves host names on a detached thread.
//!
//! If DNS does not answer, `getaddrinfo` blocks for many seconds and cannot be cancelled. tokio
//! waits for its blocking threads when a runtime is dropped, so on one of them, `getaddrinfo` would
//! delay the end of the program long after the load has timed out.

use std::fmt;
use std::io;
use std::net::{SocketAddr, ToSocketAddrs};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::thread;
use std::time::Duration;
use std::vec::IntoIter;

use hyper_util::client::legacy::connect::dns::Name;
use tokio::sync::watch;
use tokio::time::Instant;
use tower_service::Service;

/// The connections that a load opens at once share a lookup. Others do not, because its answer may
/// have been lost during a freeze.
const AT_ONCE: Duration = Duration::from_millis(100);

type Lookup = dyn Fn(&str) -> io::Result<Vec<SocketAddr>> + Send + Sync;
type Answer = Option<Result<Vec<SocketAddr>, Arc<io::Error>>>;

/// The resolver of the system, on a detached thread.
#[derive(Clone)]
pub(super) struct Resolver {
    lookup: Arc<Lookup>,
    last: Arc<Mutex<Option<InFlight>>>,
}

struct InFlight {
    host: Name,
    since: Instant,
    answer: watch::Receiver<Answer>,
}

impl InFlight {
    /// Whether it ended without an address.
    fn has_failed(&self) -> bool {
        match &*self.answer.borrow() {
            Some(answer) => answer.is_err(),
            None => self.answer.has_changed().is_err(),
        }
    }
}

impl Resolver {
    pub(super) fn new() -> Self {
        Self::with(|host| Ok((host, 0).to_socket_addrs()?.collect()))
    }

    fn with(lookup: impl Fn(&str) -> io::Result<Vec<SocketAddr>> + Send + Sync + 'static) -> Self {
        Self { lookup: Arc::new(lookup), last: Arc::default() }
    }

    /// The lookup that was started for this host just now, or a new one.
    fn look_up(&self, host: Name) -> io::Result<watch::Receiver<Answer>> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(last) = &*last
            && last.host == host
            && last.since.elapsed() < AT_ONCE
            && !last.has_failed()
        {
            return Ok(last.answer.clone());
        }
        let (tell, answer) = watch::channel(None);
        let (lookup, name) = (Arc::clone(&self.lookup), host.clone());
        thread::Builder::new().name("stage-config-dns".to_owned()).spawn(move || {
            // The receivers are dropped with their attempts.
            let _ = tell.send(Some(lookup(name.as_str()).map_err(Arc::new)));
        })?;
        *last = Some(InFlight { host, since: Instant::now(), answer: answer.clone() });
        Ok(answer)
    }
}

impl fmt::Debug for Resolver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Resolver")
    }
}

impl Service<Name> for Resolver {
    type Response = IntoIter<SocketAddr>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Self::Response>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, host: Name) -> Self::Future {
        let answer = self.look_up(host);
        Box::pin(async move {
            let mut answer = answer?;
            let answer = answer.wait_for(Option::is_some).await.map_err(io::Error::other)?;
            match &*answer {
                Some(Ok(addresses)) => Ok(addresses.clone().into_iter()),
                Some(Err(error)) => Err(io::Error::new(error.kind(), Arc::clone(error))),
                None => Err(io::Error::other("the lookup ended without an answer")),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::mpsc;

    use tokio::runtime::Builder;

    use super::*;

    fn resolve(
        resolver: &Resolver,
        host: &str,
    ) -> impl Future<Output = io::Result<Vec<SocketAddr>>> + use<> {
        let found = resolver.clone().call(host.parse().unwrap());
        async { Ok(found.await?.collect()) }
    }

    #[test]
    fn a_lookup_that_never_returns_holds_up_nothing() {
        let (keep, never) = mpsc::channel::<()>();
        let (begin, asked) = mpsc::channel();
        let never = Mutex::new(never);
        let resolver = Resolver::with(move |host| {
            begin.send(host.to_owned()).unwrap();
            let _ = never.lock().unwrap().recv();
            Ok(Vec::new())
        });
        let runtime = Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            tokio::spawn(resolve(&resolver, "ssm.invalid"));
            while asked.try_recv().ok().as_deref() != Some("ssm.invalid") {
                tokio::task::yield_now().await;
            }
        });
        // With a blocking thread, this would never return.
        drop(runtime);
        drop(keep);
    }

    #[tokio::test(start_paused = true)]
    async fn connections_that_open_at_once_share_a_lookup() {
        let count = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&count);
        let resolver = Resolver::with(move |host| {
            counted.fetch_add(1, Ordering::Relaxed);
            match host {
                "a" => Ok(vec![(Ipv4Addr::LOCALHOST, 0).into()]),
                _ => Err(io::ErrorKind::NotFound.into()),
            }
        });
        let [one, two] = ["a", "a"].map(|host| resolve(&resolver, host));
        assert_eq!(one.await.unwrap(), two.await.unwrap());
        assert_eq!(count.load(Ordering::Relaxed), 1);
        // Another host, then the same one again.
        resolve(&resolver, "b").await.unwrap_err();
        // What failed is tried again.
        assert_eq!(resolve(&resolver, "b").await.unwrap_err().kind(), io::ErrorKind::NotFound);
        assert_eq!(count.load(Ordering::Relaxed), 3);
        resolve(&resolver, "a").await.unwrap();
        // Later, the answer may be another.
        tokio::time::advance(AT_ONCE).await;
        resolve(&resolver, "a").await.unwrap();
        assert_eq!(count.load(Ordering::Relaxed), 5);
    }

    #[tokio::test]
    async fn as_the_system_knows_it() {
        let resolver = Resolver::new();
        let found = resolve(&resolver, "localhost").await.unwrap();
        assert!(!found.is_empty() && found.iter().all(|address| address.ip().is_loopback()));
        let error = resolve(&resolver, "ssm.invalid").await.unwrap_err();
        assert!(error.get_ref().is_some(), "{error}");
    }
}
