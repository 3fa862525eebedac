//! The example `extension` under a simulated Lambda, beside the stand-in.

use lambda_simulator::{FreezeMode, InvocationStatus, Simulator, SimulatorPhase};
use serde_json::{Value, json};
use stage_config_examples::extension::Extension as Standin;
use stage_config_local::{LocalStore, Parameter};

use crate::lambda::{Function, PATIENCE, built, simulator};

/// The response of an invocation, or the text of its error. The function is then stopped.
async fn invoke(simulator: &Simulator, function: &Function) -> Result<Value, String> {
    let request = simulator.enqueue_payload(json!({ "amount": 100 })).await;
    let done = simulator.wait_for_invocation_complete(&request, PATIENCE).await;
    let done = done.expect("the invocation should complete");
    function.stopped().await;
    match done.status {
        InvocationStatus::Success => Ok(done.response.expect("it has a response").payload),
        _ => Err(done.error.expect("it has an error").error_message),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_loads_in_an_invocation_as_soon_as_the_extension_serves() {
    let store = LocalStore::start([
        Parameter::secure_string("/stripeSecretKey/live", "sk_live_1"),
        Parameter::string("/checkout/prod/currency", "eur"),
    ])
    .unwrap();
    let extension = Standin::start(&store).await.unwrap();
    let [token, port] = extension.environment();
    let simulator = simulator(FreezeMode::Process).await;
    let variables = [("stage", "prod"), (token.0, &*token.1), (port.0, &*port.1)];
    let function = Function::start_as(&built("extension"), &simulator, &store, variables);

    // Nothing is loaded before.
    simulator.wait_for_phase(SimulatorPhase::Ready, PATIENCE).await.unwrap();
    assert_eq!(extension.requests(), 0);
    let error = invoke(&simulator, &function).await.unwrap_err();
    assert!(error.contains("serves only while an invocation runs"), "{error}");
    assert_eq!(store.calls().total(), 0);

    extension.invoked();
    for _ in 0..3 {
        let receipt = invoke(&simulator, &function).await.unwrap();
        assert_eq!(receipt, json!({ "stage": "prod", "charged": "100 eur", "for_real": true }));
    }
    assert_eq!(store.calls().total(), 2);
    simulator.shutdown().await;
}
