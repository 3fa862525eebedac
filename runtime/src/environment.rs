//! Environment variables: those of the process, or those that a test sets.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// The environment variables that a load reads.
///
/// Changing the environment of a running process is unsound while threads read it, so tests pass an
/// environment to the loader instead: `Config::loader().env([("TABLE_NAME", "users")])`.
///
/// `[]` is an environment without variables. An array has up to 64 of them; collect more with
/// `Environment::from_iter(variables)`.
#[derive(Clone)]
pub struct Environment(Option<Arc<BTreeMap<String, String>>>);

impl Environment {
    /// Reads the environment of the process.
    pub fn from_process() -> Self {
        Self(None)
    }

    /// An environment without variables.
    pub fn empty() -> Self {
        Self(Some(Arc::default()))
    }

    /// Returns the text of a variable; `None` if it is not set.
    pub(crate) fn get(&self, name: &str) -> Result<Option<String>, NotUnicode> {
        let Some(given) = &self.0 else {
            return match std::env::var(name) {
                Ok(text) => Ok(Some(text)),
                Err(std::env::VarError::NotPresent) => Ok(None),
                Err(std::env::VarError::NotUnicode(_)) => Err(NotUnicode),
            };
        };
        Ok(given.get(name).cloned())
    }
}

/// The value of a variable of the process, unless it is empty.
#[cfg(feature = "_calls")]
pub(crate) fn given(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|text| !text.is_empty())
}

/// The bytes of a variable are not UTF-8.
#[derive(Debug)]
pub(crate) struct NotUnicode;

impl<K: Into<String>, V: Into<String>> FromIterator<(K, V)> for Environment {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(variables: I) -> Self {
        let variables = variables.into_iter().map(|(name, text)| (name.into(), text.into()));
        Self(Some(Arc::new(variables.collect())))
    }
}

/// An empty array does not say of which type its items would be. The compiler infers it only if no
/// other impl covers this length, so each other length has an impl of its own.
impl From<[(&'static str, &'static str); 0]> for Environment {
    fn from(_: [(&'static str, &'static str); 0]) -> Self {
        Self::empty()
    }
}

macro_rules! from_arrays_of {
    ($($length:literal)+) => {$(
        #[doc(hidden)]
        impl<K: Into<String>, V: Into<String>> From<[(K, V); $length]> for Environment {
            fn from(variables: [(K, V); $length]) -> Self {
                variables.into_iter().collect()
            }
        }
    )+};
}

from_arrays_of! {
    1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32
    33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 59 60 61 62 63 64
}

/// Shows the names only: a value may be secret.
impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            None => f.write_str("Environment(of the process)"),
            Some(given) => f.debug_set().entries(given.keys()).finish(),
        }
    }
}
