//! A configuration in a static, which the first invocation loads and all others share.
//!
//! A thousand concurrent invocations cause one request. Then the key is replaced in Parameter
//! Store, and the configuration is loaded again after Stripe refuses the old key.
//!
//! Run it with `cargo run --example shared_static`. It needs no AWS account: a Parameter Store on
//! loopback stands in for the real one.

use std::error::Error;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use stage_config::{ColdStart, ExposeSecret, LoadError, Loader, SecretString, StageConfig};
use stage_config_local::{LocalStore, Parameter};
use tokio::task::JoinSet;

#[derive(StageConfig)]
struct Config {
    /// Stripe secret key
    #[ssm(dev = "/stripeSecretKey/test", prod = "/stripeSecretKey/live")]
    stripe_secret_key: SecretString,
}

/// Refreshed after five minutes. If Parameter Store is not reachable, it is served for half an hour
/// more.
///
/// A Lambda function needs no `loader`: by default, it reads Parameter Store at the stage of the
/// environment.
static CONFIG: ColdStart<Config> = ColdStart::new()
    .max_age(Duration::from_mins(5))
    .serve_stale(Duration::from_mins(30))
    .loader(from_loopback);

/// One invocation.
async fn handler() -> Result<&'static str, LoadError> {
    let config = CONFIG.get().await?;
    if stripe_accepts(&config.stripe_secret_key) {
        return Ok("charged");
    }
    // The key may have been replaced since it was loaded.
    let config = CONFIG.refresh().await?;
    let accepted = stripe_accepts(&config.stripe_secret_key);
    Ok(if accepted { "charged, with a new key" } else { "refused" })
}

/// Stands in for Stripe. After the key is replaced, it accepts only the second one.
fn stripe_accepts(key: &SecretString) -> bool {
    let valid = if REPLACED.load(Ordering::Relaxed) { "sk_live_second" } else { "sk_live_first" };
    key.expose_secret() == valid
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut invocations: JoinSet<_> = (0..1000).map(|_| handler()).collect();
    while let Some(done) = invocations.join_next().await {
        done??;
    }
    println!("1000 invocations at once, requests: {}", STORE.calls().total());

    handler().await?;
    println!("one more, requests: {}", STORE.calls().total());

    // Within a second of the last load, `refresh` returns its value.
    tokio::time::sleep(Duration::from_secs(1)).await;
    STORE.put(Parameter::secure_string("/stripeSecretKey/live", "sk_live_second"))?;
    REPLACED.store(true, Ordering::Relaxed);
    println!("after the key was replaced: {}", handler().await?);
    println!("in all, requests: {}", STORE.calls().total());
    Ok(())
}

// The rest stands in for AWS and for Stripe.

static REPLACED: AtomicBool = AtomicBool::new(false);

static STORE: LazyLock<LocalStore> = LazyLock::new(|| {
    LocalStore::start([Parameter::secure_string("/stripeSecretKey/live", "sk_live_first")])
        .expect("there is a free port on loopback")
});

fn from_loopback() -> Loader<Config> {
    Config::loader().stage("prod").client(STORE.client())
}
