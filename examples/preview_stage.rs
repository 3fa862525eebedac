//! A preview stage that overrides one value and inherits the others.
//!
//! `featureX` is not declared, so it falls back to `dev`. The names contain the stage, so each is
//! requested twice, for `featureX` and for `dev`, and the first one that exists is used. This takes
//! one request.
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
        println!("requested: {}", calls.names().collect::<Vec<_>>().join(", "));
        println!("{config:?}\n");
    }

    // An override that is denied is a problem. The value of `dev` does not hide it.
    store.script(On::call("GetParameters").name("/orders/featureX/limit").deny());
    store.script(On::call("GetParameter").name("/orders/featureX/limit").deny());
    if let Err(error) = Config::loader().stage("featureX").client(client).load().await {
        println!("{error}");
    }
    Ok(())
}
