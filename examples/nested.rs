//! One nested struct with several prefixes, and an optional one.
//!
//! The names in `Database` are relative, and each field that nests it sets their prefix. All are
//! read in the same request. `dev` has no archive, so it is `None` there. An incomplete archive is
//! an error.
//!
//! Run it with `cargo run --example nested`. It needs no AWS account: a Parameter Store on loopback
//! stands in for the real one.

use std::error::Error;

use stage_config::{SecretString, StageConfig};
use stage_config_local::{LocalStore, Parameter};

/// It names no stage, so it can be nested in every struct.
#[derive(StageConfig, Debug)]
#[expect(dead_code, reason = "this program only prints it")]
struct Database {
    #[ssm("url")]
    url: String,
    #[ssm("password")]
    password: SecretString,
}

#[derive(StageConfig, Debug)]
#[expect(dead_code, reason = "this program only prints it")]
struct Config {
    #[nested(dev = "/orders/test", prod = "/orders/live")]
    orders: Database,
    #[nested("/{stage}/customers")]
    customers: Database,
    #[nested("/{stage}/archive")]
    archive: Option<Database>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let names = ConfigNames::for_stage("prod")?;
    println!("names at `prod`: {}, {}, …", names.orders.url, names.customers.url);

    let store = LocalStore::start([
        Parameter::string("/orders/test/url", "postgres://orders.test"),
        Parameter::secure_string("/orders/test/password", "for orders"),
        Parameter::string("/dev/customers/url", "postgres://customers.test"),
        Parameter::secure_string("/dev/customers/password", "for customers"),
    ])?;
    let client = store.client();
    let config = Config::loader().stage("dev").client(client.clone()).load().await?;
    println!("requests: {}", store.calls().total());
    println!("{config:#?}\n");

    // One parameter of the archive exists now, so the others are missing.
    store.put(Parameter::string("/dev/archive/url", "postgres://archive.test"))?;
    if let Err(error) = Config::loader().stage("dev").client(client).load().await {
        println!("{error}");
    }
    Ok(())
}
