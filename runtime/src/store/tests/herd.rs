//! A thousand functions that start within a second, in an account that answers forty requests a
//! second. The retries are real; the time and the service are simulated.

use std::fs;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::thread::{self, ScopedJoinHandle};
use std::time::Duration;

use expect_test::expect_file;
use futures_util::future::join_all;
use stage_config_names::ParameterName;
use tokio::runtime::Builder;
use tokio::time::{Instant, sleep};
use tracing::subscriber::NoSubscriber;

use super::wire::LIMIT;
use crate::source::{Answer, Request};
use crate::store::calls::{Calls, Failed};
use crate::store::failure::Failure;
use crate::store::reply::{Page, Parameter, Replies};
use crate::store::{Operations, fetch};

const FUNCTIONS: usize = 1_000;
const ALL_STARTED: Duration = Duration::from_secs(1);
/// What an account has by default, and as many may come at once.
const A_SECOND: u32 = 40;
const LATENCY: Duration = Duration::from_millis(11);

/// How many requests the service still answers now.
struct Bucket(Mutex<(f64, Instant)>);

impl Bucket {
    fn full() -> Arc<Self> {
        Arc::new(Self(Mutex::new((A_SECOND.into(), Instant::now()))))
    }

    fn answers(&self) -> bool {
        let now = Instant::now();
        let (left, counted) = &mut *self.0.lock().unwrap();
        let new = (now - *counted).as_secs_f64() * f64::from(A_SECOND);
        (*left, *counted) = ((*left + new).min(A_SECOND.into()), now);
        let answers = *left >= 1.0;
        if answers {
            *left -= 1.0;
        }
        answers
    }
}

/// A client without a connection.
struct Client {
    bucket: Arc<Bucket>,
    calls: Calls,
}

impl Client {
    async fn send<T>(&self, reply: impl Fn() -> T) -> Result<T, Failure> {
        let attempts = self.calls.begin("GetParameter", 1)?;
        let turn = attempts.turn();
        let attempt = async || {
            turn.wait().await;
            turn.sends();
            sleep(LATENCY).await;
            let throttled = || Failure::from_service("ThrottlingException", None, Some(400));
            self.bucket.answers().then(&reply).ok_or_else(|| Failed::from(throttled()))
        };
        attempts.retry(attempt).await.map_err(|failure| failure.unwrap_or_else(Failure::no_time))
    }
}

fn found(name: &ParameterName<'_>) -> Parameter {
    Parameter {
        name: Some(name.as_str().to_owned()),
        value: Some("5".to_owned().into()),
        ..Parameter::default()
    }
}

impl Operations for Client {
    async fn get_parameter(&self, name: &ParameterName<'_>) -> Result<Parameter, Failure> {
        self.send(|| found(name)).await
    }

