//! A handler and its tests, without AWS, without a network, and without changes to the environment
//! of the process.
//!
//! With `Fixed`, a test loads a `Config` as the function does: the stage is chosen, and texts are
//! converted to the types of the fields. `ColdStart::set` then sets it for the handler.
//!
//! Run it with `cargo run --example handler_test`, and the tests at its end with
//! `cargo test --example handler_test`.

use stage_config::source::Answer;
use stage_config::{ColdStart, ExposeSecret, Fixed, LoadError, Loader, SecretString, StageConfig};

#[derive(StageConfig)]
struct Config {
    /// Stripe secret key
    #[ssm(dev = "/stripeSecretKey/test", prod = "/stripeSecretKey/live")]
    stripe_secret_key: SecretString,
    /// The largest amount that is charged without a review.
    #[ssm(dev = "/largestAmount/dev", prod = "/largestAmount/prod")]
    largest_amount: u32,
    #[env("CURRENCY", default = "eur")]
    currency: String,
}

static CONFIG: ColdStart<Config> = ColdStart::new();

/// Called by Lambda.
async fn handler(amount: u32) -> Result<String, LoadError> {
    Ok(charge(&*CONFIG.get().await?, amount))
}

/// Does the work. It receives the configuration, so that concurrent tests can use different ones.
fn charge(config: &Config, amount: u32) -> String {
    if amount > config.largest_amount {
        return format!("{amount} {} need a second look", config.currency);
    }
    // A real function would call Stripe with the key.
    let for_real = config.stripe_secret_key.expose_secret().starts_with("sk_live_");
    let what = if for_real { "charged" } else { "pretended to charge" };
    format!("{what} {amount} {}", config.currency)
}

/// A loader for tests, with these parameters and variables only.
fn given(stage: &str) -> Loader<Config> {
    let parameters = Fixed::from([("/largestAmount/dev", "100"), ("/largestAmount/prod", "5000")])
        .with("/stripeSecretKey/test", Answer::secure("sk_test_1"))
        .with("/stripeSecretKey/live", Answer::secure("sk_live_1"));
    Config::loader().stage(stage).env([("CURRENCY", "usd")]).source(parameters)
}

#[tokio::main]
async fn main() -> Result<(), LoadError> {
    for stage in ["dev", "prod"] {
        CONFIG.set(given(stage).load().await?);
        println!("{stage}: {}", handler(500).await?);
    }

    // Failures are tested the same way.
    let broken = given("prod").source(Fixed::from([("/largestAmount/prod", "much")]));
    if let Err(error) = broken.load().await {
        println!("{error}");
    }
    Ok(())
}

#[tokio::test]
async fn production_charges_for_real() -> Result<(), LoadError> {
    let config = given("prod").load().await?;
    assert_eq!(charge(&config, 500), "charged 500 usd");
    Ok(())
}

#[tokio::test]
async fn large_amounts_are_looked_at() -> Result<(), LoadError> {
    let config = given("dev").load().await?;
    assert_eq!(charge(&config, 500), "500 usd need a second look");
    Ok(())
}

/// The only test that uses the static, because all tests of a process share it.
#[tokio::test]
async fn the_handler_finds_the_configuration() -> Result<(), LoadError> {
    CONFIG.set(given("featureX").load().await?);
    assert_eq!(handler(50).await?, "pretended to charge 50 usd");
    Ok(())
}
