//! One line of a script.

use std::iter::{Once, once};
use std::time::Duration;

use hyper::body::Bytes;
use hyper::header::{HeaderName, HeaderValue};

use super::at::{At, Ending};
use super::on::On;
use crate::error::ServiceError;

/// One line of a script: the selected calls and their fault. Created by [`On`].
#[derive(Debug, Clone)]
#[must_use = "it does nothing until it is given to `LocalStore::script`"]
pub struct Fault {
    pub(super) on: On,
    pub(super) delay: Duration,
    /// Only calls above this number a second get the reply.
    pub(super) per_second: Option<usize>,
    /// Without one, the call goes on to the next line.
    pub(super) reply: Option<Reply>,
}

/// An answer, before it is known what the store itself would answer.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reply {
    pub(crate) body: Body,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) ending: Ending,
}

#[derive(Debug, Clone, Default)]
pub(crate) enum Body {
    /// The store's own answer.
    #[default]
    Own,
    /// A page of `GetParametersByPath` without parameters that leads to the one asked for.
    EmptyPage,
    Denied,
    Error(ServiceError),
    Given(u16, Bytes),
    /// Bytes that need not be HTTP.
    Raw(Bytes),
}

impl From<ServiceError> for Reply {
    fn from(error: ServiceError) -> Self {
        Self::from(Body::Error(error))
    }
}

impl From<Body> for Reply {
    fn from(body: Body) -> Self {
        Self { body, ..Self::default() }
    }
}

impl Fault {
    pub(super) fn new(on: On, reply: Option<Reply>) -> Self {
        Self { on, delay: Duration::ZERO, per_second: None, reply }
    }

    /// Waits before anything else.
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Adds a header to the answer, or replaces the store's.
    ///
    /// # Panics
    /// If the name or the value is not valid in a header.
    #[track_caller]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let name = HeaderName::try_from(name).expect("the name of a header");
        let value = HeaderValue::try_from(value).expect("the value of a header");
        self.reply.get_or_insert_default().headers.push((name, value));
        self
    }

    /// Sends the answer up to this point, and then nothing more.
    pub fn stall(self, at: At) -> Self {
        self.ending(Ending::Stall(at))
    }

    /// Sends the answer up to this point, and closes the connection.
    pub fn cut(self, at: At) -> Self {
        self.ending(Ending::Cut(at))
    }

    /// Sends the answer up to this point, and resets the connection.
    pub fn reset(self, at: At) -> Self {
        self.ending(Ending::Reset(at))
    }

    /// Repeats the body of the answer until the client hangs up.
    pub fn endless(self) -> Self {
        self.ending(Ending::Endless)
    }

    fn ending(mut self, ending: Ending) -> Self {
        self.reply.get_or_insert_default().ending = ending;
        self
    }
}

/// A script of one line.
impl IntoIterator for Fault {
    type Item = Self;
    type IntoIter = Once<Self>;

    fn into_iter(self) -> Self::IntoIter {
        once(self)
    }
}
