//! Lambda on loopback: the Runtime API, as its documentation describes it, and the process of a
//! function.
//!
//! Source: <https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html>, and for snapshots
//! `lambda_runtime::snapstart`.

use std::collections::HashMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use axum::extract::{Path as UrlPath, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::Value;
use stage_config_local::LocalStore;
use tokio::net::TcpListener;
use tokio::process::{Child, Command};
use tokio::sync::{Mutex as AsyncMutex, Notify, mpsc, oneshot};
use tokio::time::timeout;

/// As long as Lambda lets an invocation take, unless the function says otherwise.
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(3);
/// A function that says nothing for so long has ended.
const PATIENCE: Duration = Duration::from_mins(1);

/// Whether Lambda, or what stands in for it, has started this process as a function.
pub fn is_function() -> bool {
    std::env::var_os("AWS_LAMBDA_RUNTIME_API").is_some()
}

/// The program that runs.
///
/// # Errors
/// If the system does not know it.
pub fn this_program() -> io::Result<PathBuf> {
    std::env::current_exe()
}

/// The Runtime API of one function.
#[derive(Debug)]
pub struct Lambda {
    address: SocketAddr,
    api: Arc<Api>,
}

/// The error of an invocation, of an initialisation or of a restore, as the function reports it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    /// Its type.
    pub error_type: String,
    /// Its text.
    pub error_message: String,
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.error_type, self.error_message)
    }
}

impl std::error::Error for Failure {}

type Outcome = Result<Value, Failure>;

#[derive(Debug, Default)]
struct Api {
    invocations: Queue<Invocation>,
    in_flight: Mutex<HashMap<String, oneshot::Sender<Outcome>>>,
    given: AtomicUsize,
    most_in_flight: AtomicUsize,
    init_errors: Queue<Failure>,
    restore_errors: Queue<Failure>,
    snapshot: Notify,
    restore: Notify,
}

#[derive(Debug)]
struct Invocation {
    event: Value,
    timeout: Duration,
    outcome: oneshot::Sender<Outcome>,
}

#[derive(Debug)]
struct Queue<T> {
    sender: mpsc::UnboundedSender<T>,
    receiver: AsyncMutex<mpsc::UnboundedReceiver<T>>,
}

impl<T> Default for Queue<T> {
    fn default() -> Self {
        let (sender, receiver) = mpsc::unbounded_channel();
        Self { sender, receiver: AsyncMutex::new(receiver) }
    }
}

impl<T> Queue<T> {
    fn push(&self, item: T) {
        // The receiver is in the same struct.
        let _ = self.sender.send(item);
    }

    async fn next(&self) -> Option<T> {
        self.receiver.lock().await.recv().await
    }
}

impl Lambda {
    /// Starts the Runtime API on a free port. It ends with the runtime of tokio.
    ///
    /// # Errors
    /// If there is no free port.
    pub async fn start() -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let api = Arc::new(Api::default());
        let paths = Router::new()
            .route("/invocation/next", get(next))
            .route("/invocation/{id}/response", post(respond))
            .route("/invocation/{id}/error", post(fail))
            .route("/init/error", post(fail_init))
            .route("/restore/next", get(restored))
            .route("/restore/error", post(fail_restore));
        let paths = Router::new().nest("/2018-06-01/runtime", paths).with_state(Arc::clone(&api));
        tokio::spawn(async move { axum::serve(listener, paths).await });
        Ok(Self { address, api })
    }

    /// Starts a program as the function, with what Lambda sets, the parameters of this store, and more
    /// variables. It ends when the child is dropped.
    ///
    /// # Errors
    /// If it does not start.
    pub fn run<'a>(
        &self,
        program: &Path,
        store: &LocalStore,
        variables: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> io::Result<Child> {
        Command::new(program)
            .env_clear()
            .env("AWS_LAMBDA_RUNTIME_API", self.address.to_string())
            .env("AWS_LAMBDA_FUNCTION_NAME", "function")
            .env("AWS_LAMBDA_FUNCTION_VERSION", "1")
            .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128")
            .env("AWS_REGION", "us-east-1")
            .env("AWS_ACCESS_KEY_ID", "test")
            .env("AWS_SECRET_ACCESS_KEY", "test")
            .env("AWS_ENDPOINT_URL_SSM", store.url())
            .envs(variables)
            .stdin(Stdio::null())
            .kill_on_drop(true)
            .spawn()
    }

    /// Invokes the function, and waits for its response.
    ///
    /// # Errors
    /// The error that the function returns.
    ///
    /// # Panics
    /// If it does not answer within a minute.
    pub async fn invoke(&self, event: Value) -> Result<Value, Failure> {
        self.invoke_within(DEFAULT_TIMEOUT, event).await
    }

    /// Invokes the function with another timeout. It learns its deadline, but is not ended there.
    ///
    /// # Errors
    /// The error that the function returns.
    ///
    /// # Panics
    /// If it does not answer within a minute.
    pub async fn invoke_within(&self, limit: Duration, event: Value) -> Result<Value, Failure> {
        let (sender, receiver) = oneshot::channel();
        self.api.invocations.push(Invocation { event, timeout: limit, outcome: sender });
        let outcome = timeout(PATIENCE, receiver).await.expect("the function should answer");
        outcome.expect("the Runtime API should run")
    }

    /// The most invocations that the function had at once.
    pub fn most_in_flight(&self) -> usize {
        self.api.most_in_flight.load(Ordering::Relaxed)
    }

    /// Waits until the function reports that its initialisation failed.
    ///
    /// # Panics
    /// If it does not within a minute.
    pub async fn init_error(&self) -> Failure {
        reported(&self.api.init_errors).await
    }

    /// Waits until the function reports that its restore failed.
    ///
    /// # Panics
    /// If it does not within a minute.
    pub async fn restore_error(&self) -> Failure {
        reported(&self.api.restore_errors).await
    }

    /// Waits until the function may be snapshotted: it is initialised, and asks for its restore. A
    /// function does so if its variable `AWS_LAMBDA_INITIALIZATION_TYPE` is `snap-start`.
    ///
    /// # Panics
    /// If it does not within a minute.
    pub async fn snapshot(&self) {
        let snapshot = self.api.snapshot.notified();
        timeout(PATIENCE, snapshot).await.expect("the function should be ready for its snapshot");
    }

    /// Tells the function that it was restored from its snapshot.
    pub fn restore(&self) {
        self.api.restore.notify_one();
    }
}

