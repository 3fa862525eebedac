//! A Lambda function that reads its configuration through the AWS Parameters and Secrets Lambda
//! Extension, which is a layer of the function and keeps values for up to five minutes.
//!
//! The extension serves only while an invocation runs. So the configuration is in a `ColdStart` that
//! the handler asks, and `main` loads nothing.
//!
//! It needs the feature `extension`, and neither `ssm` nor `lean`: neither the AWS SDK nor TLS is then in
//! the program.
//!
//! Run it with `cargo run --example extension`. It needs no AWS account: a Lambda, the extension and a
//! Parameter Store on loopback stand in for the real ones.

use std::time::Duration;

use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use serde::{Deserialize, Serialize};
use serde_json::json;
use stage_config::{ColdStart, ExposeSecret, Extension, SecretString, StageConfig};
use stage_config_examples::extension::Extension as Standin;
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
}

/// Loaded again after five minutes. The extension keeps values as long, so one may be ten minutes old.
static CONFIG: ColdStart<Config> = ColdStart::new()
    .max_age(Duration::from_mins(5))
    .loader(|| Config::loader().source(Extension::new()));

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

async fn charge(event: LambdaEvent<Order>) -> Result<Receipt, Error> {
    let config = CONFIG.get().await?;
    // A real function would call Stripe with the key.
    let for_real = config.stripe_secret_key.expose_secret().starts_with("sk_live_");
    let charged = format!("{} {}", event.payload.amount, config.currency);
    Ok(Receipt { stage: config.stage.clone(), charged, for_real })
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    if !is_function() {
        return stand_in().await;
    }
    run(service_fn(charge)).await
}

/// Stands in for AWS: starts this program again, as a function with the extension beside it.
async fn stand_in() -> Result<(), Error> {
    let store = LocalStore::start([
        Parameter::secure_string("/stripeSecretKey/live", "sk_live_1"),
        Parameter::string("/checkout/prod/currency", "eur"),
    ])?;
    let extension = Standin::start(&store).await?;
    let [token, port] = extension.environment();
    let lambda = Lambda::start().await?;
    let variables = [("stage", "prod"), (token.0, &token.1), (port.0, &port.1)];
    let _function = lambda.run(&this_program()?, &store, variables)?;

    extension.invoked();
    for amount in [100, 200] {
        let receipt = lambda.invoke(json!({ "amount": amount })).await?;
        println!("{receipt}, requests: {}", extension.requests());
    }
    Ok(())
}
