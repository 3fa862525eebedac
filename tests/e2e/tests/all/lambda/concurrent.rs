//! Many invocations at once in one process, each with a deadline.

use std::time::Duration;

use lambda_runtime::Context;
use lambda_simulator::{FreezeMode, InvocationStatus, Simulator};
use serde_json::{Value, json};
use stage_config::{ColdStart, SecretString, StageConfig};
use stage_config_local::{At, LocalStore, On, Parameter};

use super::{Function, PATIENCE, built, ready, simulator};

const AT_ONCE: usize = 64;

fn store() -> LocalStore {
    LocalStore::start([Parameter::secure_string("/stripeSecretKey/live", "sk_live_1")])
        .expect("the store should start")
}

/// The example `concurrent`. None of its invocations is answered before so many are there.
fn start(simulator: &Simulator, store: &LocalStore, together: usize) -> Function {
    let together = &*together.to_string();
    let concurrency = ("AWS_LAMBDA_MAX_CONCURRENCY", "64");
    let variables = [("stage", "prod"), concurrency, ("TOGETHER", together)];
    Function::start_as(&built("concurrent"), simulator, store, variables)
}

#[tokio::test(flavor = "multi_thread")]
async fn one_request_serves_invocations_side_by_side() {
    let store = store();
    let simulator = simulator(FreezeMode::None).await;
    let _function = start(&simulator, &store, AT_ONCE);
    ready(&simulator).await;
    let mut requests = Vec::new();
    for _ in 0..AT_ONCE {
        requests.push(simulator.enqueue_payload(Value::Null).await);
    }
    for request in requests {
        let done = simulator.wait_for_invocation_complete(&request, PATIENCE).await;
        let done = done.expect("the invocation should complete");
        assert_eq!(done.status, InvocationStatus::Success, "{:?}", done.error);
        let response = done.response.expect("a success has a response").payload;
        assert_eq!(response, json!({ "stage": "prod", "for_real": true }));
    }
    assert_eq!(store.calls().total(), 1);
    simulator.shutdown().await;
}

#[tokio::test]
async fn a_context_of_a_test_has_no_deadline() {
    #[derive(StageConfig)]
    struct Config {
        #[ssm("/stripeSecretKey/live")]
        _key: SecretString,
    }
    let store = store();
    let client = store.client();
    let config = ColdStart::new().loader_with(move || Config::loader().client(client.clone()));
    config.get_for(&Context::default()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invocation_answers_before_its_deadline_and_the_load_goes_on() {
    let store = store();
    store.script(On::any().first(1).stall(At::Start));
    let limit = Duration::from_millis(1_500);
    let simulator = Simulator::builder().function_name("charge").invocation_timeout(limit);
    let simulator = simulator.build().await.expect("the simulator should start");
    let _function = start(&simulator, &store, 1);
    ready(&simulator).await;
    let request = simulator.enqueue_payload(Value::Null).await;
    let done = simulator.wait_for_invocation_complete(&request, PATIENCE).await;
    let done = done.expect("the invocation should be answered");
    assert_eq!(done.status, InvocationStatus::Error, "{done:?}");
    let error = done.error.expect("an error has a text");
    assert_eq!(error.error_type, "StageConfig.LoadError");
    let said = error.error_message;
    assert!(said.contains("it was not loaded within "), "{said}");
    assert!(said.contains("s, the caller's time limit; the load continues"), "{said}");

    // The attempt that has no reply ends after 2 s, and the next one succeeds.
    let served = async {
        loop {
            let request = simulator.enqueue_payload(Value::Null).await;
            let done = simulator.wait_for_invocation_complete(&request, PATIENCE).await;
            if done.expect("the invocation should be answered").status == InvocationStatus::Success
            {
                return;
            }
        }
    };
    tokio::time::timeout(PATIENCE, served).await.expect("the load should end");
    assert_eq!(store.calls().total(), 2);
    simulator.shutdown().await;
}
