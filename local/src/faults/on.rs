//! Selects the calls of a fault, as it is written.

use serde::Deserialize;

/// Selects calls, and then their fault.
///
/// Without [`nth`](Self::nth) and [`first`](Self::first), it selects every call.
///
/// ```
/// use std::time::Duration;
/// use stage_config_local::{At, LocalStore, On, Parameter};
///
/// let store = LocalStore::start([Parameter::string("/a", "1")])?;
/// store.script([
///     On::any().delay(Duration::from_millis(5)),
///     On::call("GetParameters").nth(2).answer(503, "").header("Retry-After", "1"),
///     On::call("GetParameter").name("/a").deny(),
///     On::any().first(3).cut(At::Body(10)),
/// ]);
/// # Ok::<(), stage_config_local::StartError>(())
/// ```
///
/// | what goes wrong | faults |
/// |---|---|
/// | time | [`delay`](Self::delay), [`latency`](Self::latency), [`throttle`](Self::throttle), [`throttle_after_burst`](Self::throttle_after_burst) |
/// | errors of the service | [`deny`](Self::deny), [`fail`](Self::fail), [`no_key`](Self::no_key), [`error`](Self::error) |
/// | what answers is not the service | [`answer`](Self::answer), [`raw`](Self::raw) |
/// | a parameter in a reply | [`omit`](Self::omit), [`in_both`](Self::in_both), [`twice`](Self::twice), [`also`](Self::also), [`rename`](Self::rename), [`set`](Self::set), [`without`](Self::without) |
/// | pages | [`empty_page`](Self::empty_page), [`page_again`](Self::page_again), [`page_back`](Self::page_back), [`page_of`](Self::page_of) |
/// | connections | [`length`](Self::length), [`second`](Self::second), [`stall`](Self::stall), [`cut`](Self::cut), [`reset`](Self::reset) |
/// | added to any of these | the same of [`Fault`](crate::Fault), [`Fault::header`], [`Fault::endless`] |
///
/// [`Fault::header`]: crate::Fault::header
/// [`Fault::endless`]: crate::Fault::endless
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[must_use]
pub struct On {
    /// Without one, every request.
    pub(super) call: Option<String>,
    pub(super) name: Option<String>,
    pub(super) page: Option<usize>,
    pub(super) nth: Option<usize>,
    pub(super) first: Option<usize>,
}

impl On {
    /// Every request, even one that is not for Parameter Store.
    pub fn any() -> Self {
        Self::default()
    }

    /// The calls of one operation: `GetParameters`.
    ///
    /// Parameter Store itself calls `Decrypt` of KMS to read a `SecureString`, and `GetSecretValue`
    /// of Secrets Manager to read a secret. The client does not see the answers to these calls, so
    /// `deny`, `fail`, `no_key`, `error` and `throttle` are their only faults.
    pub fn call(operation: &str) -> Self {
        Self { call: Some(operation.to_owned()), ..Self::any() }
    }

    /// Only the calls that ask for this parameter, in any version. For `GetParametersByPath` it is
    /// the path, and for `GetSecretValue` the name of the secret.
    pub fn name(mut self, name: &str) -> Self {
        self.name = Some(name.to_owned());
        self
    }

    /// Only this page of `GetParametersByPath`, counted from 1.
    pub fn page(mut self, page: usize) -> Self {
        self.page = Some(page);
        self
    }

    /// Only the n-th of the selected calls from now on, counted from 1.
    pub fn nth(mut self, n: usize) -> Self {
        (self.nth, self.first) = (Some(n), None);
        self
    }

    /// Only the first `n` of the selected calls from now on.
    pub fn first(mut self, n: usize) -> Self {
        (self.nth, self.first) = (None, Some(n));
        self
    }
}
