use std::collections::BTreeMap;

use stage_config::StageConfig;

#[derive(StageConfig)]
struct Config {
    #[ssm_path(dev = "/flags/dev", prod = "/flags/prod")]
    right: BTreeMap<String, bool>,
    #[ssm_path("flags")] //~
    relative: BTreeMap<String, bool>,
    #[ssm_path("flags/dev")] //~
    relative_with_levels: BTreeMap<String, bool>,
    #[ssm_path("/flags/")] //~
    slash_at_the_end: BTreeMap<String, bool>,
    #[ssm_path("/")] //~
    everything: BTreeMap<String, bool>,
    #[ssm_path("/flags/*")] //~
    star: BTreeMap<String, bool>,
    #[ssm_path("/flags:3")] //~
    version: BTreeMap<String, bool>,
    #[ssm_path("/flags:blue")] //~
    label: BTreeMap<String, bool>,
    #[ssm_path("arn:aws:ssm:us-east-1:123456789012:parameter/flags")] //~
    an_arn: BTreeMap<String, bool>,
    #[ssm_path("/aws/reference/secretsmanager/app")] //~
    of_secrets: BTreeMap<String, bool>,
    #[ssm_path("/aws/reference/secretsmanager")] //~
    of_all_secrets: BTreeMap<String, bool>,
    #[ssm_path("")] //~
    empty: BTreeMap<String, bool>,
    #[ssm_path("/flags/{stag}")] //~
    placeholder: BTreeMap<String, bool>,
    #[ssm_path(dev = "/flags/dev")] //~
    no_path_for_prod: BTreeMap<String, bool>,
    #[ssm_path] //~
    none: BTreeMap<String, bool>,
    #[ssm_path(flags)] //~
    no_quotes: BTreeMap<String, bool>,
    #[ssm_path("/a", "/b")] //~
    two: BTreeMap<String, bool>,
}

fn main() {}
