use stage_config::{SecretString, StageConfig};

#[derive(StageConfig)]
struct Config {
    #[ssm("/a", json = true)] //~
    json_with_a_value: Vec<u8>,
    #[ssm("/a", json("x"))] //~
    json_with_parentheses: Vec<u8>,
    #[ssm("/a", json, json)] //~
    json_twice: Vec<u8>,
    #[ssm("/a", jsn)] //~
    json_misspelt: Vec<u8>,
    #[ssm("/a", JSON)] //~
    json_in_capitals: Vec<u8>,
    #[ssm("/a", json_key)] //~
    key_without_value: String,
    #[ssm("/a", json_key = password)] //~
    key_without_quotes: String,
    #[ssm("/a", json_key = "")] //~
    key_empty: String,
    #[ssm("/a", json_key = "a..b")] //~
    key_with_an_empty_part: String,
    #[ssm("/a", json_key = ".a")] //~
    key_with_a_dot_in_front: String,
    #[ssm("/a", json_key = 0)] //~
    key_is_a_number: String,
    #[ssm("/a", json_key("x"))] //~
    key_with_parentheses: String,
    #[ssm("/a", json_kye = "x")] //~
    key_misspelt: String,
    #[ssm("/a", jsonkey = "x")] //~
    key_without_underscore: String,
    #[ssm("/a", json_key = "x", json_key = "y")] //~
    key_twice: String,
    #[ssm("/a", json = "password")] //~
    key_under_the_wrong_word: SecretString,
    #[ssm("/a", base64 = true)] //~
    base64_with_a_value: Vec<u8>,
    #[ssm("/a", base64 = false)] //~
    base64_refused: String,
    #[ssm("/a", bas64)] //~
    base64_misspelt: Vec<u8>,
    #[ssm("/a", base64, base64)] //~
    base64_twice: Vec<u8>,
    #[ssm("/a", base_64)] //~
    base64_with_underscore: Vec<u8>,
    #[ssm("/a", parse_with = "parse")] //~
    function_in_quotes: u8,
    #[ssm("/a", parse_with = "not a path")] //~
    words_in_quotes: u8,
    #[ssm("/a", parse_with = |text| text.parse())] //~
    closure: u8,
    #[ssm("/a", parse_with = parse())] //~
    called: u8,
    #[ssm("/a", parse_with(parse))] //~
    function_in_parentheses: u8,
    #[ssm("/a", parse_wiht = parse)] //~
    function_misspelt: u8,
    #[ssm("/a", parse_with)] //~
    no_function: u8,
    #[ssm("/a", parse_with = parse, parse_with = parse)] //~
    two_functions: u8,
    #[ssm("/a", json, parse_with = parse)] //~
    json_and_function: u8,
    #[ssm("/a", parse_with = parse, json)] //~
    function_and_json: u8,
    #[value(1, json)] //~
    json_on_a_value: u8,
    #[value(dev = 1, prod = 2, base64)] //~
    base64_on_a_value: u8,
    #[stage(json)] //~
    json_on_the_stage: String,
    #[ssm("/a", with = parse)] //~
    another_word: u8,
    #[ssm("/a", trim)] //~
    no_such_key: u8,
    #[ssm(json)] //~
    no_name: Vec<u8>,
    #[ssm(json, "/a")]
    name_behind_the_key: Vec<u8>,
    #[ssm("/a" json)] //~
    no_comma: Vec<u8>,
    #[ssm("/a", parse_with: parse)] //~
    colon: u8,
}

fn parse(text: &str) -> Result<u8, std::num::ParseIntError> {
    text.parse()
}

fn main() {}
