//! What a source answers for each name and each path.

use std::collections::{BTreeMap, HashMap};

use stage_config_names::Name;

use super::{Answer, Request};
use crate::escape::one_line;

/// The answers of a source: by name, and for each path what is under it, by key.
#[derive(Debug, Clone, Default)]
pub struct Answers {
    by_name: HashMap<Name, Answer>,
    by_path: HashMap<Name, Below>,
    location: Option<String>,
    requests: Option<usize>,
    attempts: Option<usize>,
}

/// What is under a path, by key, or the failure.
type Below = Result<BTreeMap<String, Answer>, Answer>;

impl Answers {
    /// No answers yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// No answers yet, and room for those to so many names.
    pub(crate) fn with_capacity(names: usize) -> Self {
        Self { by_name: HashMap::with_capacity(names), ..Self::default() }
    }

    /// The same answer for all names and paths of a request, for a source that can read none of
    /// them. With [`Found`](Answer::Found), paths get no answer.
    pub fn for_all(request: &Request, answer: &Answer) -> Self {
        let mut answers: Self = request.names().map(|name| (name, answer.clone())).collect();
        if !matches!(answer, Answer::Found { .. }) {
            for path in request.paths() {
                answers.fail_path(path, answer.clone());
            }
        }
        answers
    }

    /// Answers for one name. Replaces an earlier answer.
    pub fn insert(&mut self, name: impl Into<Name>, answer: Answer) {
        self.by_name.insert(name.into(), answer);
    }

    /// Answers for a path with everything under it, by key, which may be nothing. Replaces an earlier
    /// answer.
    ///
    /// The key of `/flags/dev/a/b` under `/flags/dev` is `a/b`. An entry that is
    /// [`Missing`](Answer::Missing) is left out.
    ///
    /// ```
    /// use stage_config::source::{Answer, Answers};
    ///
    /// let mut answers = Answers::new();
    /// answers.insert_path("/flags/dev", [("a", Answer::found("on")), ("a/b", Answer::found("off"))]);
    /// assert_eq!(answers.get_path("/flags/dev").unwrap().unwrap().len(), 2);
    /// assert!(answers.get_path("/flags/prod").is_none());
    /// ```
    pub fn insert_path(
        &mut self,
        path: impl Into<Name>,
        entries: impl IntoIterator<Item = (impl Into<String>, Answer)>,
    ) {
        let there = entries.into_iter().filter(|(_, answer)| !matches!(answer, Answer::Missing));
        let entries = there.map(|(key, answer)| (key.into(), answer)).collect();
        self.by_path.insert(path.into(), Ok(entries));
    }

    /// Says that the source cannot read a path: [`Denied`](Answer::Denied) or
    /// [`Failed`](Answer::Failed). Replaces an earlier answer. With any other answer, the path is
    /// empty.
    pub fn fail_path(&mut self, path: impl Into<Name>, answer: Answer) {
        let below = match answer {
            Answer::Found { .. } | Answer::Missing => Ok(BTreeMap::new()),
            failure => Err(failure),
        };
        self.by_path.insert(path.into(), below);
    }

    /// Adds the answers of another source, the location where it looked, and its requests and attempts.
    ///
    /// An answer that is already here wins, unless it is [`Missing`](Answer::Missing). Under a path
    /// it wins key by key, and a path that failed in either source fails.
    pub fn merge(&mut self, other: Self) {
        for (name, answer) in other.by_name {
            let known = self.by_name.entry(name).or_insert(Answer::Missing);
            if matches!(known, Answer::Missing) {
                *known = answer;
            }
        }
        for (path, below) in other.by_path {
            merge_below(self.by_path.entry(path).or_insert_with(|| Ok(BTreeMap::new())), below);
        }
        self.location = other.location.or(self.location.take());
        if self.attempts.is_some() || other.attempts.is_some() {
            // A source that counts only its requests has sent each once, as far as anybody knows.
            self.attempts = self.attempts.or(self.requests);
            add(&mut self.attempts, other.attempts.or(other.requests));
        }
        add(&mut self.requests, other.requests);
    }

