use stage_config::{SecretString, StageConfig};

#[derive(StageConfig)]
struct Config {
    #[ssm("/stripeSecretKey", default = "sk_test_1")] //~
    stripe_secret_key: SecretString,
}

fn main() {}
