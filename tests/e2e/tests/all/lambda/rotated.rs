//! A function that rebuilds its pool of connections when the password was rotated.

use lambda_simulator::{FreezeMode, Simulator};
use serde_json::{Value, json};
use stage_config_local::{LocalStore, Parameter};

use super::{Function, PATIENCE, built, simulator};

/// One invocation, and the freeze after it: it would also stop one that comes meanwhile.
async fn invoke(simulator: &Simulator, function: &Function) -> Value {
    let request = simulator.enqueue_payload(Value::Null).await;
    let done = simulator.wait_for_invocation_complete(&request, PATIENCE).await;
    let done = done.expect("the invocation should complete");
    function.stopped().await;
    done.response.unwrap_or_else(|| panic!("{:?}", done.error)).payload
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_password_and_nothing_else_makes_a_new_pool() {
    let store = LocalStore::start([
        Parameter::string("/orders/prod/limit", "5"),
        Parameter::string("/orders/prod/db/user", "orders"),
        Parameter::secure_string("/orders/prod/db/password", "first"),
    ])
    .expect("the store should start");
    let simulator = simulator(FreezeMode::Process).await;
    let binary = built("rotated_password");
    let function = Function::start_as(&binary, &simulator, &store, [("stage", "prod")]);
    let told = |changed: &str, limit: u32, letters: usize| {
        let pool = format!("orders, with a password of {letters} letters");
        json!({ "changed": changed, "limit": limit, "pool": pool })
    };

    assert_eq!(invoke(&simulator, &function).await, told("", 5, 5));
    store.put(Parameter::string("/orders/prod/limit", "50")).expect("it is valid");
    assert_eq!(invoke(&simulator, &function).await, told("", 50, 5));
    store.put(Parameter::secure_string("/orders/prod/db/password", "second")).expect("it is valid");
    assert_eq!(invoke(&simulator, &function).await, told("database.password", 50, 6));
    assert_eq!(invoke(&simulator, &function).await, told("", 50, 6));
    simulator.shutdown().await;
}
