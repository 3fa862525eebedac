//! Where parameters come from: names and paths in, answers out.

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

/// Something that knows parameters by name, and perhaps by path.
///
/// Parameter Store is one, [`Fixed`](crate::Fixed) another; yours may read a file or another
/// service.
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
    /// Fetches the parameters of a request, all in one go.
    ///
    /// What cannot be had is said name by name in the answers. A name without an answer counts as
    /// [`Missing`](Answer::Missing). Of each of the [paths](Request::paths) it says what is below
    /// it, by [`Answers::insert_below`] or [`Answers::fail_below`]. A path of which it says nothing
    /// does not count as empty but fails the load: this source does not know paths.
    ///
    /// A source that can fail for passing reasons tries again until
    /// [`Request::time_left`] runs out, and then answers [`Unavailable`](Answer::Unavailable) with
    /// the reason; the load gives up on a source that does not.
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

/// [`Source`] behind a pointer, which a trait with an async method cannot be.
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
