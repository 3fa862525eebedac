//! Faults as they are written, in code or in a file: each is a line of a script.

use std::collections::BTreeMap;
use std::iter::{Once, once};
use std::ops::RangeInclusive;
use std::time::Duration;

use hyper::body::Bytes;
use serde::{Deserialize, Deserializer};

use super::on::On;

/// How much of an answer is sent before it stalls or its connection is cut or reset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum At {
    /// Nothing. The store does not carry out the request either.
    Start,
    /// The status line, but not the rest of the head.
    Head,
    /// The head, and this many bytes of the body.
    Body(usize),
    /// All of it, so that only a client that uses the connection again sees the fault. `cut` closes
    /// it while it is idle; `stall` and `reset` wait for the next request on it.
    End,
}

/// How an answer ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
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
            Self::Endless => At::End,
        }
    }
}

/// One line of a script: the selected calls and their fault. Created by [`On`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[must_use = "it does nothing until it is given to `LocalStore::script`"]
pub struct Fault {
    #[serde(default)]
    pub(super) on: On,
    #[serde(default, rename = "delay_ms", deserialize_with = "millis")]
    pub(super) delay: Option<Duration>,
    pub(super) latency: Option<Latency>,
    pub(super) throttle: Option<Throttle>,
    pub(super) reply: Option<Reply>,
    #[serde(default)]
    pub(super) headers: BTreeMap<String, String>,
    pub(super) length: Option<usize>,
    pub(super) second: Option<Given>,
    pub(super) ending: Option<Ending>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Latency {
    #[serde(rename = "least_ms", deserialize_with = "millis")]
    pub(super) least: Duration,
    #[serde(rename = "most_ms", deserialize_with = "millis")]
    pub(super) most: Duration,
    #[serde(default)]
    pub(super) seed: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Throttle {
    pub(super) per_second: u32,
    pub(super) burst: Option<u32>,
}

/// What is answered instead of the store's answer, or what becomes of that.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Reply {
    /// To the name of the fault, or to the first requested one.
    Deny,
    Fail,
    NoKey,
    Error {
        code: String,
        #[serde(default)]
        message: String,
    },
    Answer(Given),
    Raw(Content),
    EmptyPage,
    PageAgain,
    PageBack,
    PageOf(String),
    Omit,
    InBoth,
    Twice(String),
    Also {
        name: String,
        value: String,
    },
    Rename(String),
    Set {
        member: String,
        value: String,
    },
    Without(String),
}

/// A status and a body.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Given {
    pub(crate) status: u16,
    #[serde(default)]
    pub(crate) body: Content,
}

/// In a file, text or a list of bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Written")]
pub(crate) struct Content(pub(crate) Bytes);

#[derive(Deserialize)]
#[serde(untagged, expecting = "expected text or a list of bytes")]
enum Written {
    Text(String),
    Bytes(Vec<u8>),
}

impl From<Written> for Content {
    fn from(written: Written) -> Self {
        match written {
            Written::Text(text) => text.into_bytes().into(),
            Written::Bytes(bytes) => bytes.into(),
        }
    }
}

impl From<Vec<u8>> for Content {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes.into())
    }
}

/// The faults.
impl On {
    /// Waits, and then goes on to the next line of the script.
    pub fn delay(self, delay: Duration) -> Fault {
        Fault { delay: Some(delay), ..self.fault() }
    }

    /// Waits for a time within these limits, another one for each call, and then goes on to the next
    /// line of the script. The same seed gives the same times.
    pub fn latency(self, limits: RangeInclusive<Duration>, seed: u64) -> Fault {
        let (least, most) = limits.into_inner();
        Fault { latency: Some(Latency { least, most, seed }), ..self.fault() }
    }

    /// Answers `ThrottlingException` to calls above this rate. The others go on to the next line of
    /// the script.
    ///
    /// As in the service, it is a bucket of tokens: each call that is served takes one, and so many
    /// come back each second. It holds the tokens of one second. 0 throttles every call.
    pub fn throttle(self, per_second: u32) -> Fault {
        Fault { throttle: Some(Throttle { per_second, burst: None }), ..self.fault() }
    }

    /// Like [`throttle`](Self::throttle), with a bucket that holds this many tokens and is full at
    /// first.
    pub fn throttle_after_burst(self, per_second: u32, burst: u32) -> Fault {
        Fault { throttle: Some(Throttle { per_second, burst: Some(burst) }), ..self.fault() }
    }

    /// Answers `AccessDeniedException` as the service does for a role whose policy does not allow
    /// the call. A batch is denied as a whole.
    pub fn deny(self) -> Fault {
        self.reply(Reply::Deny)
    }

    /// Answers `InternalServerError`, HTTP 500. For `Decrypt`, it is the `InvalidKeyId` of a
    /// disabled key.
    pub fn fail(self) -> Fault {
        self.reply(Reply::Fail)
    }

    /// Answers the `InvalidKeyId` of a key that does not exist. Only for `Decrypt`.
    pub fn no_key(self) -> Fault {
        self.reply(Reply::NoKey)
    }

