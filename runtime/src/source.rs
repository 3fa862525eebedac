//! Where parameters come from: names in, answers out.

use std::collections::HashMap;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use stage_config_names::ParameterName;
use tokio::time::Instant;

/// Something that knows parameters by name.
///
/// Parameter Store is one, [`Fixed`](crate::Fixed) another; yours may read a file or another
/// service.
///
/// ```
/// use stage_config::{Answer, Answers, Request, Source};
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
    /// [`Missing`](Answer::Missing). A source that can fail for passing reasons tries again until
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

/// The names that one load asks for.
#[derive(Debug)]
pub struct Request {
    names: Vec<String>,
    deadline: Instant,
}

impl Request {
    /// A request for these names, to be answered within a time limit: for tests of a source.
    ///
    /// Names of the same parameter are asked for once: `Key` and `/Key` are one.
    pub fn new(names: impl IntoIterator<Item = impl Into<String>>, limit: Duration) -> Self {
        Self::until(after(limit), names.into_iter().map(Into::into))
    }

    pub(crate) fn until(deadline: Instant, names: impl IntoIterator<Item = String>) -> Self {
        let mut distinct: Vec<String> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        for name in names {
            if seen.insert(canonical(&name)) {
                distinct.push(name);
            }
        }
        Self { names: distinct, deadline }
    }

    /// The names, each once, as they are written in the struct: with selector, or as ARN.
    pub fn names(&self) -> impl ExactSizeIterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// The same request for some of its names only: for a source that knows the others.
    ///
    /// ```
    /// use stage_config::{Answers, Fixed, Request, Source};
    ///
    /// /// Overrides, and behind them another source.
    /// struct Layered<S>(Fixed, S);
    ///
    /// impl<S: Source> Source for Layered<S> {
    ///     async fn fetch(&self, request: &Request) -> Answers {
    ///         let mut answers = self.0.fetch(request).await;
    ///         let others = request.only(|name| answers.get(name).is_none());
    ///         answers.merge(self.1.fetch(&others).await);
    ///         answers
    ///     }
    /// }
    /// ```
    #[must_use]
    pub fn only(&self, mut wanted: impl FnMut(&str) -> bool) -> Self {
        let names = self.names().filter(|name| wanted(name)).map(str::to_owned).collect();
        Self { names, deadline: self.deadline }
    }

    /// How long the load still waits for answers.
    pub fn time_left(&self) -> Duration {
        self.deadline.saturating_duration_since(Instant::now())
    }
}

/// What a source has to say of one name.
#[derive(Clone)]
#[non_exhaustive]
pub enum Answer {
    /// The parameter exists.
    Found {
        /// Its text, decrypted.
        text: SecretString,
        /// Whether it is kept encrypted, as a SecureString. Errors then never quote it.
        secure: bool,
    },
    /// It does not exist.
    Missing,
    /// Reading it is not allowed.
    Denied {
        /// The action that is not allowed, such as `ssm:GetParameters`.
        action: String,
        /// On what it would have to be allowed, such as
        /// `arn:aws:ssm:us-east-1:111122223333:parameter/app/key`.
        resource: String,
        /// The service's own words, where they say more than this.
        words: Option<String>,
    },
    /// It cannot be had, and trying again does not help: why, to be read on from "parameter …".
    Unreadable(String),
    /// It cannot be had for a passing reason: which, to be read on from "parameter …".
    Unavailable(String),
}

impl Answer {
    /// The text of a parameter that is not encrypted.
    pub fn found(text: impl Into<String>) -> Self {
        Self::Found { text: text.into().into(), secure: false }
    }

    /// The text of a SecureString.
    pub fn secure(text: impl Into<String>) -> Self {
        Self::Found { text: text.into().into(), secure: true }
    }

    /// What may not be read, since this action on this resource is not allowed.
    pub fn denied(action: impl Into<String>, resource: impl Into<String>) -> Self {
        Self::Denied { action: action.into(), resource: resource.into(), words: None }
    }
}

/// Without the text.
impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Found { secure, .. } => {
                f.debug_struct("Found").field("secure", secure).finish_non_exhaustive()
            }
            Self::Missing => f.write_str("Missing"),
            Self::Denied { action, resource, words } => f
                .debug_struct("Denied")
                .field("action", action)
                .field("resource", resource)
                .field("words", words)
                .finish(),
            Self::Unreadable(why) => f.debug_tuple("Unreadable").field(why).finish(),
            Self::Unavailable(why) => f.debug_tuple("Unavailable").field(why).finish(),
        }
    }
}

/// Answers by name; `Key` and `/Key` are one.
#[derive(Debug, Clone, Default)]
pub struct Answers {
    by_name: HashMap<String, Answer>,
    place: Option<String>,
}

impl Answers {
    /// No answers yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same for all names of a request.
    pub fn alike(request: &Request, answer: &Answer) -> Self {
        request.names().map(|name| (name, answer.clone())).collect()
    }

    /// Answers for one name, in place of what was said of it before.
    pub fn insert(&mut self, name: &str, answer: Answer) {
        self.by_name.insert(canonical(name), answer);
    }

    /// Takes in what another source said, of the place where it looked too.
    pub fn merge(&mut self, other: Self) {
        self.by_name.extend(other.by_name);
        self.place = other.place.or(self.place.take());
    }

    /// Where was looked, for errors: "does not exist in `place`".
    #[must_use]
    pub fn looked_in(mut self, place: impl Into<String>) -> Self {
        self.place = Some(place.into());
        self
    }

    /// What was said of a name.
    pub fn get(&self, name: &str) -> Option<&Answer> {
        self.by_name.get(&canonical(name))
    }

    pub(crate) fn place(&self) -> Option<&str> {
        self.place.as_deref()
    }
}

impl<'a> FromIterator<(&'a str, Answer)> for Answers {
    fn from_iter<I: IntoIterator<Item = (&'a str, Answer)>>(answers: I) -> Self {
        let mut collected = Self::new();
        collected.extend(answers);
        collected
    }
}

impl<'a> Extend<(&'a str, Answer)> for Answers {
    fn extend<I: IntoIterator<Item = (&'a str, Answer)>>(&mut self, answers: I) {
        for (name, answer) in answers {
            self.insert(name, answer);
        }
    }
}

/// The point in time that a limit ends at. A limit too long to count is as good as none.
pub(crate) fn after(limit: Duration) -> Instant {
    const AGES: Duration = Duration::from_hours(10_000);
    let now = Instant::now();
    now.checked_add(limit).unwrap_or(now + AGES)
}

fn canonical(name: &str) -> String {
    match ParameterName::parse(name) {
        Ok(name) => name.canonical().into_owned(),
        // What is no name is nobody's but its own.
        Err(_) => name.to_owned(),
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
