//! Loads one struct at three stages: `dev`, `prod` and `featureX`.
//!
//! For each, it prints the stage as deployed and as chosen, the requested names, and the
//! configuration. `featureX` is not declared and falls back to `dev`. Only `prod` requests the live
//! key.
//!
//! Run it with `cargo run --example quickstart`. It needs no AWS account: a Parameter Store on
//! loopback stands in for the real one, and the AWS SDK reads from it over the wire.

use std::error::Error;

use stage_config::{SecretString, StageConfig};
use stage_config_local::{LocalStore, Parameter};

#[derive(StageConfig, Debug)]
#[expect(dead_code, reason = "this program only prints it")]
struct Config {
    /// The stage as deployed: `dev`, `prod`, `featureX`.
    #[stage]
    stage: String,
    #[env("resourcesStage", default = "dev")]
    resources_stage: String,
    #[value("+14151234567")]
    admin_phone_number: &'static str,
    #[value(dev = 5, prod = 50)]
    max_connections: u32,
    /// Stripe secret key
    #[ssm(dev = "/stripeSecretKey/test", prod = "/stripeSecretKey/live")]
    stripe_secret_key: SecretString,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let store = LocalStore::start([
        Parameter::secure_string("/stripeSecretKey/test", "sk_test_4eC39HqLyjWD")
            .description("Stripe secret key, test mode"),
        Parameter::secure_string("/stripeSecretKey/live", "sk_live_9zKp2TtVbQeR")
            .description("Stripe secret key, live mode"),
    ])?;
    let client = store.client();

    for deployed in ["dev", "prod", "featureX"] {
        store.reset_calls();
        // In a Lambda function this is `Config::load()`: the stage comes from the environment.
        let config = Config::loader().stage(deployed).client(client.clone()).load().await?;

        let chosen = ConfigNames::for_stage(deployed)?.chosen();
        let calls = store.calls();
        println!("deployed as: {deployed}, chosen: {chosen}");
        println!("requested: {}", calls.names().collect::<Vec<_>>().join(", "));
        println!("requests: {}", calls.total());
        println!("{config:#?}\n");
    }
    Ok(())
}
