//! Where parameters come from: names and paths in, answers out.
//!
//! [`Source`] is the trait; Parameter Store, [`Fixed`] and sources of your own implement it. A
//! [`Request`] has the [`Name`]s that one load needs, and they are the keys of its [`Answers`].

mod answer;
mod answers;
mod fixed;
mod request;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

pub use self::answer::{Answer, Denial};
pub use self::answers::Answers;
#[cfg(feature = "_store")]
pub(crate) use self::answers::key_below;
pub use self::fixed::Fixed;
pub use self::request::Request;
pub(crate) use self::request::after;
pub use stage_config_names::{Account, Name};

/// Something that has parameters by name, and perhaps by path.
///
/// Parameter Store is one and [`Fixed`] is another; yours may read a file or another service.
///
/// ```
/// use stage_config::source::{Answer, Answers, Request};
/// use stage_config::Source;
///
/// /// The value of each parameter is its own name.
/// struct Echo;
///
/// impl Source for Echo {
///     async fn fetch(&self, request: &Request) -> Answers {
///         request.names().map(|name| (name, Answer::found(name.as_str()))).collect()
///     }
/// }
/// ```
pub trait Source: Send + Sync {
    /// Fetches all parameters of a request.
    ///
    /// It answers for each name. A name without an answer counts as [`Missing`](Answer::Missing).
    /// For each of the [paths](Request::paths) it answers with [`Answers::insert_path`] or
    /// [`Answers::fail_path`]. A path without an answer does not count as empty but fails the load:
    /// this source does not support paths.
    ///
    /// A source that can fail for a transient reason tries again until [`Request::time_left`] runs
    /// out, and then answers with [`Answer::transient`]. When the time is over, the load stops
    /// waiting for it.
    fn fetch(&self, request: &Request) -> impl Future<Output = Answers> + Send;

    /// Drops what does not outlive a snapshot of the sandbox, such as connections and credentials. It
    /// does nothing unless a source implements it.
    ///
    /// With the feature `lambda`, a [`ColdStart`](crate::ColdStart) calls it before SnapStart takes the
    /// snapshot, when no load of its own is in flight. It calls it on a source that its loader makes, so
    /// what the source keeps from one load to the next has to be shared: in an [`Arc`], or in a static.
    fn before_snapshot(&self) -> impl Future<Output = ()> + Send {
        std::future::ready(())
    }
}

impl<S: Source + ?Sized> Source for &S {
    fn fetch(&self, request: &Request) -> impl Future<Output = Answers> + Send {
        (**self).fetch(request)
    }

    fn before_snapshot(&self) -> impl Future<Output = ()> + Send {
        (**self).before_snapshot()
    }
}

impl<S: Source + ?Sized> Source for Arc<S> {
    fn fetch(&self, request: &Request) -> impl Future<Output = Answers> + Send {
        (**self).fetch(request)
    }

    fn before_snapshot(&self) -> impl Future<Output = ()> + Send {
        (**self).before_snapshot()
    }
}

/// A [`Source`] that can be a trait object, which a trait with an async method cannot.
pub(crate) trait AnySource: Send + Sync {
    fn fetch_boxed<'a>(&'a self, request: &'a Request) -> BoxFuture<'a, Answers>;

    #[cfg(feature = "lambda")]
    fn before_snapshot_boxed(&self) -> BoxFuture<'_, ()>;
}

pub(crate) type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

impl<S: Source> AnySource for S {
    fn fetch_boxed<'a>(&'a self, request: &'a Request) -> BoxFuture<'a, Answers> {
        Box::pin(self.fetch(request))
    }

    #[cfg(feature = "lambda")]
    fn before_snapshot_boxed(&self) -> BoxFuture<'_, ()> {
        Box::pin(self.before_snapshot())
    }
}

#[cfg(test)]
mod tests;
