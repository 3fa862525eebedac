//! `tests/run` builds this program as small as functions are built, and looks for its description.

use std::process::ExitCode;

use stage_config::{Fixed, SecretString, StageConfig};

#[derive(StageConfig)]
#[expect(dead_code, reason = "it is loaded and not read")]
struct Described {
    /// Stripe secret key
    #[ssm(dev = "/stripeSecretKey/test", prod = "/stripeSecretKey/live")]
    stripe_secret_key: SecretString,
}

/// Nobody loads it, so the program has no description of it.
#[derive(StageConfig)]
#[expect(dead_code, reason = "it is not loaded")]
struct Unused {
    #[ssm("/unused")]
    unused: String,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let values = Fixed::from([("/stripeSecretKey/test", "sk_test_1")]);
    let loaded = Described::loader().stage("dev").source(values).load().await;
    if loaded.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
