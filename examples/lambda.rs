//! A Lambda function that charges a customer. Its configuration is loaded once, at cold start.
//!
//! The load comes before `run`, so it happens in Lambda's init phase, and every invocation has the
//! configuration. If a parameter is missing, `init` reports the whole error to Lambda, and the function
//! ends at once.
//!
//! Run it with `cargo run --example lambda`. It needs no AWS account: a Lambda and a Parameter Store on
//! loopback stand in for the real ones.

use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use serde::{Deserialize, Serialize};
use serde_json::json;
use stage_config::{ExposeSecret, SecretString, StageConfig, lambda};
use stage_config_examples::lambda::{Lambda, is_function, this_program};
use stage_config_local::{LocalStore, Parameter};

#[derive(StageConfig)]
struct Config {
    /// The stage as deployed.
    #[stage]
    stage: String,
    /// Stripe secret key
    #[ssm(dev = "/stripeSecretKey/test", prod = "/stripeSecretKey/live")]
    stripe_secret_key: SecretString,
    /// What customers are charged in, as an ISO 4217 code.
    #[ssm(dev = "/checkout/dev/currency", prod = "/checkout/prod/currency")]
    currency: String,
    /// The largest amount that is charged without a review.
    #[ssm("/checkout/largestAmount", default = 10_000)]
    largest_amount: u32,
}

#[derive(Deserialize)]
struct Order {
    amount: u32,
}

#[derive(Serialize)]
struct Receipt {
    stage: String,
    charged: String,
    for_real: bool,
}

#[expect(clippy::unused_async, reason = "a real one awaits the answer of Stripe")]
async fn charge(config: &Config, event: LambdaEvent<Order>) -> Result<Receipt, Error> {
    let Order { amount } = event.payload;
    if amount > config.largest_amount {
        return Err(format!("{amount} is more than is charged without review").into());
    }
    // A real function would call Stripe with the key.
    let for_real = config.stripe_secret_key.expose_secret().starts_with("sk_live_");
    let charged = format!("{amount} {}", config.currency);
    Ok(Receipt { stage: config.stage.clone(), charged, for_real })
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    if !is_function() {
        return stand_in().await;
    }
    let config = lambda::init(Config::load()).await?;
    run(service_fn(|event| charge(&config, event))).await
}

/// Stands in for AWS: starts this program again, as a function.
async fn stand_in() -> Result<(), Error> {
    let store = LocalStore::start([
        Parameter::secure_string("/stripeSecretKey/live", "sk_live_1"),
        Parameter::string("/checkout/prod/currency", "eur"),
    ])?;
    let lambda = Lambda::start().await?;
    let function = lambda.run(&this_program()?, &store, [("stage", "prod")])?;
    for amount in [100, 200, 20_000] {
        match lambda.invoke(json!({ "amount": amount })).await {
            Ok(receipt) => println!("{receipt}"),
            Err(failure) => println!("{}", failure.error_message),
        }
    }
    println!("requests: {}", store.calls().total());
    drop(function);

    println!("\nat a stage without parameters, Lambda is told:");
    let _function = lambda.run(&this_program()?, &store, [("stage", "dev")])?;
    println!("{}", lambda.init_error().await);
    Ok(())
}
