//! The answers of a source, for all names and paths of a request.

use std::collections::{BTreeMap, HashMap};

use super::{Answer, Request, canonical, key_below};
use crate::escape::one_line;

/// The answers to a [`Request`]: by name, where `Key` and `/Key` are the same, and by path.
#[derive(Debug, Clone, Default)]
pub struct Answers {
    by_name: HashMap<String, Answer>,
    by_path: HashMap<String, Below>,
    place: Option<String>,
    requests: Option<usize>,
}

/// The parameters under a path, by key, or why they cannot be read.
type Below = Result<BTreeMap<String, Answer>, Answer>;

impl Answers {
    /// No answers yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same failure for all names and paths of a request.
    ///
    /// For a path, [`Missing`](Answer::Missing) means that it is empty, and
    /// [`Found`](Answer::Found) is ignored.
    pub fn alike(request: &Request, answer: &Answer) -> Self {
        let mut answers: Self = request.names().map(|name| (name, answer.clone())).collect();
        if !matches!(answer, Answer::Found { .. }) {
            for path in request.paths() {
                answers.fail_below(path, answer.clone());
            }
        }
        answers
    }

    /// Sets the answer for one name.
    pub fn insert(&mut self, name: &str, answer: Answer) {
        self.by_name.insert(canonical(name), answer);
    }

    /// Sets all parameters under a path, by key. There may be none.
    ///
    /// The key of `/flags/dev/a/b` under `/flags/dev` is `a/b`. Entries that are
    /// [`Missing`](Answer::Missing) are left out.
    ///
    /// ```
    /// use stage_config::source::{Answer, Answers};
    ///
    /// let mut answers = Answers::new();
    /// answers.insert_below("/flags/dev", [("a", Answer::found("on")), ("a/b", Answer::found("off"))]);
    /// assert_eq!(answers.below("/flags/dev").unwrap().unwrap().len(), 2);
    /// assert!(answers.below("/flags/prod").is_none());
    /// ```
    pub fn insert_below(
        &mut self,
        path: &str,
        entries: impl IntoIterator<Item = (impl Into<String>, Answer)>,
    ) {
        let there = entries.into_iter().filter(|(_, answer)| !matches!(answer, Answer::Missing));
        let entries = there.map(|(key, answer)| (key.into(), answer)).collect();
        self.by_path.insert(path.to_owned(), Ok(entries));
    }

    /// Sets the failure of a path: [`Denied`](Answer::Denied), [`Unreadable`](Answer::Unreadable) or
    /// [`Unavailable`](Answer::Unavailable). Any other answer means that the path is empty.
    pub fn fail_below(&mut self, path: &str, answer: Answer) {
        let below = match answer {
            Answer::Found { .. } | Answer::Missing => Ok(BTreeMap::new()),
            failure => Err(failure),
        };
        self.by_path.insert(path.to_owned(), below);
    }

    /// Adds the answers of another source, its place and its number of requests.
    ///
    /// Existing answers take precedence, unless they are [`Missing`](Answer::Missing). Paths are
    /// merged key by key, and a path that failed in either fails.
    pub fn merge(&mut self, other: Self) {
        for (name, answer) in other.by_name {
            self.by_name.entry(name).or_insert(Answer::Missing).give_way_to(answer);
        }
        for (path, below) in other.by_path {
            merge_below(self.by_path.entry(path).or_insert_with(|| Ok(BTreeMap::new())), below);
        }
        self.place = other.place.or(self.place.take());
        if let Some(more) = other.requests {
            self.requests = Some(self.requests.unwrap_or_default().saturating_add(more));
        }
    }

    /// Sets the place for errors such as "does not exist in `place`". If it is an AWS region, such
    /// as `us-east-1`, the errors contain AWS commands for that region.
    #[must_use]
    pub fn looked_in(mut self, place: impl Into<String>) -> Self {
        self.place = Some(one_line(&place.into()));
        self
    }

    /// Sets the number of requests that the source has made, for the log event of the load.
    #[must_use]
    pub fn after_requests(mut self, requests: usize) -> Self {
        self.requests = Some(requests);
        self
    }

    /// The number of requests that the source has made, if it is known.
    pub fn requests(&self) -> Option<usize> {
        self.requests
    }

    /// The answer for a name.
    pub fn get(&self, name: &str) -> Option<&Answer> {
        self.by_name.get(&canonical(name))
    }

    /// The answer for a path: its entries by key, or its failure. `None` means that there is no
    /// answer, and not that the path is empty.
    pub fn below(&self, path: &str) -> Option<Result<&BTreeMap<String, Answer>, &Answer>> {
        self.by_path.get(path).map(Result::as_ref)
    }

    /// The answers for names under a path, by key.
    pub(crate) fn names_below<'a>(
        &'a self,
        path: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a Answer)> {
        let below = self.by_name.iter().filter_map(move |(name, answer)| {
            let key = key_below(path, name)?;
            Some((key, answer))
        });
        // The parameters under a path have their latest version, and no selector.
        below.filter(|(key, _)| !key.contains(':'))
    }

    /// Whether a name exists, or may exist.
    pub(crate) fn has(&self, name: &str) -> bool {
        !matches!(self.get(name), None | Some(Answer::Missing))
    }

    /// The place where the source looked, if it is known.
    pub(crate) fn place(&self) -> Option<&str> {
        self.place.as_deref()
    }

    /// " in us-east-1", if that is known.
    pub(crate) fn in_place(&self) -> String {
        self.place().map(|place| format!(" in {place}")).unwrap_or_default()
    }
}

impl Answer {
    fn give_way_to(&mut self, other: Self) {
        if let Self::Missing = self {
            *self = other;
        }
    }
}

fn merge_below(known: &mut Below, other: Below) {
    let Ok(entries) = known else { return };
    match other {
        // Without the parameters that failed, the entries would be incomplete.
        Err(failure) => *known = Err(failure),
        Ok(others) => {
            for (key, answer) in others {
                entries.entry(key).or_insert(answer);
            }
        }
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
