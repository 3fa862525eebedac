//! One struct under several prefixes, and one that may be absent.
//!
//! `Database` names its parameters without saying where they are; each field that nests it says
//! what stands in front of them. All are read in the same request. There is no archive in `dev`,
//! so that it is `None` there; half an archive would be an error.
//!
//! Run it with `cargo run --example nested`. It needs no AWS account: a Parameter Store on loopback
//! stands in for the real one.

use std::error::Error;

use stage_config::{SecretString, StageConfig};
use stage_config_local::{LocalStore, Parameter};

/// It names no stage, so that it fits into every struct.
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

    // Now that one of its parameters exists, the others are missed.
    store.put(Parameter::string("/dev/archive/url", "postgres://archive.test"))?;
    if let Err(error) = Config::loader().stage("dev").client(client).load().await {
        println!("{error}");
    }
    Ok(())
}
