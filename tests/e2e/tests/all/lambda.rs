//! Functions as processes of their own under a simulated Lambda, which stops them with SIGSTOP between
//! invocations as the service freezes a sandbox.

mod concurrent;
mod freeze;
mod rotated;
mod snapshot;
mod telemetry;

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::OnceLock;
use std::thread;
use std::time::Duration;

use lambda_simulator::{FreezeMode, InvocationStatus, Simulator, SimulatorPhase};
use serde_json::json;
use stage_config_e2e::example;
use stage_config_local::{LocalStore, On, Parameter};
use tokio::time::{sleep, timeout};

/// For each thing that is waited for. Only a test that fails takes so long.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);

/// The binary of an example.
pub(crate) fn built(example: &str) -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
    example::build(example, target.expect("it is a folder in `target`"))
}

pub(crate) async fn simulator(freeze: FreezeMode) -> Simulator {
    let simulator = Simulator::builder()
        .function_name("checkout")
        .region("us-east-1")
        .freeze_mode(freeze)
        .build();
    simulator.await.expect("the simulator should start")
}

/// Waits until the function asks for invocations. The time of one that is queued before runs already.
async fn ready(simulator: &Simulator) {
    let ready = simulator.wait_for_phase(SimulatorPhase::Ready, PATIENCE).await;
    ready.expect("the function should start");
}

/// The function's process, started as Lambda would; killed where a test ends before it does.
pub(crate) struct Function(Child);

impl Function {
    /// The example `lambda`.
    fn start(simulator: &Simulator, store: &LocalStore) -> Self {
        static BINARY: OnceLock<PathBuf> = OnceLock::new();
        let binary = BINARY.get_or_init(|| built("lambda"));
        Self::start_as(binary, simulator, store, [("stage", "prod")])
    }

    /// Of this program, with these variables besides.
    pub(crate) fn start_as<const N: usize>(
        program: &Path,
        simulator: &Simulator,
        store: &LocalStore,
        variables: [(&str, &str); N],
    ) -> Self {
        let mut command = Self::command(program, simulator, store);
        command.envs(variables).stderr(Stdio::piped());
        let child = command.spawn().expect("the function should start");
        simulator.register_freeze_pid(child.id());
        Self(child)
    }

    fn command(program: &Path, simulator: &Simulator, store: &LocalStore) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .envs(simulator.lambda_env_vars())
            .env("AWS_ACCESS_KEY_ID", "test")
            .env("AWS_SECRET_ACCESS_KEY", "test")
            .env("AWS_ENDPOINT_URL_SSM", store.url())
            .stdin(Stdio::null());
        command
    }

    /// Waits until the system says that it is stopped, and not only the simulator.
    pub(crate) async fn stopped(&self) {
        let stat = format!("/proc/{}/stat", self.0.id());
        let state = || fs::read_to_string(&stat).expect("a process has a state");
        let stopped = async {
            // Behind the name in parentheses, which may hold anything.
            while !state().rsplit(')').next().is_some_and(|rest| rest.starts_with(" T")) {
                sleep(Duration::from_millis(5)).await;
            }
        };
        timeout(PATIENCE, stopped).await.expect("the function should be stopped");
    }

    /// Waits for its end; how it ended, and what it wrote to standard error.
    pub(crate) async fn ended(mut self) -> (ExitStatus, String) {
        let mut stderr = self.0.stderr.take().expect("standard error is piped");
        let reader = thread::spawn(move || {
            let mut said = String::new();
            stderr.read_to_string(&mut said).map(|_| said)
        });
        let ended = async {
            loop {
                match self.0.try_wait().expect("a child can be asked") {
                    Some(status) => return status,
                    None => sleep(Duration::from_millis(5)).await,
                }
            }
        };
        let status = timeout(PATIENCE, ended).await.expect("the function should end");
        let said = reader.join().expect("the reader should not panic");
        (status, said.expect("standard error should be text"))
    }
}

impl Drop for Function {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_request_serves_all_invocations_across_freezes() {
    let store = LocalStore::start([
        Parameter::secure_string("/stripeSecretKey/live", "sk_live_1"),
        Parameter::secure_string("/stripeSecretKey/test", "sk_test_1"),
        Parameter::string("/checkout/prod/currency", "eur"),
    ])
    .expect("the store should start");
    let simulator = simulator(FreezeMode::Process).await;
    let function = Function::start(&simulator, &store);

    let ready = simulator.wait_for_phase(SimulatorPhase::Ready, PATIENCE).await;
    if let Err(error) = ready {
        let mut function = function;
        let _ = function.0.kill();
        panic!("{error}:\n{}", function.ended().await.1);
    }
    let asked = ["/checkout/largestAmount", "/checkout/prod/currency", "/stripeSecretKey/live"];
    let mut names: Vec<_> = store.calls().names().map(str::to_owned).collect();
    names.sort();
    assert_eq!(names, asked);
    assert_eq!(store.calls().total(), 1);

    for amount in [100, 200, 300] {
        let request = simulator.enqueue_payload(json!({"amount": amount})).await;
        let done = simulator.wait_for_invocation_complete(&request, PATIENCE).await;
        let done = done.expect("the invocation should complete");
        assert_eq!(done.status, InvocationStatus::Success, "{:?}", done.error);
        assert_eq!(
            done.response.expect("a success has a response").payload,
            json!({"stage": "prod", "charged": format!("{amount} eur"), "for_real": true}),
        );
        function.stopped().await;
    }

    assert_eq!(store.calls().total(), 1);
    simulator.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_load_ends_the_function_with_the_whole_error() {
    let store = LocalStore::start([Parameter::string("/checkout/largestAmount", "much")])
        .expect("the store should start");
    store.script(On::call("GetParameter").name("/checkout/prod/currency").deny());
    store.script(On::call("GetParameters").name("/checkout/prod/currency").deny());
    let simulator = simulator(FreezeMode::Process).await;

    let (status, said) = Function::start(&simulator, &store).ended().await;

    assert_eq!(status.code(), Some(1), "{said}");
    let [title, key, currency, amount, create, ..] = said.lines().collect::<Vec<_>>()[..] else {
        panic!("{said}")
    };
    assert_eq!(title, "Error: cannot load `Config` for stage `prod`: 3 problems");
    assert!(key.starts_with("  stripe_secret_key: parameter `/stripeSecretKey/live` "), "{said}");
    assert!(currency.starts_with("  currency: "), "{said}");
    assert!(currency.contains("`/checkout/prod/currency`"), "{said}");
    assert!(currency.contains("ssm:GetParameter"), "{said}");
    assert!(amount.starts_with("  largest_amount: parameter `/checkout/largestAmount` "), "{said}");
    assert!(
        create.starts_with("help: aws ssm put-parameter --name /stripeSecretKey/live "),
        "{said}"
    );
    assert!(!simulator.is_initialized().await);
    let reported = simulator.get_init_error().await.expect("it should be reported");
    let text = reported.strip_prefix("StageConfig.LoadError: ").expect("it has a type");
    assert_eq!(said.trim_end(), format!("Error: {text}"));
}
