//! What was asked of the store, so that a test can say exactly that.

use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::Value;

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
pub struct Calls(Vec<Call>);

impl Calls {
    /// How many there were.
    pub fn total(&self) -> usize {
        self.0.len()
    }

    /// How many of one operation there were: `of("GetParameter")`.
    pub fn of(&self, operation: &str) -> usize {
        self.0.iter().filter(|call| call.operation == operation).count()
    }

    /// One after another.
    pub fn iter(&self) -> std::slice::Iter<'_, Call> {
        self.0.iter()
    }

    /// Every name that was asked for, as often as it was.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().flat_map(|call| call.names.iter().map(String::as_str))
    }
}

impl IntoIterator for Calls {
    type Item = Call;
    type IntoIter = std::vec::IntoIter<Call>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Calls {
    type Item = &'a Call;
    type IntoIter = std::slice::Iter<'a, Call>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Where the server writes them down.
#[derive(Debug, Default)]
pub(crate) struct Log(Mutex<Calls>);

impl Log {
    pub(crate) fn add(&self, call: Call) {
        self.calls().0.push(call);
    }

    pub(crate) fn so_far(&self) -> Calls {
        self.calls().clone()
    }

    pub(crate) fn clear(&self) {
        self.calls().0.clear();
    }

    fn calls(&self) -> MutexGuard<'_, Calls> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
