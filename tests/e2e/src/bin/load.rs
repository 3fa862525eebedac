//! A program that loads its configuration as a Lambda does: all it knows is its environment.

use stage_config::{ExposeSecret, LoadError, SecretString, StageConfig};

#[derive(StageConfig)]
struct Config {
    #[stage]
    stage: String,
    #[ssm(dev = "/stripeSecretKey/test", prod = "/stripeSecretKey/live")]
    stripe_secret_key: SecretString,
}

/// Loads in two runtimes, one after another, as tests do.
fn main() -> Result<(), LoadError> {
    for _ in 0..2 {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let config = runtime.expect("a runtime").block_on(Config::load())?;
        println!("{}: {}", config.stage, config.stripe_secret_key.expose_secret().len());
    }
    Ok(())
}
