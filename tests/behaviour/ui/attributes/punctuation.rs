use stage_config::StageConfig;

#[derive(StageConfig)]
struct Config {
    #[ssm(dev = "/a" prod = "/b")] //~
    missing_comma: String,
    #[ssm("/a" "/b")] //~
    two_names: String,
    #[ssm("/a" "/b", default = "x")] //~
    two_names_and_a_key: String,
    #[value(1 2, dev = 3)] //~
    two_values: u8,
    #[ssm(dev = "/a" "/b", prod = "/c")] //~
    two_names_for_a_stage: String,
    #[ssm(dev = "/a"; prod = "/b")] //~
    semicolon: String,
    #[ssm(dev: "/a", prod = "/b")] //~
    colon: String,
    #[ssm(dev => "/a", prod = "/b")] //~
    arrow: String,
    #[ssm(dev = , prod = "/b")] //~
    no_value: String,
    #[ssm(dev, prod = "/b")] //~
    lone_key: String,
    #[ssm(dev)] //~
    lone_stage: String,
    #[ssm(dev = /a, prod = "/b")] //~
    no_quotes: String,
    #[ssm(, "/a")] //~
    leading_comma: String,
    #[value(1 +)] //~
    half_an_expression: u8,
    #[ssm("dev" = "/a", "prod" = "/b")] //~~
    keys_in_quotes: String,
    #[ssm("dev" => "/a", "prod": "/b")] //~~
    keys_in_quotes_with_other_signs: String,
    #[ssm(dev "/a", prod "/b")] //~~
    no_signs: String,
    #[env("A", default "/b")] //~
    no_sign_behind_a_key: String,
}

#[derive(StageConfig)]
struct Hyphen {
    #[ssm(dev = "/a", pre-prod = "/b")] //~
    a: String,
}

fn main() {}
