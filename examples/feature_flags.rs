//! Feature flags: all parameters under a path.
//!
//! A new flag is a new parameter, and needs no new field. The path contains the stage, so
//! `featureX` has the flags of `dev`, except those that it overrides.
//!
//! Run it with `cargo run --example feature_flags`. It needs no AWS account: a Parameter Store on
//! loopback stands in for the real one.

use std::collections::BTreeMap;
use std::error::Error;

use stage_config::StageConfig;
use stage_config_local::{LocalStore, Parameter};

#[derive(StageConfig)]
#[stage_config(stages(dev, prod))]
struct Config {
    #[ssm_path("/flags/{stage}")]
    flags: BTreeMap<String, bool>,
}

impl Config {
    /// Flags that are not set are off.
    fn is_on(&self, flag: &str) -> bool {
        self.flags.get(flag).copied().unwrap_or_default()
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let store = LocalStore::start([
        Parameter::string("/flags/dev/dark-mode", "true"),
        Parameter::string("/flags/dev/checkout/express", "false"),
        Parameter::string("/flags/featureX/checkout/express", "true"),
    ])?;
    let client = store.client();

    for deployed in ["dev", "featureX", "prod"] {
        let config = Config::loader().stage(deployed).client(client.clone()).load().await?;
        println!("{deployed}: {:?}", config.flags);
        println!("    express checkout: {}", config.is_on("checkout/express"));
    }

    // Each malformed flag is a separate problem.
    store.put(Parameter::string("/flags/dev/dark-mode", "yes"))?;
    if let Err(error) = Config::loader().stage("dev").client(client).load().await {
        println!("\n{error}");
    }
    Ok(())
}
