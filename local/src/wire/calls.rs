//! What was asked of the store, so that a test can say exactly that.

use std::collections::{BTreeMap, VecDeque, vec_deque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::Value;

/// How many requests are kept: more than a test looks at, and a few megabytes at most.
const KEPT: usize = 10_000;

/// One request, whatever was answered, and even if nothing was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Such as `GetParameters`.
    pub operation: String,
    /// The names asked for, as they were written and in that order; of `GetParametersByPath` the
    /// path.
    pub names: Vec<String>,
    /// Whether secrets were to be decrypted.
    pub with_decryption: bool,
}

impl Call {
    /// Reads a request's body; what is not in it, or not of the right type, is left out.
    pub(crate) fn new(operation: &str, body: &[u8]) -> Self {
        let body: Value = serde_json::from_slice(body).unwrap_or_default();
        let texts = [&body["Name"], &body["Path"]].into_iter();
        let names = texts.chain(body["Names"].as_array().into_iter().flatten());
        Self {
            operation: operation.to_owned(),
            names: names.filter_map(Value::as_str).map(str::to_owned).collect(),
            with_decryption: body["WithDecryption"].as_bool().unwrap_or(false),
        }
    }
}

/// The requests up to now, in the order in which they came.
///
/// All are counted, and the last 10,000 are kept to be looked at.
///
/// ```
/// use stage_config_local::LocalStore;
///
/// let store = LocalStore::start([])?;
/// assert_eq!(store.calls().total(), 0);
/// assert_eq!(store.calls().of("GetParameters"), 0);
/// assert_eq!(store.calls().names().count(), 0);
/// # Ok::<(), stage_config_local::StartError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calls {
    kept: VecDeque<Call>,
    counts: BTreeMap<String, usize>,
}

impl Calls {
    /// How many there were.
    pub fn total(&self) -> usize {
        self.counts.values().sum()
    }

    /// How many of one operation there were: `of("GetParameter")`.
    pub fn of(&self, operation: &str) -> usize {
        self.counts.get(operation).copied().unwrap_or_default()
    }

    /// Those that are kept, one after another.
    pub fn iter(&self) -> vec_deque::Iter<'_, Call> {
        self.kept.iter()
    }

    /// Every name that those asked for, as often as they did.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.iter().flat_map(|call| call.names.iter().map(String::as_str))
    }
}

impl IntoIterator for Calls {
    type Item = Call;
    type IntoIter = vec_deque::IntoIter<Call>;

    fn into_iter(self) -> Self::IntoIter {
        self.kept.into_iter()
    }
}

impl<'a> IntoIterator for &'a Calls {
    type Item = &'a Call;
    type IntoIter = vec_deque::Iter<'a, Call>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Where the server writes them down.
#[derive(Debug, Default)]
pub(crate) struct Log(Mutex<Calls>);

impl Log {
    pub(crate) fn add(&self, call: Call) {
        let mut calls = self.calls();
        *calls.counts.entry(call.operation.clone()).or_default() += 1;
        if calls.kept.len() == KEPT {
            calls.kept.pop_front();
        }
        calls.kept.push_back(call);
    }

    pub(crate) fn so_far(&self) -> Calls {
        self.calls().clone()
    }

    pub(crate) fn clear(&self) {
        *self.calls() = Calls::default();
    }

    fn calls(&self) -> MutexGuard<'_, Calls> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_are_counted_and_the_last_are_kept() {
        let log = Log::default();
        for number in 0..KEPT + 5 {
            let operation = if number % 2 == 0 { "GetParameter" } else { "GetParameters" };
            log.add(Call::new(operation, format!(r#"{{"Name":"{number}"}}"#).as_bytes()));
        }
        let calls = log.so_far();
        assert_eq!(calls.total(), 10_005);
        assert_eq!((calls.of("GetParameter"), calls.of("GetParameters")), (5_003, 5_002));
        assert_eq!(calls.of("PutParameter"), 0);
        let names: Vec<_> = calls.names().collect();
        assert_eq!((names.len(), names[0], names[9_999]), (10_000, "5", "10004"));
    }
}
