//! What a source answers, of each name and of each path.

use std::collections::{BTreeMap, HashMap};

use super::{Answer, Request, canonical, key_below};
use crate::escape::one_line;

/// Answers by name; `Key` and `/Key` are one. And what is below paths, by key.
#[derive(Debug, Clone, Default)]
pub struct Answers {
    by_name: HashMap<String, Answer>,
    by_path: HashMap<String, Below>,
    place: Option<String>,
    requests: Option<usize>,
}

/// What is below a path, by key, or why it cannot be had.
type Below = Result<BTreeMap<String, Answer>, Answer>;

impl Answers {
    /// No answers yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same for all names and paths of a request: why none of it can be had.
    ///
    /// [`Missing`](Answer::Missing) says of a path that nothing is below it, and
    /// [`Found`](Answer::Found) says nothing of a path.
    pub fn alike(request: &Request, answer: &Answer) -> Self {
        let mut answers: Self = request.names().map(|name| (name, answer.clone())).collect();
        if !matches!(answer, Answer::Found { .. }) {
            for path in request.paths() {
                answers.fail_below(path, answer.clone());
            }
        }
        answers
    }

    /// Answers for one name, in place of what was said of it before.
    pub fn insert(&mut self, name: &str, answer: Answer) {
        self.by_name.insert(canonical(name), answer);
    }

    /// Answers for a path: all that is below it, by key, which may be nothing. In place of what was
    /// said of it before.
    ///
    /// Of `/flags/dev/a/b` below `/flags/dev` the key is `a/b`. An entry that is
    /// [`Missing`](Answer::Missing) is not there, and is left out.
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

    /// Answers for a path that nothing below it can be had: [`Denied`](Answer::Denied),
    /// [`Unreadable`](Answer::Unreadable) or [`Unavailable`](Answer::Unavailable). In place of what
    /// was said of it before. Any other answer says that nothing is below it.
    pub fn fail_below(&mut self, path: &str, answer: Answer) {
        let below = match answer {
            Answer::Found { .. } | Answer::Missing => Ok(BTreeMap::new()),
            failure => Err(failure),
        };
        self.by_path.insert(path.to_owned(), below);
    }

    /// Takes in what another source said, with the place where it looked and the requests that it made.
    ///
    /// What was said before stands, unless it was [`Missing`](Answer::Missing). Below a path it
    /// stands key by key, and a path that failed in either fails.
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

    /// Where the source looked, for errors: "does not exist in `place`". If that is a region of
    /// AWS, such as `us-east-1`, their commands name it; if it is anything else, there are none.
    #[must_use]
    pub fn looked_in(mut self, place: impl Into<String>) -> Self {
        self.place = Some(one_line(&place.into()));
        self
    }

    /// How many requests the source has made, for the log of the load.
    #[must_use]
    pub fn after_requests(mut self, requests: usize) -> Self {
        self.requests = Some(requests);
        self
    }

    /// How many requests the source has made, if it said so.
    pub fn requests(&self) -> Option<usize> {
        self.requests
    }

    /// What was said of a name.
    pub fn get(&self, name: &str) -> Option<&Answer> {
        self.by_name.get(&canonical(name))
    }

    /// What was said of a path: its entries by key, or why they cannot be had. `None` where nothing
    /// was said of it, which is not the same as no entries.
    pub fn below(&self, path: &str) -> Option<Result<&BTreeMap<String, Answer>, &Answer>> {
        self.by_path.get(path).map(Result::as_ref)
    }

    /// What was said of names that are below a path, by key.
    pub(crate) fn names_below<'a>(
        &'a self,
        path: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a Answer)> {
        let below = self.by_name.iter().filter_map(move |(name, answer)| {
            let key = key_below(path, name)?;
            Some((key, answer))
        });
        // What is below a path comes in its latest version, and never under a selector.
        below.filter(|(key, _)| !key.contains(':'))
    }

    /// Whether a name exists, or may exist.
    pub(crate) fn has(&self, name: &str) -> bool {
        !matches!(self.get(name), None | Some(Answer::Missing))
    }

    /// Where the source looked, if it said so.
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

fn merge_below(said: &mut Below, other: Below) {
    let Ok(entries) = said else { return };
    match other {
        // Without what could not be had, the entries would be some of them only.
        Err(failure) => *said = Err(failure),
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
