//! A program that loads secrets, prints all that can be printed of them, and logs everything that
//! any crate has to say. The variable `CLIENT` chooses the client, and the argument is the timeout
//! of each load in milliseconds.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::time::Duration;

use serde::Deserialize;
use stage_config::__private::Lean;
use stage_config::{ColdStart, Extension, LoadError, Loader, SecretBox, SecretString, StageConfig};
use tracing::Level;
use tracing_subscriber::fmt::format::FmtSpan;

/// Its fields can read what is planted.
#[derive(Debug, StageConfig)]
#[stage_config(stages(dev, prod))]
#[expect(dead_code, reason = "only `Debug` reads it")]
struct Readable {
    #[ssm("/planted/{stage}/key")]
    key: SecretString,
    #[ssm("/planted/base64", base64)]
    bytes: SecretBox<Vec<u8>>,
    #[ssm("/planted/json", json_key = "token")]
    token: SecretString,
    #[secret("planted")]
    managed: SecretString,
    #[ssm("/planted/nothing")]
    absent: Option<SecretString>,
    #[ssm_path("/planted/path")]
    path: BTreeMap<String, SecretString>,
}

/// What each client can read.
#[derive(Debug, StageConfig)]
#[stage_config(stages(dev, prod))]
#[expect(dead_code, reason = "only `Debug` reads it")]
struct Plain {
    #[ssm("/planted/{stage}/key")]
    key: SecretString,
    #[ssm("/planted/base64", base64)]
    bytes: SecretBox<Vec<u8>>,
    #[secret("planted")]
    managed: SecretString,
}

/// Its fields cannot.
#[derive(Debug, StageConfig)]
#[stage_config(stages(dev, prod))]
#[expect(dead_code, reason = "it never loads")]
struct Unreadable {
    #[ssm("/planted/{stage}/key")]
    number: u32,
    #[ssm("/planted/{stage}/key")]
    switch: bool,
    #[ssm("/planted/{stage}/key")]
    duration: Duration,
    #[ssm("/planted/{stage}/key")]
    list: Vec<char>,
    #[ssm("/planted/{stage}/key", base64)]
    bytes: SecretBox<Vec<u8>>,
    #[ssm("/planted/{stage}/key", parse_with = refuse)]
    refused: SecretBox<u8>,
    #[ssm("/planted/{stage}/key", json)]
    document: BTreeMap<String, String>,
    #[ssm("/planted/json", json)]
    wrong: Wrong,
    #[ssm("/planted/json", json_key = "token.deeper")]
    deeper: SecretString,
    #[ssm("/planted/json", json_key = "token")]
    token: u32,
    #[secret("planted")]
    managed: u32,
    #[ssm_path("/planted/path")]
    path: BTreeMap<String, u16>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "it is never read")]
struct Wrong {
    token: u32,
}

fn refuse(text: &str) -> Result<u8, String> {
    Err(format!("{text} is refused"))
}

static CONFIG: ColdStart<Readable> =
    ColdStart::new().loader(loader).max_age(Duration::ZERO).serve_stale(Duration::from_hours(1));

fn loader<T: StageConfig>() -> Loader<T> {
    let millis = std::env::args().nth(1).expect("the timeout").parse().expect("milliseconds");
    let loader = T::loader().stage("featureX").timeout(Duration::from_millis(millis));
    match std::env::var("CLIENT").as_deref() {
        Ok("lean") => loader.source(Lean::FROM_ENVIRONMENT),
        // It cannot tell that a preview stage lacks a parameter.
        Ok("extension") => loader.stage("dev").source(Extension::new()),
        _ => loader,
    }
}

fn print(what: &str, result: &Result<impl Debug, LoadError>) {
    match result {
        Ok(config) => println!("{what}: {config:?}"),
        Err(error) => println!("{what}: {error}\n{error:?}\n{:?}", error.problems()),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let everything = tracing_subscriber::fmt().with_max_level(Level::TRACE).with_ansi(false);
    everything.with_span_events(FmtSpan::FULL).with_writer(std::io::stderr).init();
    for load in ["first", "second"] {
        print(load, &CONFIG.get().await);
    }
    print("plain", &loader::<Plain>().load().await);
    print("unreadable", &loader::<Unreadable>().load().await);
}
