//! Selects the calls of a fault.

use std::ops::Range;
use std::time::Duration;

use hyper::body::Bytes;
use stage_config_names::{ParameterName, SECRETS, closest};

use super::at::At;
use super::fault::{Body, Fault, Reply};
use crate::account;
use crate::error::ServiceError;
use crate::service::Operation;
use crate::wire::Call;

/// Selects calls, and then the fault that they get.
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
/// store.clear_script();
/// # Ok::<(), stage_config_local::StartError>(())
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct On {
    target: Target,
    /// Of the name.
    resource: Option<String>,
    page: Option<usize>,
    turns: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    Any,
    Operation(Operation),
    /// KMS decrypts a `SecureString`.
    Decrypt,
    /// Secrets Manager returns a secret.
    GetSecretValue,
}

impl On {
    /// Every request, even one that is not for Parameter Store.
    pub fn any() -> Self {
        Self { target: Target::Any, resource: None, page: None, turns: 0..usize::MAX }
    }

    /// The calls of one operation: `GetParameters`.
    ///
    /// Parameter Store itself calls `Decrypt` of KMS to read a `SecureString`, and `GetSecretValue`
    /// of Secrets Manager to read a secret. These calls can be denied or fail; a fault that leaves
    /// them without an answer is an `InternalServerError` of Parameter Store.
    ///
    /// # Panics
    /// If there is no such operation, because the fault would never happen.
    #[track_caller]
    pub fn call(operation: &str) -> Self {
        let target = match operation {
            "Decrypt" => Target::Decrypt,
            "GetSecretValue" => Target::GetSecretValue,
            _ => match Operation::named(operation) {
                Some(operation) => Target::Operation(operation),
                None => panic!("{}", unknown(operation)),
            },
        };
        Self { target, ..Self::any() }
    }

    /// Only the calls that ask for this parameter, in any version. For `GetParametersByPath` it is
    /// the path, and for `GetSecretValue` the name of the secret.
    ///
    /// # Panics
    /// If the name is malformed or has a selector, because the fault would never happen.
    #[track_caller]
    pub fn name(mut self, name: &str) -> Self {
        let reference = match self.target {
            Target::GetSecretValue if !name.starts_with(SECRETS) => format!("{SECRETS}{name}"),
            _ => name.to_owned(),
        };
        let parsed = match ParameterName::parse(&reference) {
            Ok(name) => name,
            Err(fault) => panic!("parameter name {fault}: `{reference}`"),
        };
        assert!(parsed.selector().is_none(), "a fault is for all versions, not only `{name}`");
        assert!(
            self.target != Target::Decrypt || !parsed.is_secret_reference(),
            "`{name}` is a secret of Secrets Manager; use `GetSecretValue`"
        );
        self.resource = Some(parsed.resource());
        self
    }

    /// Only this page of a path, counted from 1.
    ///
    /// # Panics
    /// If it is 0.
    #[track_caller]
    pub fn page(mut self, page: usize) -> Self {
        assert!(page > 0, "pages are counted from 1");
        self.page = Some(page);
        self
    }

    /// Only the n-th of the selected calls from now on, counted from 1.
    ///
    /// # Panics
    /// If it is 0.
    #[track_caller]
    pub fn nth(mut self, n: usize) -> Self {
        assert!(n > 0, "calls are counted from 1");
        self.turns = n - 1..n;
        self
    }

    /// Only the first `n` of the selected calls from now on.
    pub fn first(mut self, n: usize) -> Self {
        self.turns = 0..n;
        self
    }

    /// Waits, and then goes on to the next line of the script.
    pub fn delay(self, delay: Duration) -> Fault {
        Fault::new(self, None).delay(delay)
    }

    /// Answers `ThrottlingException` to all calls above this number in any one second. The others
    /// go on to the next line of the script.
    pub fn throttle(self, per_second: usize) -> Fault {
        let fault = self.error("ThrottlingException", "Rate exceeded");
        Fault { per_second: Some(per_second), ..fault }
    }

    /// Answers `AccessDeniedException` as the service does for a role whose policy does not allow
    /// the call. A batch is denied as a whole.
    pub fn deny(self) -> Fault {
        self.body(Body::Denied)
    }

    /// Answers `InternalServerError`, HTTP 500. For `Decrypt`, it is the `InvalidKeyId` of a
    /// disabled key.
    pub fn fail(self) -> Fault {
        let error = match self.target {
            Target::Decrypt => ServiceError::new(
                "InvalidKeyId",
                format!(
                    "{} is disabled. (Service: AWSKMS; Status Code: 400; Error Code: \
                     DisabledException)",
                    account::KMS_KEY
                ),
            ),
            _ => ServiceError::internal(),
        };
        self.body(Body::Error(error))
    }

    /// Answers an error of the service, HTTP 400.
    pub fn error(self, code: impl Into<String>, message: impl Into<String>) -> Fault {
        self.body(Body::Error(ServiceError::new(code.into(), message)))
    }

    /// Answers this status and body.
    pub fn answer(self, status: u16, body: impl Into<Vec<u8>>) -> Fault {
        self.body(Body::Given(status, Bytes::from(body.into())))
    }

    /// Sends these bytes, which need not be HTTP, and closes the connection.
    pub fn raw(self, bytes: impl Into<Vec<u8>>) -> Fault {
        self.body(Body::Raw(Bytes::from(bytes.into()))).cut(At::Body(usize::MAX))
    }

    /// Answers a page of a path that has no parameters and leads to the page that was asked for, as
    /// the service's pages may. Calls of other operations are answered as usual.
    pub fn empty_page(self) -> Fault {
        self.body(Body::EmptyPage)
    }

    /// Sends the store's answer up to this point, and then nothing more.
    pub fn stall(self, at: At) -> Fault {
        self.body(Body::Own).stall(at)
    }

    /// Sends the store's answer up to this point, and closes the connection.
    pub fn cut(self, at: At) -> Fault {
        self.body(Body::Own).cut(at)
    }

    /// Sends the store's answer up to this point, and resets the connection.
    pub fn reset(self, at: At) -> Fault {
        self.body(Body::Own).reset(at)
    }

    fn body(self, body: Body) -> Fault {
        Fault::new(self, Some(Reply { body, ..Reply::default() }))
    }

    pub(super) fn turns(&self) -> &Range<usize> {
        &self.turns
    }

    pub(super) fn resource(&self) -> Option<&str> {
        self.resource.as_deref()
    }

    pub(super) fn selects(&self, call: &Call) -> bool {
        let is_called = match self.target {
            Target::Any => true,
            Target::Operation(operation) => call.operation == operation.as_str(),
            Target::Decrypt | Target::GetSecretValue => false,
        };
        let is_named = |resource: &String| call.resources().any(|it| it == *resource);
        is_called
            && self.resource.as_ref().is_none_or(is_named)
            && self.page.is_none_or(|page| call.page() == Some(page))
    }

    pub(super) fn selects_inner(&self, target: Target, name: &ParameterName<'_>) -> bool {
        let is_named = |resource: &String| name.resource() == *resource;
        self.target == target && self.resource.as_ref().is_none_or(is_named)
    }
}

fn unknown(operation: &str) -> String {
    let bare = operation.rsplit(':').next().unwrap_or(operation);
    let operations = Operation::ALL.iter().map(|operation| operation.as_str());
    let meant = closest(bare, operations.chain(["GetSecretValue", "Decrypt"]));
    let meant = meant.unwrap_or("GetParameters");
    format!("there is no operation `{operation}` here; did you mean `{meant}`?")
}
