//! Selects the calls of a fault.

use std::ops::Range;

use stage_config_names::{ParameterName, SECRETS, closest};

use crate::calls::{Call, OPERATIONS};

/// The calls by which Parameter Store itself reads a `SecureString` and a secret.
const INNER: [&str; 2] = [DECRYPT, GET_SECRET_VALUE];
pub(super) const DECRYPT: &str = "Decrypt";
const GET_SECRET_VALUE: &str = "GetSecretValue";

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
#[derive(Debug, Clone)]
#[must_use]
pub struct On {
    /// Without one, every request.
    pub(super) operation: Option<&'static str>,
    /// The IAM resource of the name.
    pub(super) resource: Option<String>,
    pub(super) page: Option<usize>,
    pub(super) turns: Range<usize>,
}

impl On {
    /// Every request, even one that is not for Parameter Store.
    pub fn any() -> Self {
        Self { operation: None, resource: None, page: None, turns: 0..usize::MAX }
    }

    /// The calls of one operation: `GetParameters`.
    ///
    /// Parameter Store itself calls `Decrypt` of KMS to read a `SecureString`, and `GetSecretValue`
    /// of Secrets Manager to read a secret. The client does not see the answers to these calls, so
    /// `deny`, `fail`, `error` and `throttle` are their only faults.
    ///
    /// # Panics
    /// If there is no such operation.
    #[track_caller]
    pub fn call(operation: &str) -> Self {
        let operations = || OPERATIONS.into_iter().chain(INNER);
        let known = operations().find(|&known| known == operation).unwrap_or_else(|| {
            let bare = operation.rsplit(':').next().unwrap_or(operation);
            let meant = closest(bare, operations()).unwrap_or("GetParameters");
            panic!("there is no operation `{operation}` here; did you mean `{meant}`?")
        });
        Self { operation: Some(known), ..Self::any() }
    }

    /// Only the calls that ask for this parameter, in any version. For `GetParametersByPath` it is
    /// the path, and for `GetSecretValue` the name of the secret.
    ///
    /// # Panics
    /// If the name is malformed or has a selector.
    #[track_caller]
    pub fn name(mut self, name: &str) -> Self {
        let is_secret = self.operation == Some(GET_SECRET_VALUE) && !name.starts_with(SECRETS);
        let reference = if is_secret { &format!("{SECRETS}{name}") } else { name };
        let parsed = match ParameterName::parse(reference) {
            Ok(name) => name,
            Err(fault) => panic!("parameter name {fault}: `{reference}`"),
        };
        assert!(parsed.selector().is_none(), "a fault is for all versions, not only `{name}`");
        assert!(
            self.operation != Some(DECRYPT) || !parsed.is_secret_reference(),
            "`{name}` is a secret of Secrets Manager; use `GetSecretValue`"
        );
        self.resource = Some(parsed.resource());
        self
    }

    /// Only this page of `GetParametersByPath`, counted from 1.
    pub fn page(mut self, page: usize) -> Self {
        self.page = Some(page);
        self
    }

    /// Only the n-th of the selected calls from now on, counted from 1.
    pub fn nth(mut self, n: usize) -> Self {
        self.turns = n.saturating_sub(1)..n;
        self
    }

    /// Only the first `n` of the selected calls from now on.
    pub fn first(mut self, n: usize) -> Self {
        self.turns = 0..n;
        self
    }

    /// Whether it selects calls that Parameter Store makes.
    pub(super) fn is_inner(&self) -> bool {
        self.operation.is_some_and(|operation| INNER.contains(&operation))
    }

    pub(super) fn selects(&self, call: &Call) -> bool {
        self.operation.is_none_or(|operation| call.operation == operation)
            && self.is_for(call.resources())
            && self.page.is_none_or(|page| call.page() == Some(page))
    }

    /// `action` is the IAM action of the call: `kms:Decrypt`.
    pub(super) fn selects_inner(&self, action: &str, name: &ParameterName<'_>) -> bool {
        self.operation.is_some_and(|operation| action.ends_with(operation))
            && self.is_for([name.resource()])
    }

    fn is_for(&self, resources: impl IntoIterator<Item = String>) -> bool {
        self.resource.as_ref().is_none_or(|named| resources.into_iter().any(|it| it == *named))
    }
}