    /// Answers an error of the service, HTTP 400.
    pub fn error(self, code: impl Into<String>, message: impl Into<String>) -> Fault {
        self.reply(Reply::Error { code: code.into(), message: message.into() })
    }

    /// Answers this status and body.
    pub fn answer(self, status: u16, body: impl Into<Vec<u8>>) -> Fault {
        self.reply(Reply::Answer(Given { status, body: body.into().into() }))
    }

    /// Sends these bytes, which need not be HTTP, and closes the connection.
    pub fn raw(self, bytes: impl Into<Vec<u8>>) -> Fault {
        self.reply(Reply::Raw(bytes.into().into()))
    }

    /// Leaves the parameter out of the reply: it is neither found nor invalid.
    ///
    /// This and the other faults of a parameter in a reply apply to the one that
    /// [`name`](Self::name) selects, else to each one. They do not change an error.
    pub fn omit(self) -> Fault {
        self.reply(Reply::Omit)
    }

    /// Lists the parameter as found, and also as invalid.
    pub fn in_both(self) -> Fault {
        self.reply(Reply::InBoth)
    }

    /// Lists the parameter a second time, with this value.
    pub fn twice(self, value: impl Into<String>) -> Fault {
        self.reply(Reply::Twice(value.into()))
    }

    /// Adds a parameter to the reply that was not requested.
    pub fn also(self, name: impl Into<String>, value: impl Into<String>) -> Fault {
        self.reply(Reply::Also { name: name.into(), value: value.into() })
    }

    /// Gives the parameter another name in the reply: `/KEY` to `/key`, for instance.
    pub fn rename(self, name: impl Into<String>) -> Fault {
        self.reply(Reply::Rename(name.into()))
    }

    /// Sets a member of the parameter in the reply, such as `ARN`, `Selector` or `Type`.
    pub fn set(self, member: impl Into<String>, value: impl Into<String>) -> Fault {
        self.reply(Reply::Set { member: member.into(), value: value.into() })
    }

    /// Removes a member of the parameter from the reply, such as `Value` or `Name`.
    pub fn without(self, member: impl Into<String>) -> Fault {
        self.reply(Reply::Without(member.into()))
    }

    /// Answers a page of `GetParametersByPath` that has no parameters and leads to the requested one,
    /// as pages of the service may. If it happens each time, the pages have no end.
    pub fn empty_page(self) -> Fault {
        self.reply(Reply::EmptyPage)
    }

    /// Answers the requested page of `GetParametersByPath`, which leads to the same page under another
    /// token. If it happens each time, the pages have no end.
    pub fn page_again(self) -> Fault {
        self.reply(Reply::PageAgain)
    }

    /// Answers the requested page of `GetParametersByPath`, which leads back to the first one.
    pub fn page_back(self) -> Fault {
        self.reply(Reply::PageBack)
    }

    /// Answers the first page of this path to `GetParametersByPath` of another one.
    pub fn page_of(self, path: impl Into<String>) -> Fault {
        self.reply(Reply::PageOf(path.into()))
    }

    /// Sends the store's answer with a wrong [length](Fault::length).
    pub fn length(self, bytes: usize) -> Fault {
        self.fault().length(bytes)
    }

    /// Sends the store's answer, and then [a second one](Fault::second) that nobody asked for.
    pub fn second(self, status: u16, body: impl Into<Vec<u8>>) -> Fault {
        self.fault().second(status, body)
    }

    /// Sends the store's answer up to this point, and then nothing more.
    pub fn stall(self, at: At) -> Fault {
        self.fault().stall(at)
    }

    /// Sends the store's answer up to this point, and closes the connection.
    pub fn cut(self, at: At) -> Fault {
        self.fault().cut(at)
    }

    /// Sends the store's answer up to this point, and resets the connection.
    pub fn reset(self, at: At) -> Fault {
        self.fault().reset(at)
    }

    fn reply(self, reply: Reply) -> Fault {
        Fault { reply: Some(reply), ..self.fault() }
    }

    fn fault(self) -> Fault {
        Fault { on: self, ..Fault::default() }
    }
}

impl Fault {
    /// Adds a header to the answer, or replaces the store's. The length of the body has
    /// [its own fault](Self::length).
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.insert(name.to_owned(), value.to_owned());
        self
    }

    /// Says in the head that the body has this many bytes. If there are fewer, the client waits for
    /// the others; if there are more, they come before the answer to its next request. The connection
    /// stays open and answers no other request, unless the fault says how it ends.
    pub fn length(mut self, bytes: usize) -> Self {
        self.length = Some(bytes);
        self
    }

    /// Sends a second answer directly after the first one, without a second request. The connection stays open and
    /// answers no other request, unless the fault says how it ends.
    pub fn second(mut self, status: u16, body: impl Into<Vec<u8>>) -> Self {
        self.second = Some(Given { status, body: body.into().into() });
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
        self.ending = Some(ending);
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

/// A time in a file, in milliseconds.
fn millis<'de, D: Deserializer<'de>, T: From<Duration>>(deserializer: D) -> Result<T, D::Error> {
    u64::deserialize(deserializer).map(|millis| Duration::from_millis(millis).into())
}
