use stage_config::{SecretString, StageConfig};

#[derive(StageConfig)]
struct Config {
    #[ssm(dev = "/stripeSecretKey/test", prod = "/stripeSecretKey/live")]
    stripe_secret_key: SecretString,
    #[ssm(dev = "/limit/dev")] //~
    limit: u32,
}

fn main() {}
