//! What is kept from one load to the next: connections, and credentials.
//!
//! Both belong to the runtime that created them. If that runtime is not running, for example after
//! a test, nothing drives its connections.

use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};
#[cfg(feature = "lambda")]
use std::time::Duration;

use tokio::runtime::{Handle, Id};
use tokio::sync::{OwnedRwLockReadGuard, RwLock};

/// For this many runtimes. A program has one or two, and tests have one each.
const MOST: usize = 4;
/// Longer than a load takes, unless the user sets another timeout.
#[cfg(feature = "lambda")]
const LONGEST_USE: Duration = Duration::from_secs(10);

/// A value for each of the last few runtimes.
pub(crate) struct PerRuntime<T>(Mutex<Vec<Kept<T>>>);

struct Kept<T> {
    runtime: Option<Id>,
    value: T,
    /// Loads read, and a snapshot writes.
    users: Arc<RwLock<()>>,
}

/// A value while a load uses it.
pub(crate) struct Used<T> {
    value: T,
    _user: OwnedRwLockReadGuard<()>,
}

impl<T> Deref for Used<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: Clone> PerRuntime<T> {
    pub(crate) const fn new() -> Self {
        Self(Mutex::new(Vec::new()))
    }

    /// The value of the current runtime.
    pub(crate) fn get_or_try_init<E>(
        &self,
        make: impl FnOnce() -> Result<T, E>,
    ) -> Result<Used<T>, E> {
        let runtime = Handle::try_current().ok().map(|handle| handle.id());
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = match all.iter().position(|kept| kept.runtime == runtime) {
            Some(index) => all.remove(index),
            None => Kept { runtime, value: make()?, users: Arc::default() },
        };
        let guard = Arc::clone(&kept.users).try_read_owned();
        let guard = guard.expect("only a value that is no longer here is written");
        let used = Used { value: kept.value.clone(), _user: guard };
        // The first one was used least recently.
        if all.len() == MOST {
            all.remove(0);
        }
        all.push(kept);
        Ok(used)
    }

    /// Drops all of them, but returns the one of the current runtime, once no load uses it.
    #[cfg(feature = "lambda")]
    pub(crate) async fn take(&self) -> Option<T> {
        let runtime = Handle::try_current().ok().map(|handle| handle.id());
        let all = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        let Kept { value, users, .. } = all.into_iter().find(|kept| kept.runtime == runtime)?;
        // A load that nobody polls never ends.
        let _ = tokio::time::timeout(LONGEST_USE, users.write()).await;
        Some(value)
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::sync::Arc;

    use tokio::runtime::{Builder, Runtime};

    use super::*;

    #[test]
    fn what_is_kept_belongs_to_one_runtime() {
        let runtimes = || Builder::new_current_thread().build().unwrap();
        let (one, other) = (runtimes(), runtimes());
        let all = PerRuntime::new();
        let kept = |runtime: &Runtime| {
            let value = || Ok::<_, Infallible>(Arc::new(()));
            let Ok(kept) = runtime.block_on(async { all.get_or_try_init(value) });
            Arc::clone(&kept)
        };
        let (first, second) = (kept(&one), kept(&other));
        assert!(!Arc::ptr_eq(&first, &second));
        // Also if they take turns.
        assert!(Arc::ptr_eq(&first, &kept(&one)));
        assert!(Arc::ptr_eq(&second, &kept(&other)));
        // But not for as many runtimes as there may be.
        (0..MOST).for_each(|_| drop(kept(&runtimes())));
        assert!(!Arc::ptr_eq(&first, &kept(&one)));
    }
}
