use std::collections::BTreeMap;

use stage_config::{SecretString, StageConfig};

#[derive(StageConfig)]
struct Config {
    #[env("A", defualt = 1)] //~
    misspelt: u8,
    #[ssm("/a", jsn)] //~
    misspelt_flag: u8,
    #[ssm("/a", json_kye)] //~
    misspelt_without_a_value: String,
    #[ssm("/a", default = 1, default = 2)] //~
    twice: u8,
    #[ssm("/a", default)] //~
    no_value: u8,
    #[ssm("/a", default("x"))] //~
    called: String,
    #[ssm("/a", json = true)] //~
    flag_with_a_value: u8,
    #[ssm("/a", base64("x"))] //~
    flag_with_another_value: String,
    #[ssm("/a", json_key = password)] //~
    json_key_without_quotes: String,
    #[ssm("/a", json_key = "$.a[0]")] //~
    json_path: String,
    #[ssm("/a", parse_with = "parse")] //~
    function_in_quotes: u8,
    #[ssm("/a", parse_with = |text| text.parse())] //~
    closure: u8,
    #[ssm("/a", json, parse_with = parse)] //~
    json_and_function: u8,
    #[value(1, json)] //~
    key_of_another_attribute: u8,
    #[ssm_path("/flags", default = BTreeMap::new())] //~
    default_of_a_path: BTreeMap<String, bool>,
    #[nested(json)] //~
    json_of_a_struct: Database,
    #[ssm("/a", env = "A")] //~
    another_attribute: String,
    #[ssm("/a", fallback = prod)] //~
    key_of_the_struct: u8,
    #[ssm(name = "/a")] //~
    name_as_a_key: u8,
    #[secret("a", version = "3")] //~
    no_such_key: SecretString,
    #[ssm("/a", required)] //~
    required: String,
}

fn parse(text: &str) -> Result<u8, std::num::ParseIntError> {
    text.parse()
}

#[derive(StageConfig)]
struct Database {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod))]
struct NextToAnInvalidName {
    #[ssm("/app/$stage/key", optional)] //~~
    unknown: String,
    #[ssm("/stripe secret", prod)] //~~
    stage: String,
    #[ssm(dev = "/stripe secret", prod = "/stripe", json, parse_with = parse)] //~~
    exclusive: u8,
    #[ssm("/stripe secret", default("/a"))] //~~
    no_sign: String,
}

fn main() {}
