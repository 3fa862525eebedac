use stage_config::{SecretString, StageConfig};

#[derive(StageConfig)]
#[stage_config(snapshot = "parameters")]
struct Config {
    #[ssm(dev = "/stripe/test", prod = "/stripe/liev")] //~
    stripe_secret_key: SecretString,
}

fn main() {}
