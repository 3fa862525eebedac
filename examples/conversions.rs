//! Converts text to values: by the type of the field, by a key of the attribute, and with a check
//! of the whole struct.
//!
//! No format is guessed: JSON is read only with the key `json`. If values do not convert, one error
//! reports all of them. `validate` is called only if all fields are read.
//!
//! Run it with `cargo run --example conversions`. It needs no AWS account: a Parameter Store on
//! loopback stands in for the real one.

use std::error::Error;
use std::net::IpAddr;
use std::num::ParseIntError;
use std::time::Duration;

use serde::Deserialize;
use stage_config::StageConfig;
use stage_config_local::{LocalStore, Parameter};

#[derive(StageConfig, Debug)]
#[stage_config(validate = Self::check)]
#[expect(dead_code, reason = "this program only prints it")]
struct Config {
    // By the type of the field.
    #[ssm("/orders/timeout")]
    timeout: Duration,
    #[ssm("/orders/hosts")]
    hosts: Vec<IpAddr>,
    #[ssm("/orders/note")]
    note: Option<String>,
    // By a key of the attribute.
    #[ssm("/orders/limits", json)]
    limits: Limits,
    #[ssm("/orders/public-key", base64)]
    public_key: Vec<u8>,
    #[ssm("/orders/colour", parse_with = colour)]
    colour: u32,
}

#[derive(Deserialize, Debug)]
struct Limits {
    usual: u32,
    burst: u32,
}

/// `#ff8800`
fn colour(text: &str) -> Result<u32, ParseIntError> {
    u32::from_str_radix(text.trim_start_matches('#'), 16)
}

impl Config {
    fn check(&self) -> Result<(), String> {
        let Limits { usual, burst } = self.limits;
        if burst < usual {
            return Err(format!("a burst of {burst} is less than the usual {usual}"));
        }
        Ok(())
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let store = LocalStore::start([
        Parameter::string("/orders/timeout", "1m 30s"),
        Parameter::string_list("/orders/hosts", "10.0.0.1,10.0.0.2"),
        Parameter::string("/orders/limits", r#"{"usual": 10, "burst": 50}"#),
        Parameter::string("/orders/public-key", "AQIDBA=="),
        Parameter::string("/orders/colour", "#ff8800"),
    ])?;
    let client = store.client();
    println!("{:#?}\n", Config::loader().client(client.clone()).load().await?);

    store.put(Parameter::string("/orders/limits", r#"{"usual": 10, "burst": 5}"#))?;
    if let Err(error) = Config::loader().client(client.clone()).load().await {
        println!("{error}\n");
    }

    store.put(Parameter::string("/orders/limits", r#"{"usual": 10}"#))?;
    store.put(Parameter::string("/orders/timeout", "90"))?;
    store.put(Parameter::string("/orders/public-key", "AQID*A=="))?;
    store.put(Parameter::string("/orders/colour", "orange"))?;
    if let Err(error) = Config::loader().client(client).load().await {
        println!("{error}");
    }
    Ok(())
}
