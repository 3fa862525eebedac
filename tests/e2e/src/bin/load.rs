//! A program that loads its configuration as a Lambda function does, from its environment only. Its
//! optional argument is the timeout in milliseconds, and the variable `CLIENT` chooses the client.

use std::time::Duration;

use stage_config::__private::Lean;
use stage_config::{ExposeSecret, LoadError, SecretString, StageConfig};

#[derive(StageConfig)]
struct Config {
    #[stage]
    stage: String,
    #[ssm(dev = "/stripeSecretKey/test", prod = "/stripeSecretKey/live")]
    stripe_secret_key: SecretString,
}

/// Loads in two runtimes. Nothing drives the first while the second loads, as in tests.
fn main() -> Result<(), LoadError> {
    let limit = std::env::args().nth(1).map(|millis| millis.parse().expect("milliseconds"));
    let runtimes = [(); 2].map(|()| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.expect("a runtime")
    });
    for runtime in &runtimes {
        let loader = match std::env::var("CLIENT").as_deref() {
            Ok("lean") => Config::loader().source(Lean::FROM_ENVIRONMENT),
            _ => Config::loader(),
        };
        let loader = match limit {
            Some(millis) => loader.timeout(Duration::from_millis(millis)),
            None => loader,
        };
        let config = runtime.block_on(loader.load())?;
        println!("{}: {}", config.stage, config.stripe_secret_key.expose_secret().len());
    }
    Ok(())
}
