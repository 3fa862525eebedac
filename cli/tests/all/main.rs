//! The program, as a person at a terminal and a CI job run it.

mod artifact;
mod check;
mod diff;
mod example;
#[cfg(unix)]
mod golden;
mod history;
mod leaks;
mod lookup;
mod policy;
mod put;
mod rights;
mod snapshot;
#[cfg(unix)]
mod terminal;
mod unused;
mod usage;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

use regex::{Captures, Regex};
use stage_config::schema::ParameterTable;
use stage_config::{SecretString, StageConfig};
use stage_config_local::{LocalStore, Parameter};

/// What most tests are about.
#[derive(StageConfig)]
#[expect(dead_code, reason = "only its description is used")]
struct Shop {
    #[stage]
    stage: String,
    /// Stripe secret key
    #[ssm(dev = "/stripeSecretKey/test", prod = "/stripeSecretKey/live")]
    stripe_secret_key: SecretString,
    /// Orders a minute
    #[ssm("/shop/{stage}/limit")]
    limit: u32,
    #[ssm("/shop/{stage}/hosts")]
    hosts: Vec<String>,
    #[ssm("/shop/{stage}/motd")]
    motd: Option<String>,
    #[ssm("/shop/{stage}/currency")]
    currency: Currency,
}

struct Currency;

impl std::str::FromStr for Currency {
    type Err = String;

    fn from_str(_: &str) -> Result<Self, String> {
        Ok(Self)
    }
}

/// A description in a file, by name.
fn described(name: &str, table: &ParameterTable) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.json"));
    fs::write(&path, table.to_json()).unwrap();
    path
}

fn shop() -> &'static Path {
    static SHOP: LazyLock<PathBuf> = LazyLock::new(|| described("shop", Shop::PARAMETERS));
    &SHOP
}

/// All that `dev` needs.
fn dev() -> Vec<Parameter> {
    vec![
        Parameter::secure_string("/stripeSecretKey/test", "sk_test_1"),
        Parameter::string("/shop/dev/limit", "5"),
        Parameter::string_list("/shop/dev/hosts", "a,b"),
        Parameter::string("/shop/dev/currency", "EUR"),
    ]
}

/// What two stages need, but not all of it, and a parameter that nobody reads.
fn filled() -> LocalStore {
    let store = LocalStore::start(dev()).unwrap();
    for parameter in [
        Parameter::secure_string("/stripeSecretKey/live", "sk_live_1"),
        Parameter::string("/shop/prod/limit", "5"),
        Parameter::string("/shop/prod/motd", "hello"),
        Parameter::string("/shop/featureX/limit", "6"),
        Parameter::string("/shop/old/key/of", "nobody"),
        Parameter::string("/shop/prod/limit", "50"),
    ] {
        store.put(parameter).unwrap();
    }
    store
}

/// The program, without the AWS settings of whoever runs the tests.
fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_stage-config"));
    for (name, _) in std::env::vars_os() {
        let upper = name.to_string_lossy().to_uppercase();
        if upper.starts_with("AWS_") || upper.ends_with("_PROXY") || upper.ends_with("COLOR") {
            command.env_remove(name);
        }
    }
    let none = concat!(env!("CARGO_TARGET_TMPDIR"), "/none");
    command
        .env("AWS_CONFIG_FILE", none)
        .env("AWS_SHARED_CREDENTIALS_FILE", none)
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .env("AWS_REGION", "us-east-1")
        .env("AWS_ACCESS_KEY_ID", "local")
        .env("AWS_SECRET_ACCESS_KEY", "local")
        .stdin(Stdio::null());
    command
}

/// The program on this store, with the description of the shop.
fn at(store: &LocalStore) -> Command {
    let mut command = program();
    command.arg("--artifact").arg(shop()).args(["--endpoint-url", &store.url()]);
    command
}

/// What a shell shows: output, errors and the exit status if it is not 0.
fn shown(output: &Output, store: Option<&LocalStore>) -> String {
    let mut shown = String::from_utf8(output.stdout.clone()).unwrap();
    let stderr = String::from_utf8(output.stderr.clone()).unwrap();
    if !stderr.is_empty() {
        let _ = write!(shown, "--- standard error\n{stderr}");
    }
    if !output.status.success() {
        let _ = writeln!(shown, "--- {}", output.status);
    }
    match store {
        Some(store) => shown.replace(&store.url(), "URL"),
        None => shown,
    }
}

/// Runs it on a store and returns what a shell shows.
fn run(store: &LocalStore, arguments: &[&str]) -> String {
    shown(&at(store).args(arguments).output().unwrap(), Some(store))
}

/// Dates and times differ from run to run: `2026-11-27 09:30`, and `2026-11-27T09:30:00Z` in JSON.
fn undated(text: &str) -> String {
    let time = Regex::new(r"\d{4}-\d\d-\d\d( \d\d:\d\d|T\d\d:\d\d:\d\dZ)").unwrap();
    let zeros = |time: &Captures<'_>| time[0].replace(|c: char| c.is_ascii_digit(), "0");
    time.replace_all(text, zeros).into()
}
