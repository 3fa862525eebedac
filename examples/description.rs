//! Prints a page for people who deploy the function: the variables to set, and the parameters and
//! secrets to create at each stage.
//!
//! It uses only the struct and loads nothing.
//! Run it with `cargo run --example description > CONFIG.md`. A test that compares the file with
//! `to_markdown()` keeps it up to date.

use std::collections::BTreeMap;
use std::time::Duration;

use stage_config::{SecretString, StageConfig};

#[derive(StageConfig)]
#[stage_config(stages(dev, staging, prod(alias = "production")))]
#[expect(dead_code, reason = "this program only describes it")]
struct Shop {
    /// The stage as deployed: `dev`, `prod`, `featureX`.
    #[stage]
    stage: String,
    /// Table of the orders
    #[env("TABLE_NAME")]
    table_name: String,
    /// How much is logged: `error`, `warn`, `info` or `debug`
    #[env("LOG_LEVEL", default = "info")]
    log_level: String,
    /// How long a customer may take to pay
    #[ssm("/shop/{stage}/payment-time", default = Duration::from_mins(15))]
    payment_time: Duration,
    /// Stripe secret key
    #[ssm(dev = "/stripe/test", staging = "/stripe/test", prod = "/stripe/live")]
    stripe_secret_key: SecretString,
    /// Key of the mail service
    #[secret("shop/{stage}/mail")]
    mail_key: SecretString,
    /// Switches of single features: `on` or `off`
    #[ssm_path("/shop/{stage}/flags")]
    flags: BTreeMap<String, String>,
    #[value(dev = 5, staging = 5, prod = 50)]
    max_connections: u32,
    #[nested("/shop/{stage}/orders")]
    orders: Database,
    #[nested(dev = "/shop/dev/search", staging = "/shop/dev/search", prod = "/search")]
    search: Option<Database>,
}

#[derive(StageConfig)]
#[expect(dead_code, reason = "this program only describes it")]
struct Database {
    /// Where it is, as `host:port`
    #[ssm("url")]
    url: String,
    /// Whom to log in as
    #[ssm("user", default = "shop")]
    user: String,
    /// Password of that user
    #[ssm("password")]
    password: SecretString,
}

fn main() {
    print!("{}", Shop::PARAMETERS.to_markdown());
}
