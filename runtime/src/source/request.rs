//! The request of a load to its source.

use std::collections::HashSet;
use std::time::Duration;

use stage_config_names::ParameterName;
use tokio::time::Instant;

/// The names and paths that a load requests from a [`Source`](crate::Source).
#[derive(Debug)]
pub struct Request {
    names: Vec<String>,
    paths: Vec<String>,
    deadline: Instant,
}

impl Request {
    /// A request for these names with a time limit, for tests of a source.
    ///
    /// Each parameter is requested once: `Key` and `/Key` are the same.
    pub fn new(names: impl IntoIterator<Item = impl Into<String>>, limit: Duration) -> Self {
        Self::until(after(limit), names.into_iter().map(Into::into), [])
    }

    /// Also requests all parameters under these paths.
    ///
    /// ```
    /// use std::time::Duration;
    /// use stage_config::source::Request;
    /// use stage_config::{Fixed, Source};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let request = Request::new(["/limit"], Duration::from_secs(1)).with_paths(["/flags/dev"]);
    /// let answers = Fixed::from([("/limit", "5"), ("/flags/dev/a/b", "on")]).fetch(&request).await;
    /// assert!(answers.get("/limit").is_some());
    /// assert!(answers.below("/flags/dev").unwrap().unwrap().contains_key("a/b"));
    /// # }
    /// ```
    #[must_use]
    pub fn with_paths(self, paths: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let Self { names, paths: before, deadline } = self;
        Self::until(deadline, names, before.into_iter().chain(paths.into_iter().map(Into::into)))
    }

    pub(crate) fn until(
        deadline: Instant,
        names: impl IntoIterator<Item = String>,
        paths: impl IntoIterator<Item = String>,
    ) -> Self {
        let mut seen = HashSet::new();
        let names = names.into_iter().filter(|name| seen.insert(canonical(name))).collect();
        let mut seen = HashSet::new();
        let paths = paths.into_iter().filter(|path| seen.insert(path.clone())).collect();
        Self { names, paths, deadline }
    }

    /// The names, each once, as the struct has them: with a version or label, or as an ARN.
    pub fn names(&self) -> impl ExactSizeIterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// The paths, each once. The parameters at all levels under each of them are requested.
    pub fn paths(&self) -> impl ExactSizeIterator<Item = &str> {
        self.paths.iter().map(String::as_str)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.names.is_empty() && self.paths.is_empty()
    }

    /// The same request for some of its names, for a source that has answers for the others.
    ///
    /// It keeps all paths, because both sources may have parameters under the same path;
    /// [`Answers::merge`](super::Answers::merge) merges them. To select paths, use
    /// [`only_paths`](Self::only_paths).
    ///
    /// ```
    /// use stage_config::source::{Answers, Request};
    /// use stage_config::{Fixed, Source};
    ///
    /// /// Overrides for another source.
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
        Self { names, paths: self.paths.clone(), deadline: self.deadline }
    }

    /// The same request for some of its paths, and all of its names.
    #[must_use]
    pub fn only_paths(&self, mut wanted: impl FnMut(&str) -> bool) -> Self {
        let paths = self.paths().filter(|path| wanted(path)).map(str::to_owned).collect();
        Self { names: self.names.clone(), paths, deadline: self.deadline }
    }

    /// The time for which the load still waits.
    pub fn time_left(&self) -> Duration {
        self.deadline.saturating_duration_since(Instant::now())
    }
}

/// The end of a time limit. Saturates.
pub(crate) fn after(limit: Duration) -> Instant {
    const AGES: Duration = Duration::from_hours(10_000);
    let now = Instant::now();
    now.checked_add(limit).unwrap_or(now + AGES)
}

pub(crate) fn canonical(name: &str) -> String {
    match ParameterName::parse(name) {
        Ok(name) => name.canonical().into_owned(),
        // An invalid name equals only itself.
        Err(_) => name.to_owned(),
    }
}

/// The key of a parameter under a path: `a/b` for `/flags/dev/a/b` under `/flags/dev`.
pub(crate) fn key_below<'n>(path: &str, name: &'n str) -> Option<&'n str> {
    let key = name.strip_prefix(path)?.strip_prefix('/')?;
    Some(key).filter(|key| !key.is_empty())
}
