//! The AWS Parameters and Secrets Lambda Extension on loopback, as its documentation describes it, in
//! front of a local Parameter Store.
//!
//! Source: <https://docs.aws.amazon.com/systems-manager/latest/userguide/ps-integration-lambda-extensions.html>.
//! It says nothing of replies. These are like those that others recorded from the real one: whatever
//! Parameter Store refuses has the same text, and only the log has the reason. Nobody recorded what
//! it answers without the right token, so 401 is a guess.

use std::collections::HashMap;
use std::io;
use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use aws_sdk_ssm::Client;
use aws_sdk_ssm::config::retry::RetryConfig;
use aws_sdk_ssm::error::ProvideErrorMetadata as _;
use aws_sdk_ssm::primitives::DateTimeFormat;
use aws_sdk_ssm::types::{Parameter, ParameterType};
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};
use stage_config_local::LocalStore;
use tokio::net::TcpListener;
use tokio::sync::{Barrier, Notify, Semaphore};

/// What the function has to send, as its `AWS_SESSION_TOKEN`.
const TOKEN: &str = "the-token-of-the-function";
/// The default of `SSM_PARAMETER_STORE_TTL`.
const TIME_TO_LIVE: Duration = Duration::from_mins(5);
/// The default of `PARAMETERS_SECRETS_EXTENSION_MAX_CONNECTIONS`.
const CONNECTIONS: usize = 3;

/// An extension that runs. It ends with the runtime of tokio.
#[derive(Debug)]
pub struct Extension {
    port: u16,
    state: Arc<Running>,
}

#[derive(Debug)]
struct Running {
    store: Client,
    is_ready: AtomicBool,
    /// The connections to the store. Requests wait for one.
    connections: Semaphore,
    cache: Mutex<HashMap<Cached, (Instant, Value)>>,
    log: Mutex<Vec<String>>,
    requests: AtomicUsize,
    arrived: Notify,
    at_once: AtomicUsize,
    most_at_once: AtomicUsize,
    group: Mutex<Option<Arc<Barrier>>>,
}

/// A name with its selector, and whether its value is decrypted.
type Cached = (String, bool);

impl Extension {
    /// Starts it on a free port. It is not ready before the first invocation.
    ///
    /// # Errors
    /// If there is no free port.
    pub async fn start(store: &LocalStore) -> io::Result<Self> {
        // The real one retries. Without that, each fault of the store is seen.
        let settings = store.client().config().to_builder();
        let settings = settings.retry_config(RetryConfig::disabled());
        let state = Arc::new(Running {
            store: Client::from_conf(settings.build()),
            is_ready: AtomicBool::new(false),
            connections: Semaphore::new(CONNECTIONS),
            cache: Mutex::default(),
            log: Mutex::default(),
            requests: AtomicUsize::new(0),
            arrived: Notify::new(),
            at_once: AtomicUsize::new(0),
            most_at_once: AtomicUsize::new(0),
            group: Mutex::default(),
        });
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let port = listener.local_addr()?.port();
        let paths = Router::new()
            .route("/systemsmanager/parameters/get", get(parameter))
            .route("/systemsmanager/parameters/get/", get(parameter))
            .with_state(Arc::clone(&state));
        tokio::spawn(async move { axum::serve(listener, paths).await });
        Ok(Self { port, state })
    }

