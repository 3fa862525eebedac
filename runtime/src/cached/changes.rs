//! Tells which fields the loads of a [`ColdStart`](super::ColdStart) change.

use std::fmt;
use std::marker::PhantomData;
use std::pin::pin;
use std::sync::Arc;

use stage_config_names::closest;

use crate::config::StageConfig;
use crate::error::LoadError;

use super::single_flight::SingleFlight;

/// A subscription to the changes of a configuration; see
/// [`ColdStart::changed`](super::ColdStart::changed).
pub struct Changes<T> {
    flight: Arc<SingleFlight<T, LoadError>>,
    /// The number of the value up to which the user knows the changes.
    seen: u64,
    /// Without one, all.
    only: Option<Vec<String>>,
    config: PhantomData<fn() -> T>,
}

impl<T: StageConfig> Changes<T> {
    pub(super) fn new(flight: Arc<SingleFlight<T, LoadError>>) -> Self {
        let seen = flight.peek(|entry| entry.history().number()).unwrap_or(0);
        Self { flight, seen, only: None, config: PhantomData }
    }

    /// Tells only these fields, and those inside them: `database` is also `database.password`.
    ///
    /// # Panics
    /// If the configuration does not read each of them from Parameter Store. Subscribe when the program
    /// starts, so that a typo is found then.
    #[must_use]
    pub fn only<'a>(mut self, fields: impl IntoIterator<Item = &'a str>) -> Self {
        let known: Vec<_> = T::PARAMETERS.parameters().map(|it| it.path().to_owned()).collect();
        let check = |field: &str| {
            if !known.iter().any(|path| is_in(path, field)) {
                let known = || known.iter().map(String::as_str);
                let meant = closest(field, known()).map(|it| format!("; did you mean `{it}`?"));
                panic!(
                    "`{}` reads no field `{field}` from Parameter Store{}",
                    T::PARAMETERS.config(),
                    meant.unwrap_or_default()
                );
            }
            field.to_owned()
        };
        self.only = Some(fields.into_iter().map(check).collect());
        self
    }

    /// What has changed since the last call, or since the subscription; nothing, if nothing has. It
    /// loads nothing and does not wait. A value that you get afterwards has these changes.
    pub fn since_last(&mut self) -> ChangedFields {
        let seen = self.seen;
        let look =
            |history: &super::history::History| (history.number(), history.changed_since(seen));
        let Some((number, changed)) = self.flight.peek(|entry| look(entry.history())) else {
            return ChangedFields::default();
        };
        self.seen = number;
        if changed.is_empty() {
            return ChangedFields::default();
        }
        let mut changed = changed.into_iter().peekable();
        let paths = T::PARAMETERS.parameters().enumerate().filter_map(|(index, parameter)| {
            changed.next_if_eq(&index).map(|_| parameter.path().to_owned())
        });
        let is_told = |path: &String| {
            self.only.as_ref().is_none_or(|only| only.iter().any(|field| is_in(path, field)))
        };
        ChangedFields(paths.filter(is_told).collect())
    }

    /// Waits until something has changed since the last call, or since the subscription. It loads
    /// nothing: the change is found by a load that somebody else asks for.
    ///
    /// If it is dropped before it is ready, nothing is lost.
    pub async fn next(&mut self) -> ChangedFields {
        let flight = Arc::clone(&self.flight);
        loop {
            let mut replaced = pin!(flight.replaced());
            // From here on, so that no change is missed between the look and the wait.
            replaced.as_mut().enable();
            let changed = self.since_last();
            if !changed.is_empty() {
                return changed;
            }
            replaced.await;
        }
    }
}

impl<T> fmt::Debug for Changes<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Changes").field("only", &self.only).finish_non_exhaustive()
    }
}

/// The fields that a load has changed, by their whole paths, in the order of the configuration.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChangedFields(Vec<String>);

impl ChangedFields {
    /// Whether nothing has changed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether this field has changed, or one inside it: `database` is also `database.password`. A
    /// name that no field has is never found; see [`Changes::only`].
    pub fn contains(&self, field: &str) -> bool {
        self.iter().any(|path| is_in(path, field))
    }

    /// The paths: `database.password`.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

/// The paths, for a log line: `database.password, limit`.
impl fmt::Display for ChangedFields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(", "))
    }
}

/// Whether the path is that of the field, or of one inside it.
fn is_in(path: &str, field: &str) -> bool {
    path.strip_prefix(field).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
