//! Reads a database secret of Secrets Manager, which is a JSON object as RDS stores it.
//!
//! Each field reads one key. The secret is requested once, through Parameter Store and in the same
//! request as the parameters. Errors name the missing or malformed key, and never quote a value.
//!
//! Run it with `cargo run --example database_secret`. It needs no AWS account: a Parameter Store on
//! loopback stands in for the real one.

use std::error::Error;

use stage_config::{SecretString, StageConfig};
use stage_config_local::{LocalStore, Parameter};

#[derive(StageConfig, Debug)]
#[expect(dead_code, reason = "this program only prints it")]
struct Config {
    #[secret(dev = "orders/test", prod = "orders/live", json_key = "host")]
    host: String,
    #[secret(dev = "orders/test", prod = "orders/live", json_key = "port", default = 5432)]
    port: u16,
    #[secret(dev = "orders/test", prod = "orders/live", json_key = "password")]
    password: SecretString,
    #[ssm("/orders/table")]
    table: String,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let store = LocalStore::start([
        Parameter::secret("orders/test", r#"{"host": "db.test", "password": "for tests"}"#),
        Parameter::secret("orders/live", r#"{"host": "db.live", "port": "five"}"#),
        Parameter::string("/orders/table", "orders"),
    ])?;
    let client = store.client();

    let config = Config::loader().stage("dev").client(client.clone()).load().await?;
    let calls = store.calls();
    println!("requested: {}", calls.names().collect::<Vec<_>>().join(", "));
    println!("requests: {}", calls.total());
    println!("{config:#?}\n");

    if let Err(error) = Config::loader().stage("prod").client(client).load().await {
        println!("{error}");
    }
    Ok(())
}
