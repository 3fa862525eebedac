use stage_config::{SecretString, StageConfig};

#[derive(StageConfig)]
struct Config {
    #[ssm(dev = "/payments/test", prod = "/pаyments/live")] //~
    payments_key: SecretString,
}

fn main() {}
