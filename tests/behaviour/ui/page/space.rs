use stage_config::{SecretString, StageConfig};

#[derive(StageConfig)]
struct Config {
    #[ssm(dev = "/stripe secret/test", prod = "/stripeSecretKey/live")] //~
    stripe_secret_key: SecretString,
}

fn main() {}
