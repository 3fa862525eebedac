//! The secret of a database, as Secrets Manager keeps it for RDS: one JSON object.
//!
//! Each field reads one of its keys, and the secret is asked for once. It comes through Parameter
//! Store, in the same request as the parameters. Errors say which key is missing or malformed and
//! never quote the value.
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
    println!("asked for: {}", calls.names().collect::<Vec<_>>().join(", "));
    println!("requests: {}", calls.total());
    println!("{config:#?}\n");

    if let Err(error) = Config::loader().stage("prod").client(client).load().await {
        println!("{error}");
    }
    Ok(())
}