async fn reported(failures: &Queue<Failure>) -> Failure {
    let failure = timeout(PATIENCE, failures.next()).await.expect("the function should report it");
    failure.expect("the Runtime API should run")
}

type Shared = State<Arc<Api>>;

async fn next(
    State(api): Shared,
) -> Result<([(&'static str, String); 3], Json<Value>), StatusCode> {
    let invocation = api.invocations.next().await.ok_or(StatusCode::GONE)?;
    let Invocation { event, timeout, outcome } = invocation;
    let deadline = SystemTime::now() + timeout;
    let deadline = deadline.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let mut in_flight = api.in_flight.lock().unwrap_or_else(PoisonError::into_inner);
    let id = format!("invocation-{}", api.given.fetch_add(1, Ordering::Relaxed));
    in_flight.insert(id.clone(), outcome);
    api.most_in_flight.fetch_max(in_flight.len(), Ordering::Relaxed);
    let headers = [
        ("lambda-runtime-aws-request-id", id),
        ("lambda-runtime-deadline-ms", deadline.as_millis().to_string()),
        (
            "lambda-runtime-invoked-function-arn",
            "arn:aws:lambda:us-east-1:111122223333:function:function".to_owned(),
        ),
    ];
    Ok((headers, Json(event)))
}

async fn respond(State(api): Shared, UrlPath(id): UrlPath<String>, body: String) -> StatusCode {
    // A function may respond with any bytes; ours respond with JSON.
    let response = serde_json::from_str(&body).unwrap_or(Value::String(body));
    api.end(&id, Ok(response))
}

async fn fail(State(api): Shared, UrlPath(id): UrlPath<String>, body: String) -> StatusCode {
    match serde_json::from_str(&body) {
        Ok(failure) => api.end(&id, Err(failure)),
        Err(_) => StatusCode::BAD_REQUEST,
    }
}

async fn fail_init(State(api): Shared, body: String) -> StatusCode {
    report(&api.init_errors, &body)
}

async fn fail_restore(State(api): Shared, body: String) -> StatusCode {
    report(&api.restore_errors, &body)
}

fn report(failures: &Queue<Failure>, body: &str) -> StatusCode {
    let Ok(failure) = serde_json::from_str(body) else { return StatusCode::BAD_REQUEST };
    failures.push(failure);
    StatusCode::ACCEPTED
}

async fn restored(State(api): Shared) {
    api.snapshot.notify_one();
    api.restore.notified().await;
}

impl Api {
    fn end(&self, id: &str, outcome: Outcome) -> StatusCode {
        let waiting = self.in_flight.lock().unwrap_or_else(PoisonError::into_inner).remove(id);
        let Some(waiting) = waiting else { return StatusCode::FORBIDDEN };
        // Whoever has invoked it may no longer wait.
        let _ = waiting.send(outcome);
        StatusCode::ACCEPTED
    }
}
