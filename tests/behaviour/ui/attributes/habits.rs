use std::collections::BTreeMap;

use stage_config::{SecretString, StageConfig};

#[derive(StageConfig)]
#[stage_config(stages(dev, prod))]
struct Config {
    #[ssm(dev = "/a", prod = "/b", prod = "/c", json)] //~
    stage_twice: u8,
    #[ssm("/a", default = "x", default = "y")] //~
    default_twice: String,
    #[ssm("/a", default)] //~
    default_alone: String,
    #[ssm("/a", default("x"))] //~
    default_called: String,
    #[ssm("/a", default = )] //~
    default_without_value: String,
    #[ssm("/a",, json)] //~
    two_commas: u8,
    #[ssm(/a)] //~
    no_quotes: u8,
    #[ssm("/a"; json)] //~
    semicolon: u8,
    #[ssm(["/a", "/b"])] //~
    a_list: u8,
    #[ssm(dev => "/a", prod => "/b")] //~~
    arrows: u8,
    #[ssm({ dev = "/a", prod = "/b" })] //~
    braces: u8,
    #[ssm(dev("/a"), prod("/b"))] //~~
    stages_called: u8,
    #[ssm(stage = "/a")] //~
    stage_as_a_key: u8,
    #[ssm(dev = "/a", prod = "/b", _ = "/c")] //~
    underscore: u8,
    #[ssm(dev = "/a", prod = "/b", else = "/c")] //~
    reserved_word: u8,
    #[ssm(name = "/a", json)] //~
    name_as_a_key: u8,
    #[ssm(path = "/a", default = 1)] //~
    path_as_a_key: u8,
    #[secret(id = "a")] //~
    id_as_a_key: u8,
    #[env(NAME)] //~
    constant_as_a_variable: u8,
    #[env("A", "B")] //~
    two_variables: u8,
    #[env(dev = "A", prod = "B")] //~~
    variable_by_stage: u8,
    #[env("A", parse = u8::from_str)] //~
    parse: u8,
    #[env(name = "A")] //~
    variable_by_name: u8,
    #[env] //~
    no_variable: u8,
    #[value] //~
    no_value: u8,
    #[value()] //~
    empty_parentheses: u8,
    #[value = 1] //~
    assigned_value: u8,
    #[stage = "dev"] //~
    assigned_stage: String,
    #[ssm(dev = "/a" prod = "/b")] //~
    no_comma: u8,
    #[ssm(b"/a")] //~
    bytes: u8,
    #[ssm('a')] //~
    character: u8,
    #[ssm(concat!("/a", "/b"))] //~
    concatenated: u8,
    #[ssm("/a" + "/b")] //~
    added: u8,
    #[ssm_path("/a", json_key = "x")] //~
    json_key_of_a_path: BTreeMap<String, u8>,
    #[ssm("/a", json_key)] //~
    json_key_alone: u8,
    #[ssm("/a", secret)] //~
    secret_as_a_word: u8,
    #[ssm("/a", optional = true)] //~
    optional: u8,
    #[secret("a", version = "3")] //~
    version: SecretString,
    #[ssm("/a", fallback = dev)] //~
    fallback: u8,
    #[ssm("/a", env = "X")] //~
    env_as_a_key: u8,
    #[ssm(prefix("/a"))] //~
    prefix: u8,
    #[value(dev = 5, prod)] //~
    lone_stage: u8,
}

fn main() {}
