use stage_config::StageConfig;
use stage_config::{SecretBox, SecretString};

type Hidden = SecretString;

#[derive(StageConfig)]
struct Config {
    #[value("sk_live_1")] //~
    value: SecretString,
    #[value(dev = "sk_test_1", prod = "sk_live_1")] //~
    by_stage: SecretString,
    #[ssm("/a", default = "sk_live_1")] //~
    default: SecretString,
    #[ssm("/b", default = SecretBox::new(Box::new(7)))] //~
    boxed: SecretBox<u32>,
    #[value("sk_live_1")] //~
    alias: Hidden,
    #[ssm("/c", default = "sk_live_1")] //~
    default_of_an_alias: Hidden,
    #[env("D", default = "sk_live_1")] //~
    variable: SecretString,
    #[value("sk_live_1")] //~
    optional: Option<SecretString>,
    #[value(7)] //~
    of_the_type_within: SecretBox<u32>,
}

fn main() {}
