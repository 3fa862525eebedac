use std::collections::BTreeMap;

use stage_config::StageConfig;

#[derive(StageConfig)]
struct Config {
    #[ssm_path("/flags", requierd)] //~
    misspelt: BTreeMap<String, bool>,
    #[ssm_path("/flags", required = true)] //~
    with_a_value: BTreeMap<String, bool>,
    #[ssm_path("/flags", required())] //~
    with_parentheses: BTreeMap<String, bool>,
    #[ssm_path("/flags", required, required)] //~
    twice: BTreeMap<String, bool>,
    #[ssm_path("/flags", default = BTreeMap::new())] //~
    default: BTreeMap<String, bool>,
    #[ssm_path("/flags", optional)] //~
    optional: BTreeMap<String, bool>,
    #[ssm_path("/flags", recursive = true)] //~
    recursive: BTreeMap<String, bool>,
    #[ssm_path("/flags", json)] //~
    json: BTreeMap<String, bool>,
    #[ssm("/a", required)] //~
    on_a_parameter: String,
    #[env("A", required)] //~
    on_a_variable: String,
    #[secret("a", required)] //~
    on_a_secret: String,
    #[value(1, required)] //~
    on_a_value: u8,
}

fn main() {}
