//! A function of which `SnapStart` takes a snapshot after its initialisation.
//!
//! Each sandbox that is restored from the snapshot, perhaps a week later, loads the configuration
//! again before its first invocation, because `CONFIG` is registered. The connections and credentials
//! of the snapshot are not used again.
//!
//! Run it with `cargo run --example snapstart`. It needs no AWS account: a Lambda and a Parameter
//! Store on loopback stand in for the real ones.

use std::sync::Arc;

use lambda_runtime::layers::TracingLayer;
use lambda_runtime::{Error, LambdaEvent, Runtime, service_fn};
use serde_json::{Value, json};
use stage_config::{ColdStart, LoadError, StageConfig, lambda};
use stage_config_examples::lambda::{Lambda, is_function, this_program};
use stage_config_local::{LocalStore, Parameter};

#[derive(StageConfig)]
struct Config {
    #[ssm(dev = "/orders/dev/limit", prod = "/orders/prod/limit")]
    limit: u32,
}

static CONFIG: ColdStart<Config> = ColdStart::new();

async fn handler(_: LambdaEvent<Value>) -> Result<Value, LoadError> {
    Ok(json!({ "limit": CONFIG.get().await?.limit }))
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    if !is_function() {
        return stand_in().await;
    }
    // A parameter that is missing is found before there is a snapshot.
    lambda::init(CONFIG.get()).await?;
    let function = Runtime::new(service_fn(handler)).layer(TracingLayer::new());
    function.register_snapstart_resource(Arc::new(&CONFIG)).run().await
}

/// Stands in for AWS: starts this program again, as a function.
async fn stand_in() -> Result<(), Error> {
    let store = LocalStore::start([Parameter::string("/orders/prod/limit", "5")])?;
    let lambda = Lambda::start().await?;
    let variables = [("stage", "prod"), ("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start")];
    let _function = lambda.run(&this_program()?, &store, variables)?;
    lambda.snapshot().await;
    println!("before the snapshot, requests: {}", store.calls().total());

    store.put(Parameter::string("/orders/prod/limit", "50"))?;
    lambda.restore();
    println!("after a new limit and the restore: {}", lambda.invoke(Value::Null).await?);
    println!("requests: {}", store.calls().total());
    Ok(())
}
