//! What the cache takes from the system, as the model has it: a lock that the checker knows, a clock
//! that a task moves on, and runtimes that rest or end.

use std::ops::Add;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use shuttle::current::me;
pub(crate) use shuttle::future::yield_now;
pub(crate) use shuttle::sync::{Mutex, MutexGuard};

use super::world::world;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Instant(Duration);

impl Instant {
    pub(crate) fn now() -> Self {
        Self(world(|world| world.now))
    }
}

impl Add<Duration> for Instant {
    type Output = Self;

    fn add(self, time: Duration) -> Self {
        Self(self.0.saturating_add(time))
    }
}

pub(crate) fn after(limit: Duration) -> Instant {
    Instant::now() + limit
}

pub(crate) async fn before<F: Future>(deadline: Instant, future: F) -> Option<F::Output> {
    let mut future = std::pin::pin!(future);
    std::future::poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending if Instant::now() >= deadline => Poll::Ready(None),
        Poll::Pending => {
            world(|world| world.sleepers.push(context.waker().clone()));
            Poll::Pending
        }
    })
    .await
}

/// Whether a runtime drives its tasks.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Drive {
    #[default]
    Runs,
    Rests,
    Ended,
}

/// A runtime: what it does, and whom to wake when that changes.
#[derive(Default)]
pub(crate) struct Runtime {
    drive: Drive,
    wakers: Vec<Waker>,
}

/// Lets the runtime of this number rest, run or end.
pub(crate) fn drive(runtime: usize, drive: Drive) {
    let woken = world(|world| {
        let runtime = world.runtimes.entry(runtime).or_default();
        runtime.drive = drive;
        std::mem::take(&mut runtime.wakers)
    });
    woken.into_iter().for_each(Waker::wake);
}

/// Waits until all that was spawned has ended.
pub(crate) async fn all_tasks() {
    while let Some(task) = world(|world| world.tasks.pop()) {
        task.await.unwrap();
    }
}

/// Spawns on the runtime of the task that calls.
pub(crate) fn spawn(task: BoxFuture<'static, ()>) {
    let runtime = world(|world| world.runtime_of.get(&me()).copied().unwrap_or_default());
    let task = shuttle::future::spawn(Driven { runtime, task: Some(task) });
    world(|world| world.tasks.push(task));
}

pub(crate) type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

struct Driven {
    runtime: usize,
    task: Option<BoxFuture<'static, ()>>,
}

impl Future for Driven {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let drive = world(|world| {
            let runtime = world.runtimes.entry(self.runtime).or_default();
            runtime.wakers.push(context.waker().clone());
            runtime.drive
        });
        match (drive, &mut self.task) {
            (Drive::Runs, Some(task)) => task.as_mut().poll(context),
            (Drive::Rests, _) => Poll::Pending,
            (_, task) => {
                *task = None;
                Poll::Ready(())
            }
        }
    }
}
