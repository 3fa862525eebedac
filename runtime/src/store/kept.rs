//! What is kept from one load to the next: connections, and credentials.
//!
//! Both belong to the runtime that created them. If that runtime is not running, for example after
//! a test, nothing drives its connections.

use std::sync::{Mutex, PoisonError};

use tokio::runtime::{Handle, Id};

/// For this many runtimes. A program has one or two, and tests have one each.
const MOST: usize = 4;

/// A value for each of the last few runtimes.
pub(crate) struct PerRuntime<T>(Mutex<Vec<(Option<Id>, T)>>);

impl<T: Clone> PerRuntime<T> {
    pub(crate) const fn new() -> Self {
        Self(Mutex::new(Vec::new()))
    }

    /// The value of the current runtime.
    pub(crate) fn get_or_try_init<E>(&self, make: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        let runtime = Handle::try_current().ok().map(|handle| handle.id());
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = match all.iter().position(|(of, _)| *of == runtime) {
            Some(index) => all.remove(index).1,
            None => make()?,
        };
        // The first one was used least recently.
        if all.len() == MOST {
            all.remove(0);
        }
        all.push((runtime, kept.clone()));
        Ok(kept)
    }

    /// Drops all of them, but returns the one of the current runtime.
    #[cfg(feature = "lambda")]
    pub(crate) fn take(&self) -> Option<T> {
        let runtime = Handle::try_current().ok().map(|handle| handle.id());
        let all = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        all.into_iter().find_map(|(of, kept)| (of == runtime).then_some(kept))
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
            kept
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
