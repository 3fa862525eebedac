//! A function that serves many invocations at once in one process, as on Lambda Managed Instances.
//!
//! `run_concurrent` needs a `'static` handler, which cannot borrow a configuration of `main`. So what
//! stays the same for the life of the process is in an `Arc`, and what is refreshed is in a static
//! `ColdStart`. Many invocations that ask for it at once cause one load.
//!
//! Run it with `cargo run --example concurrent`. It needs no AWS account: a Lambda and a Parameter
//! Store on loopback stand in for the real ones.

use std::sync::Arc;
use std::time::Duration;

use lambda_runtime::{Error, LambdaEvent, run_concurrent, service_fn};
use serde_json::{Value, json};
use stage_config::{ColdStart, ExposeSecret, LoadError, SecretString, StageConfig, lambda};
use stage_config_examples::lambda::{Lambda, is_function, this_program};
use stage_config_local::{LocalStore, Parameter};
use tokio::sync::Barrier;
use tokio::task::JoinSet;

/// What stays the same.
#[derive(StageConfig)]
struct Config {
    /// The stage as deployed.
    #[stage]
    stage: String,
    /// How many invocations have to be there before the first is answered.
    #[env("TOGETHER")]
    together: usize,
}

/// What may be replaced while the function runs.
#[derive(StageConfig)]
struct Keys {
    /// Stripe secret key
    #[ssm(dev = "/stripeSecretKey/test", prod = "/stripeSecretKey/live")]
    stripe_secret_key: SecretString,
}

static KEYS: ColdStart<Keys> = ColdStart::new().max_age(Duration::from_mins(5));

/// One invocation. It waits for the keys no longer than its deadline allows.
async fn charge(function: Arc<Function>, event: LambdaEvent<Value>) -> Result<Value, LoadError> {
    let keys = KEYS.get_for(&event.context).await?;
    // A real function would call Stripe with the key. This one waits until all others are there.
    function.stripe.wait().await;
    let for_real = keys.stripe_secret_key.expose_secret().starts_with("sk_live_");
    Ok(json!({ "stage": function.config.stage, "for_real": for_real }))
}

struct Function {
    config: Config,
    stripe: Barrier,
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    if !is_function() {
        return stand_in().await;
    }
    let config = lambda::init(Config::load()).await?;
    let stripe = Barrier::new(config.together);
    let function = Arc::new(Function { config, stripe });
    run_concurrent(service_fn(move |event| charge(Arc::clone(&function), event))).await
}

/// Stands in for AWS: starts this program again, as a function.
async fn stand_in() -> Result<(), Error> {
    let store =
        LocalStore::start([Parameter::secure_string("/stripeSecretKey/live", "sk_live_1")])?;
    let lambda = Arc::new(Lambda::start().await?);
    let variables = [("stage", "prod"), ("AWS_LAMBDA_MAX_CONCURRENCY", "64"), ("TOGETHER", "64")];
    let _function = lambda.run(&this_program()?, &store, variables)?;
    let mut invocations = JoinSet::new();
    for _ in 0..64 {
        let lambda = Arc::clone(&lambda);
        invocations.spawn(async move { lambda.invoke(Value::Null).await });
    }
    for answer in invocations.join_all().await {
        assert_eq!(answer?, json!({ "stage": "prod", "for_real": true }));
    }
    println!("invocations at once: {}", lambda.most_in_flight());
    println!("requests: {}", store.calls().total());
    Ok(())
}
