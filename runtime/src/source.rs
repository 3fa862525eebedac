//! Sources of parameters: a request with names and paths in, answers out.

mod answer;
mod answers;
mod fixed;
mod request;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

pub use self::answer::Answer;
pub use self::answers::Answers;
pub use self::fixed::Fixed;
pub use self::request::Request;
pub(crate) use self::request::{after, canonical, key_below};

/// Fetches parameters by name, and optionally by path.
///
/// Parameter Store and [`Fixed`] are sources. Yours may read a file or another service.
///
/// ```
/// use stage_config::source::{Answer, Answers, Request};
/// use stage_config::Source;
///
/// /// Every parameter is its own name.
/// struct Echo;
///
/// impl Source for Echo {
///     async fn fetch(&self, request: &Request) -> Answers {
///         request.names().map(|name| (name, Answer::found(name))).collect()
///     }
/// }
/// ```
pub trait Source: Send + Sync {
    /// Fetches all parameters of a request.
    ///
    /// The answers report failures name by name. A name without an answer counts as
    /// [`Missing`](Answer::Missing). For each of the [paths](Request::paths), call
    /// [`Answers::insert_below`] or [`Answers::fail_below`]: a path without an answer fails the load,
    /// because the source does not support paths.
    ///
    /// After a transient failure, retry until [`Request::time_left`] is over, and then answer
    /// [`Unavailable`](Answer::Unavailable) with the reason. The load does not wait longer.
    fn fetch(&self, request: &Request) -> impl Future<Output = Answers> + Send;
}

impl<S: Source + ?Sized> Source for &S {
    fn fetch(&self, request: &Request) -> impl Future<Output = Answers> + Send {
        (**self).fetch(request)
    }
}

impl<S: Source + ?Sized> Source for Arc<S> {
    fn fetch(&self, request: &Request) -> impl Future<Output = Answers> + Send {
        (**self).fetch(request)
    }
}

/// A [`Source`] that can be a trait object. A trait with an async method cannot.
pub(crate) trait AnySource: Send + Sync {
    fn fetch_boxed<'a>(&'a self, request: &'a Request) -> BoxFuture<'a, Answers>;
}

type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

impl<S: Source> AnySource for S {
    fn fetch_boxed<'a>(&'a self, request: &'a Request) -> BoxFuture<'a, Answers> {
        Box::pin(self.fetch(request))
    }
}

#[cfg(test)]
mod tests;
