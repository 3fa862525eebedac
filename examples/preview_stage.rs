//! A preview stage that overrides one value and inherits the rest.
//!
//! `featureX` is not declared, so that it falls back to `dev`. But its names have the stage in
//! them: for each, its own and the one of `dev` are asked for together, and its own wins where it
//! exists. One request, as many values of its own as it wants, and none that it has to copy.
//!
//! Run it with `cargo run --example preview_stage`. It needs no AWS account: a Parameter Store on
//! loopback stands in for the real one.

use std::error::Error;

use stage_config::StageConfig;
use stage_config_local::{LocalStore, On, Parameter};

#[derive(StageConfig, Debug)]
#[stage_config(stages(dev, prod))]
#[expect(dead_code, reason = "this program only prints it")]
struct Config {
    #[ssm("/orders/{stage}/table")]
    table: String,
    #[ssm("/orders/{stage}/limit")]
    limit: u32,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let store = LocalStore::start([
        Parameter::string("/orders/dev/table", "orders-dev"),
        Parameter::string("/orders/dev/limit", "10"),
        Parameter::string("/orders/prod/table", "orders"),
        Parameter::string("/orders/prod/limit", "500"),
        Parameter::string("/orders/featureX/limit", "1000"),
    ])?;
    let client = store.client();

    for deployed in ["dev", "prod", "featureX"] {
        store.reset_calls();
        let config = Config::loader().stage(deployed).client(client.clone()).load().await?;

        let calls = store.calls();
        println!("deployed as: {deployed}, requests: {}", calls.total());
        println!("asked for: {}", calls.names().collect::<Vec<_>>().join(", "));
        println!("{config:?}\n");
    }

    // An override that may not be read is a problem, and no reason to take the value of `dev`.
    store.script(On::call("GetParameters").name("/orders/featureX/limit").deny());
    store.script(On::call("GetParameter").name("/orders/featureX/limit").deny());
    if let Err(error) = Config::loader().stage("featureX").client(client).load().await {
        println!("{error}");
    }
    Ok(())
}
