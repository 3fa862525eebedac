//! Faults, each a line of a script.

use std::iter::{Once, once};
use std::time::Duration;

use hyper::body::Bytes;
use hyper::header::{CONTENT_LENGTH, HeaderName, HeaderValue};

use super::on::On;
use crate::calls::BY_PATH;
use crate::error::ServiceError;

/// How much of an answer is sent before it stalls or its connection is cut or reset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum At {
    /// Nothing. The store does not carry out the request either.
    Start,
    /// The status line, but not the rest of the head.
    Head,
    /// The head, and this many bytes of the body.
    Body(usize),
}

/// How an answer ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// Nothing more is sent, and the connection stays open.
    Stall(At),
    /// The connection is closed.
    Cut(At),
    /// The connection is reset.
    Reset(At),
    /// The body is repeated until the client hangs up.
    Endless,
}

impl Ending {
    pub(crate) fn at(self) -> At {
        match self {
            Self::Stall(at) | Self::Cut(at) | Self::Reset(at) => at,
            Self::Endless => At::Body(usize::MAX),
        }
    }
}

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

/// What a fault makes of the store's answer.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reply {
    pub(crate) body: Body,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    /// Without one, the answer is complete, and the connection is kept.
    pub(crate) ending: Option<Ending>,
}

#[derive(Debug, Clone, Default)]
pub(crate) enum Body {
    /// The store's own answer.
    #[default]
    Own,
    /// A page of `GetParametersByPath` without parameters that leads to the requested one.
    EmptyPage,
    /// Access is denied to this resource, or to the first requested one.
    Denied(Option<String>),
    /// The service fails. For KMS, the key is disabled.
    Failed,
    Error(ServiceError),
    Given(u16, Bytes),
    /// Bytes that need not be HTTP.
    Raw(Bytes),
}

/// The faults.
impl On {
    /// Waits, and then goes on to the next line of the script.
    pub fn delay(self, delay: Duration) -> Fault {
        Fault { on: self, delay, per_second: None, reply: None }
    }

    /// Answers `ThrottlingException` to all calls above this number in any one second. The others
    /// go on to the next line of the script.
    pub fn throttle(self, per_second: usize) -> Fault {
        let fault = self.error("ThrottlingException", "Rate exceeded");
        Fault { per_second: Some(per_second), ..fault }
    }

    /// Answers `AccessDeniedException` as the service does for a role whose policy does not allow
    /// the call. A batch is denied as a whole.
    pub fn deny(self) -> Fault {
        let resource = self.resource.clone();
        self.body(Body::Denied(resource))
    }

    /// Answers `InternalServerError`, HTTP 500. For `Decrypt`, it is the `InvalidKeyId` of a
    /// disabled key.
    pub fn fail(self) -> Fault {
        self.body(Body::Failed)
    }

    /// Answers an error of the service, HTTP 400.
    pub fn error(self, code: impl Into<String>, message: impl Into<String>) -> Fault {
        self.body(Body::Error(ServiceError::new(code.into(), message)))
    }

    /// Answers this status and body.
    pub fn answer(self, status: u16, body: impl Into<Vec<u8>>) -> Fault {
        self.body(Body::Given(status, Bytes::from(body.into())))
    }

    /// Sends these bytes, which need not be HTTP, and closes the connection.
    pub fn raw(self, bytes: impl Into<Vec<u8>>) -> Fault {
        self.body(Body::Raw(Bytes::from(bytes.into())))
    }

    /// Answers a page of `GetParametersByPath` that has no parameters and leads to the requested one,
    /// as pages of the service may.
    pub fn empty_page(self) -> Fault {
        self.body(Body::EmptyPage)
    }

    /// Sends the store's answer up to this point, and then nothing more.
    pub fn stall(self, at: At) -> Fault {
        self.body(Body::Own).stall(at)
    }

    /// Sends the store's answer up to this point, and closes the connection.
    pub fn cut(self, at: At) -> Fault {
        self.body(Body::Own).cut(at)
    }

    /// Sends the store's answer up to this point, and resets the connection.
    pub fn reset(self, at: At) -> Fault {
        self.body(Body::Own).reset(at)
    }

    fn body(self, body: Body) -> Fault {
        let reply = Reply { body, ..Reply::default() };
        Fault { on: self, delay: Duration::ZERO, per_second: None, reply: Some(reply) }
    }
}

impl Fault {
    /// Adds a header to the answer, or replaces the store's.
    ///
    /// # Panics
    /// If the name or the value is not valid in a header, or if it is the length of the body, which
    /// the store sets.
    #[track_caller]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let name = HeaderName::try_from(name).expect("the name of a header");
        let value = HeaderValue::try_from(value).expect("the value of a header");
        assert!(name != CONTENT_LENGTH, "the store sets the length of the body");
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
        self.reply.get_or_insert_default().ending = Some(ending);
        self
    }

    /// Panics if a part of it would never happen, which is a mistake in a test.
    #[track_caller]
    pub(super) fn check(&self) {
        let On { operation, page, turns, .. } = &self.on;
        assert!(!turns.is_empty(), "calls are counted from 1");
        assert!(*page != Some(0), "pages are counted from 1");
        let reply = self.reply.as_ref();
        let body = reply.map(|reply| &reply.body);
        if page.is_some() || matches!(body, Some(Body::EmptyPage)) {
            assert!(*operation == Some(BY_PATH), "only `{BY_PATH}` has pages");
        }
        let is_changed = reply.is_some_and(|it| !it.headers.is_empty() || it.ending.is_some());
        match body {
            Some(Body::Raw(_)) => assert!(!is_changed, "raw bytes are sent as they are"),
            Some(Body::Given(status, _)) => {
                assert!((200..=999).contains(status), "{status} is not the status of an answer");
            }
            _ => {}
        }
        assert!(
            !self.on.is_inner()
                || matches!(body, Some(Body::Denied(_) | Body::Failed | Body::Error(_)))
                    && !is_changed,
            "the client does not see this answer; it can be denied, fail or be throttled"
        );
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
