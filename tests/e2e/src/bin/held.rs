//! A program that loads a secret, drops it, and waits after each. The variable `CLIENT` chooses
//! the client.

use std::io::stdin;

use stage_config::__private::Lean;
use stage_config::{SecretString, StageConfig};

#[derive(StageConfig)]
#[expect(dead_code, reason = "it is looked for in the memory")]
struct Config {
    #[ssm("/secret/text")]
    text: SecretString,
    #[ssm("/secret/json", json_key = "token")]
    token: SecretString,
}

fn wait(step: &str) {
    println!("{step}");
    stdin().read_line(&mut String::new()).expect("a line");
}

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime");
    let loader = match std::env::var("CLIENT").as_deref() {
        Ok("lean") => Config::loader().source(Lean::FROM_ENVIRONMENT),
        _ => Config::loader(),
    };
    let config = runtime.block_on(loader.load()).expect("it loads");
    wait("loaded");
    drop(config);
    wait("dropped");
}
