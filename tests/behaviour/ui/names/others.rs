use std::collections::BTreeMap;

use stage_config::{SecretString, StageConfig};

#[derive(StageConfig)]
struct Secrets {
    #[secret("")] //~
    empty: SecretString,
    #[secret("stripe#live")] //~
    character: SecretString,
    #[secret("/aws/reference/secretsmanager/stripe/live")] //~
    with_the_prefix: SecretString,
    #[secret("arn:aws:secretsmanager:us-east-1:123456789012:secret:stripe/live-AbCdEf")] //~
    an_arn: SecretString,
    #[secret(dev = "stripe/dev")] //~
    missing: SecretString,
    #[secret(dev = "stripe/dev", prod = "stripe/live")]
    right: SecretString,
    #[secret(dev = "stripe/test", prod = "stripe/live")]
    right_too: SecretString,
}

#[derive(StageConfig)]
struct Paths {
    #[ssm_path("flags")] //~
    relative: BTreeMap<String, bool>,
    #[ssm_path("/flags:3")] //~
    selector: BTreeMap<String, bool>,
    #[ssm_path("arn:aws:ssm:us-east-1:123456789012:parameter/flags")] //~
    an_arn: BTreeMap<String, bool>,
    #[ssm_path("/aws/reference/secretsmanager/app")] //~
    of_secrets: BTreeMap<String, bool>,
}

#[derive(StageConfig)]
#[stage_config(stage_env = " STAGE ")] //~
struct Variables {
    #[env("")] //~
    empty: String,
    #[env("TABLE=orders")] //~
    assigned: String,
    #[env("TABLE_{stage}")] //~
    placeholder: String,
}

fn main() {}