    async fn get_parameters(&self, names: &[ParameterName<'_>]) -> Result<Replies, Failure> {
        self.send(|| Replies { found: names.iter().map(found).collect(), invalid: vec![] }).await
    }

    async fn get_parameters_by_path(&self, _: &str, _: Option<String>) -> Result<Page, Failure> {
        unreachable!("no function reads a path")
    }
}

/// What one function does; whether it is ready then.
type Function = Pin<Box<dyn Future<Output = bool>>>;

/// How many functions are ready in the end.
fn ready(function: impl Fn(Arc<Bucket>, usize) -> Function) -> usize {
    // For the same figures each time. The SDK draws other random numbers as soon as any test has had a
    // subscriber.
    let _subscriber = tracing::subscriber::set_default(NoSubscriber::new());
    fastrand::seed(1);
    let runtime = Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    runtime.block_on(async {
        let bucket = Bucket::full();
        let functions = (0..FUNCTIONS).map(|number| {
            let delay = ALL_STARTED.mul_f64(fastrand::f64());
            let function = function(Arc::clone(&bucket), number);
            async move {
                sleep(delay).await;
                function.await
            }
        });
        join_all(functions).await.into_iter().filter(|is_ready| *is_ready).count()
    })
}

fn names(parameters: u32) -> Vec<String> {
    (0..parameters).map(|number| format!("/{number:02}")).collect()
}

/// Loads so many parameters.
fn load(parameters: u32, limit: Duration) -> impl Fn(Arc<Bucket>, usize) -> Function {
    move |bucket, _| {
        Box::pin(async move {
            let names = names(parameters);
            let request = Request::new(names.clone(), limit);
            let client = Client { bucket, calls: Calls::new(&request) };
            let answers = fetch(&client, &request).await;
            names.iter().all(|name| matches!(answers.get(name), Some(Answer::Found { .. })))
        })
    }
}

#[test]
fn with_enough_time_all_become_ready() {
    // Two thousand requests take fifty seconds.
    for parameters in [10, 12] {
        assert_eq!(ready(load(parameters, Duration::from_mins(1))), FUNCTIONS);
    }
}

/// With more requests, a function may get only some of the replies that it needs.
#[test]
fn the_guide_says_how_many_become_ready() {
    const HEAD: &str =
        "| parameters | requests | ready | within the limit |\n|---|---:|---:|---:|\n";
    type Ready = fn() -> usize;
    let rows: [(&str, u32, Ready); 5] = [
        ("10", 1, || ready(load(10, LIMIT))),
        ("12", 2, || ready(load(12, LIMIT))),
        ("30", 3, || ready(load(30, LIMIT))),
        ("12, with the SDK by hand, in tens", 2, || ready(by_hand::in_tens)),
        ("12, with the SDK by hand, one by one", 12, || ready(by_hand::one_by_one)),
    ];
    let rows: String = thread::scope(|scope| {
        let rows = rows.map(|(what, requests, run)| (what, requests, scope.spawn(run)));
        let row = |(what, requests, run): (_, _, ScopedJoinHandle<'_, usize>)| {
            let (ready, possible) = (run.join().unwrap(), possible(requests));
            format!("| {what} | {requests} | {ready} | {possible} |\n")
        };
        rows.map(row).concat()
    });
    let guide = fs::read_to_string("src/guide.md").unwrap();
    let (before, rest) = guide.split_once(HEAD).expect("the guide has the table");
    let (_, after) = rest.split_once("\n\n").expect("something follows the table");
    expect_file!["../../guide.md"].assert_eq(&format!("{before}{HEAD}{rows}\n{after}"));
}

/// How many functions with so many requests could be ready, until the last one gives up.
fn possible(requests: u32) -> u64 {
    let seconds = 1 + (ALL_STARTED + LIMIT).as_secs();
    seconds * u64::from(A_SECOND) / u64::from(requests)
}

/// By hand, with the retries that the SDK has by default.
mod by_hand {
    use aws_credential_types::Credentials;
    use aws_sdk_ssm::config::retry::RetryPartition;
    use futures_util::future::try_join_all;

    use super::super::{Step, Wire, response, service};
    use super::*;
    use crate::ssm::tests::client;

    /// Each process has its own quota of retries.
    fn sdk(bucket: Arc<Bucket>, number: usize) -> aws_sdk_ssm::Client {
        let wire = Wire::new(move |_| {
            let reply = if bucket.answers() {
                response(200, r#"{"Parameters": [], "Parameter": {}}"#)
            } else {
                response(400, &service("ThrottlingException"))
            };
            Step::Late(LATENCY, reply)
        });
        let config = client(&wire, "http://there", Credentials::for_tests()).config().to_builder();
        let partition = RetryPartition::new(format!("function {number}"));
        aws_sdk_ssm::Client::from_conf(config.retry_partition(partition).build())
    }

    pub(super) fn in_tens(bucket: Arc<Bucket>, number: usize) -> Function {
        let client = sdk(bucket, number);
        Box::pin(async move {
            let names = names(12);
            let batches = names.chunks(10).map(|names| {
                client.get_parameters().set_names(Some(names.to_vec())).with_decryption(true).send()
            });
            try_join_all(batches).await.is_ok()
        })
    }

    pub(super) fn one_by_one(bucket: Arc<Bucket>, number: usize) -> Function {
        let client = sdk(bucket, number);
        Box::pin(async move {
            for name in names(12) {
                if client.get_parameter().name(name).with_decryption(true).send().await.is_err() {
                    return false;
                }
            }
            true
        })
    }
}
