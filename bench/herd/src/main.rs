//! A thousand functions that start within a second, against an account's limit of requests.
//!
//! The loader and the SDK are the real ones, with their retries. Their HTTP client is not: it answers
//! from a token bucket, in tokio's paused time. Prints JSON.

use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use aws_sdk_ssm::Client;
use aws_sdk_ssm::config::retry::RetryPartition;
use aws_sdk_ssm::config::{BehaviorVersion, Config, Credentials, Region};
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;
use bench_parameters::{NAMES, VALUE};
use futures_util::future::{join_all, try_join_all};
use serde::Serialize;
use serde_json::json;
use stage_config::StageConfig;
use tokio::time::{Instant, sleep};

const FUNCTIONS: usize = 1_000;
const ALL_STARTED: f64 = 1.0;
/// What an account has by default, for the read calls together.
const REQUESTS_PER_SECOND: f64 = 40.0;
const REQUEST: Duration = Duration::from_millis(11);

/// The service.
#[derive(Clone, Debug)]
struct Bucket(Arc<Mutex<Tokens>>);

#[derive(Debug)]
struct Tokens {
    left: f64,
    counted: Instant,
    requests: usize,
    throttled: usize,
}

impl Bucket {
    fn full() -> Self {
        let (left, counted) = (REQUESTS_PER_SECOND, Instant::now());
        Self(Arc::new(Mutex::new(Tokens { left, counted, requests: 0, throttled: 0 })))
    }

    /// Whether a request is answered.
    fn take(&self) -> bool {
        let mut tokens = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let new = (now - tokens.counted).as_secs_f64() * REQUESTS_PER_SECOND;
        tokens.left = (tokens.left + new).min(REQUESTS_PER_SECOND);
        tokens.counted = now;
        tokens.requests += 1;
        if tokens.left < 1.0 {
            tokens.throttled += 1;
            return false;
        }
        tokens.left -= 1.0;
        true
    }
}

impl HttpConnector for Bucket {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let bucket = self.clone();
        HttpConnectorFuture::new(async move {
            sleep(REQUEST).await;
            let (status, reply) = if bucket.take() {
                (200, reply(&request))
            } else {
                (400, json!({ "__type": "ThrottlingException", "message": "Rate exceeded" }))
            };
            let status = status.try_into().expect("a status of HTTP");
            Ok(HttpResponse::new(status, SdkBody::from(reply.to_string())))
        })
    }
}

/// All parameters are there.
fn reply(request: &HttpRequest) -> serde_json::Value {
    let body = request.body().bytes().expect("the SDK sends JSON from memory");
    let body: serde_json::Value = serde_json::from_slice(body).expect("the SDK sends JSON");
    let parameter = |name: &serde_json::Value| json!({ "Name": name, "Type": "SecureString", "Value": VALUE, "Version": 1 });
    match body["Names"].as_array() {
        Some(names) => {
            let parameters: Vec<_> = names.iter().map(parameter).collect();
            json!({ "Parameters": parameters, "InvalidParameters": [] })
        }
        None => json!({ "Parameter": parameter(&body["Name"]) }),
    }
}

/// A function's own client. Each process has its own quota of retries.
fn client(bucket: &Bucket, function: usize) -> Client {
    let connector = SharedHttpConnector::new(bucket.clone());
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .http_client(http_client_fn(move |_, _| connector.clone()))
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("AKIDEXAMPLE", "secret", None, None, "bench"))
        .retry_partition(RetryPartition::new(format!("function {function}")));
    Client::from_conf(config.build())
}

#[derive(StageConfig)]
#[expect(dead_code, reason = "only the load matters")]
struct Parameters {
    #[ssm("/bench/01")]
    a: String,
    #[ssm("/bench/02")]
    b: String,
    #[ssm("/bench/03")]
    c: String,
    #[ssm("/bench/04")]
    d: String,
    #[ssm("/bench/05")]
    e: String,
    #[ssm("/bench/06")]
    f: String,
    #[ssm("/bench/07")]
    g: String,
    #[ssm("/bench/08")]
    h: String,
    #[ssm("/bench/09")]
    i: String,
    #[ssm("/bench/10")]
    j: String,
    #[ssm("/bench/11")]
    k: String,
    #[ssm("/bench/12")]
    l: String,
}

/// Whether it is ready.
async fn ours(client: Client, timeout: Option<Duration>) -> bool {
    let loader = Parameters::loader().client(client);
    let loader = match timeout {
        Some(timeout) => loader.timeout(timeout),
        None => loader,
    };
    loader.load().await.is_ok()
}

async fn in_tens(client: Client) -> bool {
    let batches = NAMES.chunks(10).map(|names| {
        let names = names.iter().copied().map(String::from).collect();
        client.get_parameters().set_names(Some(names)).with_decryption(true).send()
    });
    try_join_all(batches).await.is_ok()
}

async fn one_by_one(client: Client) -> bool {
    for name in NAMES {
        if client.get_parameter().name(name).with_decryption(true).send().await.is_err() {
            return false;
        }
    }
    true
}

#[derive(Serialize)]
struct Herd {
    title: &'static str,
    /// When each function that was ready became so, in seconds.
    ready: Vec<f64>,
    /// When each of the others gave up.
    failed: Vec<f64>,
    requests: usize,
    throttled: usize,
}

/// Starts all functions, and waits for them.
fn herd<F>(title: &'static str, load: impl Fn(Client) -> F) -> Herd
where
    F: Future<Output = bool>,
{
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("a runtime without I/O");
    // For the same figures in each run.
    fastrand::seed(1);
    runtime.block_on(async {
        let bucket = Bucket::full();
        let start = Instant::now();
        let functions = (0..FUNCTIONS).map(|function| {
            let client = client(&bucket, function);
            let load = load(client);
            let delay = Duration::from_secs_f64(fastrand::f64() * ALL_STARTED);
            async move {
                sleep(delay).await;
                (load.await, start.elapsed().as_secs_f64())
            }
        });
        let ends = join_all(functions).await;
        let times = |is_ready| {
            let mut times: Vec<f64> =
                ends.iter().filter(|end| end.0 == is_ready).map(|end| end.1).collect();
            times.sort_by(f64::total_cmp);
            times
        };
        let tokens = bucket.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (requests, throttled) = (tokens.requests, tokens.throttled);
        Herd { title, ready: times(true), failed: times(false), requests, throttled }
    })
}

fn main() {
    let minute = Some(Duration::from_mins(1));
    let herds = [
        herd("stage-config", |client| ours(client, None)),
        herd("stage-config, `timeout` of 60 s", |client| ours(client, minute)),
        herd("aws-sdk-ssm by hand, GetParameters 10 + 2", in_tens),
        herd("aws-sdk-ssm by hand, GetParameter × 12", one_by_one),
    ];
    println!("{}", json!(herds));
}
