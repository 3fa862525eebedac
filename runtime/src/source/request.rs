//! The request of a load to its source.

use std::collections::HashSet;
use std::time::Duration;

use stage_config_names::Name;
use tokio::time::Instant;

/// The names and paths that one load requests.
#[derive(Debug)]
pub struct Request {
    names: Vec<Name>,
    paths: Vec<Name>,
    deadline: Instant,
}

impl Request {
    /// A request for these names, to be answered within this time. For tests of a source.
    ///
    /// It holds each parameter once; `Key` and `/Key` are the same parameter.
    pub fn new(names: impl IntoIterator<Item = impl Into<Name>>, limit: Duration) -> Self {
        Self::until(after(limit), names.into_iter().map(Into::into), [])
    }

    /// Also requests everything under these paths.
    #[must_use]
    pub fn with_paths(self, paths: impl IntoIterator<Item = impl Into<Name>>) -> Self {
        let Self { names, paths: before, deadline } = self;
        Self::until(deadline, names, before.into_iter().chain(paths.into_iter().map(Into::into)))
    }

    pub(crate) fn until(
        deadline: Instant,
        names: impl IntoIterator<Item = Name>,
        paths: impl IntoIterator<Item = Name>,
    ) -> Self {
        Self { names: once_each(names), paths: once_each(paths), deadline }
    }

    /// The names, each once, as the struct writes them: with their version or label, or as an ARN.
    pub fn names(&self) -> impl ExactSizeIterator<Item = &Name> {
        self.names.iter()
    }

    /// The paths, each once. The load wants everything under them, on all levels.
    pub fn paths(&self) -> impl ExactSizeIterator<Item = &Name> {
        self.paths.iter()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.names.is_empty() && self.paths.is_empty()
    }

    /// The same request for some of its names only: for a source that answers the others.
    ///
    /// It keeps all paths, because two sources may each have something under the same one, which
    /// [`Answers::merge`](super::Answers::merge) combines. [`only_paths`](Self::only_paths) selects
    /// paths.
    ///
    /// ```
    /// use stage_config::source::{Answers, Request};
    /// use stage_config::{Fixed, Source};
    ///
    /// /// Overrides, and another source for the rest.
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
    pub fn only(&self, mut wanted: impl FnMut(&Name) -> bool) -> Self {
        let names = self.names().filter(|name| wanted(name)).cloned().collect();
        Self { names, paths: self.paths.clone(), deadline: self.deadline }
    }

    /// The same request for some of its paths, and all of its names.
    #[must_use]
    pub fn only_paths(&self, mut wanted: impl FnMut(&Name) -> bool) -> Self {
        let paths = self.paths().filter(|path| wanted(path)).cloned().collect();
        Self { names: self.names.clone(), paths, deadline: self.deadline }
    }

    /// How much longer the load waits for the answers.
    pub fn time_left(&self) -> Duration {
        self.deadline.saturating_duration_since(Instant::now())
    }
}

fn once_each(names: impl IntoIterator<Item = Name>) -> Vec<Name> {
    let names = names.into_iter();
    let mut seen = HashSet::with_capacity(names.size_hint().0);
    names.filter(|name| seen.insert(name.clone())).collect()
}

/// The point in time at which a limit ends. Saturates.
pub(crate) fn after(limit: Duration) -> Instant {
    const AGES: Duration = Duration::from_hours(10_000);
    let now = Instant::now();
    now.checked_add(limit).unwrap_or(now + AGES)
}
