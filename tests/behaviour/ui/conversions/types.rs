use stage_config::{SecretString, StageConfig};

struct Plain;

#[derive(StageConfig)]
struct Config {
    #[ssm("/a", base64)]
    base64_of_a_number: u32, //~
    #[ssm("/a", base64)]
    base64_of_a_list: Vec<String>, //~
    #[ssm("/a", json)]
    json_of_what_is_not_deserialize: Plain, //~
    #[ssm("/a", json)]
    json_of_a_list_of_it: Vec<Plain>, //~
    #[ssm("/a", json)]
    json_of_an_optional_one: Option<Plain>, //~
    #[secret("a", json)]
    json_of_a_secret: SecretString,
    #[ssm("/a", json_key = "b")]
    key_of_what_is_not_readable: Plain, //~
    #[ssm("/a", json, default = "[1]")]
    json_with_a_literal_default: Vec<u8>,
    #[ssm("/a", json, default = 1u32)] //~
    json_with_a_default_of_another_type: u8,
}

fn main() {}