    /// Where the source looked, for errors: "does not exist in `location`". If it is an AWS Region,
    /// such as `us-east-1`, the commands that errors suggest name it; otherwise they suggest none.
    #[must_use]
    pub fn looked_in(mut self, location: impl Into<String>) -> Self {
        self.location = Some(one_line(&location.into()));
        self
    }

    /// How many requests the source made, for the span of the load. Retries do not count.
    #[must_use]
    pub fn after_requests(mut self, requests: usize) -> Self {
        self.requests = Some(requests);
        self
    }

    /// How often the source sent a request, retries included, for the span of the load.
    #[must_use]
    pub fn after_attempts(mut self, attempts: usize) -> Self {
        self.attempts = Some(attempts);
        self
    }

    /// How many requests the source made, if it counted them.
    pub fn requests(&self) -> Option<usize> {
        self.requests
    }

    /// How often the source sent a request, retries included, if it counted that.
    pub fn attempts(&self) -> Option<usize> {
        self.attempts
    }

    /// The answer for a name.
    pub fn get(&self, name: impl Into<Name>) -> Option<&Answer> {
        self.by_name.get(&name.into())
    }

    /// The answer for a path: its entries by key, or the failure. `None` if there is no answer, which
    /// is not the same as no entries.
    pub fn get_path(
        &self,
        path: impl Into<Name>,
    ) -> Option<Result<&BTreeMap<String, Answer>, &Answer>> {
        self.by_path.get(&path.into()).map(Result::as_ref)
    }

    /// The answers for names that are under a path, by key.
    pub(crate) fn names_below<'a>(
        &'a self,
        path: &'a Name,
    ) -> impl Iterator<Item = (&'a str, &'a Answer)> {
        let below = self.by_name.iter().filter_map(move |(name, answer)| {
            let key = key_below(path.as_str(), name.as_str())?;
            Some((key, answer))
        });
        // What is under a path comes in its latest version, and never with a selector.
        below.filter(|(key, _)| !key.contains(':'))
    }

    /// The first of these names that exists or may exist, with its answer.
    pub(crate) fn first<'n>(&self, names: &'n [Name]) -> Option<(&'n Name, &Answer)> {
        let answers = names.iter().filter_map(|name| Some((name, self.by_name.get(name)?)));
        answers.into_iter().find(|(_, answer)| !matches!(answer, Answer::Missing))
    }

    /// Where the source looked, if that is known.
    pub(crate) fn location(&self) -> Option<&str> {
        self.location.as_deref()
    }

    /// " in us-east-1", if that is known.
    pub(crate) fn in_location(&self) -> String {
        self.location().map(|location| format!(" in {location}")).unwrap_or_default()
    }
}

/// The key of a parameter under a path: `a/b` for `/flags/dev/a/b` under `/flags/dev`.
pub(crate) fn key_below<'n>(path: &str, name: &'n str) -> Option<&'n str> {
    let key = name.strip_prefix(path)?.strip_prefix('/')?;
    Some(key).filter(|key| !key.is_empty())
}

/// A source that does not count makes no requests, as far as anybody knows.
fn add(count: &mut Option<usize>, more: Option<usize>) {
    if let Some(more) = more {
        *count = Some(count.unwrap_or_default().saturating_add(more));
    }
}

fn merge_below(known: &mut Below, other: Below) {
    let Ok(entries) = known else { return };
    match other {
        // Without those of the source that failed, the entries would not be all of them.
        Err(failure) => *known = Err(failure),
        Ok(others) => {
            for (key, answer) in others {
                entries.entry(key).or_insert(answer);
            }
        }
    }
}

impl<N: Into<Name>> FromIterator<(N, Answer)> for Answers {
    fn from_iter<I: IntoIterator<Item = (N, Answer)>>(answers: I) -> Self {
        let answers = answers.into_iter();
        let mut collected = Self::with_capacity(answers.size_hint().0);
        collected.extend(answers);
        collected
    }
}

impl<N: Into<Name>> Extend<(N, Answer)> for Answers {
    fn extend<I: IntoIterator<Item = (N, Answer)>>(&mut self, answers: I) {
        for (name, answer) in answers {
            self.insert(name, answer);
        }
    }
}
