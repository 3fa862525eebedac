use stage_config::{SecretString, StageConfig};

#[derive(StageConfig)]
struct Config {
    #[value("sk_live_1")] //~
    value: SecretString,
    #[ssm("/a", default = "sk_live_1")] //~
    default: SecretString,
}

fn main() {}