    /// The environment variables of the function.
    pub fn environment(&self) -> [(&'static str, String); 2] {
        [
            ("AWS_SESSION_TOKEN", TOKEN.to_owned()),
            ("PARAMETERS_SECRETS_EXTENSION_HTTP_PORT", self.port.to_string()),
        ]
    }

    /// Lambda tells it of the first invocation: from now on, it serves.
    pub fn invoked(&self) {
        self.state.is_ready.store(true, Ordering::Relaxed);
    }

    /// What it logged: the errors of Parameter Store.
    pub fn log(&self) -> Vec<String> {
        lock(&self.state.log).clone()
    }

    /// How many requests it had.
    pub fn requests(&self) -> usize {
        self.state.requests.load(Ordering::Relaxed)
    }

    /// Waits for the next request.
    pub async fn requested(&self) {
        self.state.arrived.notified().await;
    }

    /// The most requests that it had at once.
    pub fn most_at_once(&self) -> usize {
        self.state.most_at_once.load(Ordering::Relaxed)
    }

    /// From now on, lets each request wait until there are so many.
    pub fn answer_in_groups_of(&self, many: usize) {
        *lock(&self.state.group) = Some(Arc::new(Barrier::new(many)));
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

type Refusal = (StatusCode, &'static str);

async fn parameter(
    State(state): State<Arc<Running>>,
    headers: HeaderMap,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Json<Value>, Refusal> {
    state.requests.fetch_add(1, Ordering::Relaxed);
    let at_once = state.at_once.fetch_add(1, Ordering::Relaxed) + 1;
    state.most_at_once.fetch_max(at_once, Ordering::Relaxed);
    state.arrived.notify_one();
    let reply = state.reply(&headers, &query).await;
    state.at_once.fetch_sub(1, Ordering::Relaxed);
    reply.map(Json)
}

impl Running {
    async fn reply(
        &self,
        headers: &HeaderMap,
        query: &[(String, String)],
    ) -> Result<Value, Refusal> {
        let token = headers.get("x-aws-parameters-secrets-token");
        if token.is_none_or(|token| *token != TOKEN) {
            return Err((StatusCode::UNAUTHORIZED, "unauthorized"));
        }
        if !self.is_ready.load(Ordering::Relaxed) {
            return Err((StatusCode::BAD_REQUEST, "not ready to serve traffic, please wait"));
        }
        let group = lock(&self.group).clone();
        if let Some(group) = group {
            group.wait().await;
        }
        let wanted = wanted(query);
        let kept = lock(&self.cache).get(&wanted).cloned();
        if let Some((since, value)) = kept
            && since.elapsed() < TIME_TO_LIVE
        {
            return Ok(value);
        }
        let value = self.read(&wanted).await.map_err(|error| {
            let text = format!("ERROR GetParameter request encountered an error: {error}");
            lock(&self.log).push(text);
            (StatusCode::BAD_REQUEST, "an unexpected error occurred while executing request")
        })?;
        lock(&self.cache).insert(wanted, (Instant::now(), value.clone()));
        Ok(value)
    }

    /// The error is in the words of the SDK for Go.
    async fn read(&self, (name, with_decryption): &Cached) -> Result<Value, String> {
        let _connection = self.connections.acquire().await;
        let call = self.store.get_parameter().name(name).with_decryption(*with_decryption);
        match call.send().await {
            Ok(reply) => {
                let parameter = reply.parameter.as_ref().map(json_of);
                Ok(json!({ "Parameter": parameter, "ResultMetadata": {} }))
            }
            Err(error) => Err(format!(
                "operation error SSM: GetParameter, https response error StatusCode: 400, \
                 RequestID: 9a2e7fa8-e26a-4808-815b-0be2f5f3a857, api error {}: {}",
                error.code().unwrap_or("UnknownError"),
                error.message().unwrap_or_default()
            )),
        }
    }
}

/// Of version and label, the first one counts.
fn wanted(query: &[(String, String)]) -> Cached {
    let first = |keys: &[&str]| query.iter().find(|(key, _)| keys.contains(&&**key));
    let text = |key| first(&[key]).map(|(_, text)| text.clone()).unwrap_or_default();
    let selector = first(&["version", "label"]);
    let selector = selector.map(|(_, text)| format!(":{text}")).unwrap_or_default();
    (text("name") + &selector, text("withDecryption") == "true")
}

/// A reply as the SDK for Go writes it.
fn json_of(parameter: &Parameter) -> Value {
    let modified = parameter.last_modified_date;
    json!({
        "ARN": parameter.arn,
        "DataType": parameter.data_type,
        "LastModifiedDate": modified.and_then(|at| at.fmt(DateTimeFormat::DateTime).ok()),
        "Name": parameter.name,
        "Selector": parameter.selector,
        "SourceResult": parameter.source_result,
        "Type": parameter.r#type.as_ref().map(ParameterType::as_str),
        "Value": parameter.value,
        "Version": parameter.version,
    })
}
