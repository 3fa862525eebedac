//! Calls of a `ColdStart`, each of which checks what it was given.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use fastrand::Rng;
use stage_config::{ColdStart, LoadError};
use tokio::task::yield_now;

use crate::config::Config;
use crate::world::{Before, World};

/// Whoever calls.
#[derive(Clone, Copy)]
pub(crate) struct Caller {
    pub(crate) world: &'static World,
    pub(crate) config: &'static ColdStart<Config>,
}

/// A call that has not been polled yet.
pub(crate) type Call = Pin<Box<dyn Future<Output = ()> + Send>>;

impl Caller {
    pub(crate) fn new(world: &'static World) -> Self {
        Self { world, config: world.cold_start() }
    }

    /// Some call, most often one that waits.
    pub(crate) fn any(self, rng: &mut Rng) -> Call {
        match rng.u8(..16) {
            0..6 => Box::pin(self.get()),
            6..10 => {
                let limit = [0, 1, 50, 1_000_000][rng.usize(..4)];
                Box::pin(self.get_within(Duration::from_micros(limit)))
            }
            10..14 => Box::pin(self.refresh()),
            14 => Box::pin(self.changed()),
            _ if self.world.rules.sets => Box::pin(async move { self.set() }),
            _ => Box::pin(async move { self.peek() }),
        }
    }

    pub(crate) async fn get(self) {
        let call = Begun::new(self.world, "get");
        call.end(self.config.get().await);
    }

    pub(crate) async fn get_within(self, limit: Duration) {
        let call = Begun::new(self.world, "get_within");
        call.end(self.config.get_within(limit).await);
    }

    pub(crate) async fn refresh(self) {
        let call = Begun::new(self.world, "refresh");
        let outcome = self.config.refresh().await;
        if let Ok(config) = &outcome {
            self.world.refreshed(call.before, config.stamp);
        }
        call.end(outcome);
    }

    pub(crate) fn peek(self) {
        let call = Begun::new(self.world, "peek");
        match self.config.peek() {
            Some(config) => call.end(Ok(config)),
            None => call.end_without(),
        }
    }

    /// No two loads read the same, so another value is always a change.
    pub(crate) async fn changed(self) {
        self.world.count("changed");
        let mut changes = self.config.changed();
        let first = self.config.peek();
        yield_now().await;
        let last = self.config.peek();
        let told = changes.since_last();
        let is_same = first.is_none()
            || last.zip(first).is_some_and(|(last, first)| Arc::ptr_eq(&last, &first));
        if told.is_empty() && !is_same {
            self.world.fault("a change was not told".to_owned());
        }
        if !told.is_empty() && !told.contains("stamp") {
            self.world.fault(format!("{told} changed"));
        }
    }

    pub(crate) fn set(self) {
        self.world.count("set");
        self.world.set(self.config);
    }
}

/// A call that has begun. Counts as dropped unless it ends.
struct Begun {
    world: &'static World,
    before: Before,
    has_ended: bool,
}

impl Begun {
    fn new(world: &'static World, name: &str) -> Self {
        world.count(name);
        Self { world, before: world.before(), has_ended: false }
    }

    fn end(mut self, outcome: Result<Arc<Config>, LoadError>) {
        self.has_ended = true;
        match outcome {
            Ok(config) => {
                self.world.count("a value");
                self.world.given(self.before, config.stamp);
            }
            Err(error) => {
                self.world.count("an error");
                self.world.failed(self.before, &error.to_string());
            }
        }
    }

    /// There is no value yet.
    fn end_without(mut self) {
        self.has_ended = true;
        if self.before.newest_seen > 0 {
            self.world.fault("the value is gone".to_owned());
        }
    }
}

impl Drop for Begun {
    fn drop(&mut self) {
        if !self.has_ended {
            self.world.count("dropped");
        }
    }
}

/// Polls it once, as a `select!` does that then takes another branch.
pub(crate) fn poll_once(call: &mut Call) -> Poll<()> {
    call.as_mut().poll(&mut Context::from_waker(Waker::noop()))
}
