//! Environment variables: the process's own, or those that a test gives.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// The environment variables that a load reads.
///
/// Changing the environment of a running process is unsound where threads read it, so tests give
/// a load an environment of its own instead.
///
/// ```
/// use stage_config::StageConfig;
///
/// #[derive(StageConfig)]
/// struct Config {
///     #[env("TABLE_NAME")]
///     table_name: String,
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), stage_config::LoadError> {
/// let config = Config::loader().env([("TABLE_NAME", "users")]).load().await?;
/// assert_eq!(config.table_name, "users");
/// # Ok(())
/// # }
/// ```
///
/// `[]` is an environment in which nothing is set. An array holds up to 64 variables; of more, an
/// environment is collected: `Environment::from_iter(variables)`.
#[derive(Clone)]
pub struct Environment(Option<Arc<BTreeMap<String, String>>>);

impl Environment {
    /// The environment of the process.
    pub fn of_process() -> Self {
        Self(None)
    }

    /// An environment in which nothing is set.
    pub fn empty() -> Self {
        Self(Some(Arc::default()))
    }

    /// The text of a variable; `None` where it is not set.
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

/// The bytes of a variable are not UTF-8.
#[derive(Debug)]
pub(crate) struct NotUnicode;

impl<K: Into<String>, V: Into<String>> FromIterator<(K, V)> for Environment {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(variables: I) -> Self {
        let variables = variables.into_iter().map(|(name, text)| (name.into(), text.into()));
        Self(Some(Arc::new(variables.collect())))
    }
}

/// Nothing in it says of which type it would be. It is only known because no other impl is for
/// arrays of this length, and so there is one for each length instead of one for all.
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

/// The names only: a value may be secret.
impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            None => f.write_str("Environment(of the process)"),
            Some(given) => f.debug_set().entries(given.keys()).finish(),
        }
    }
}
