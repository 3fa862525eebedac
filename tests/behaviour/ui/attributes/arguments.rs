use stage_config::StageConfig;

#[derive(StageConfig)]
#[stage_config(stages(dev, prod))]
struct Config {
    #[ssm(dev = "/a" prod = "/b")] //~
    no_comma: String,
    #[ssm("/a"; json)] //~
    semicolon: u8,
    #[ssm("/a",, json)] //~
    two_commas: u8,
    #[ssm(dev: "/a", prod = "/b")] //~
    colon: String,
    #[ssm("dev" => "/a", "prod" => "/b")] //~~
    arrows_and_quotes: String,
    #[ssm(dev "/a", prod("/b"))] //~~
    no_signs: String,
    #[ssm(dev = , prod = "/b")] //~
    no_value: String,
    #[ssm(dev, prod = "/b")] //~
    nothing_but_a_stage: String,
    #[ssm(dev = "/a", pre-prod = "/b")] //~
    hyphen: String,
    #[ssm(dev = "/a", _ = "/b")] //~
    placeholder: String,
    #[value(1 +)] //~
    half_an_expression: u8,
}

#[derive(StageConfig)]
struct Keywords {
    #[ssm(dev = "/a", try = "/b")] //~
    usable_as_a_raw_one: String,
    #[value(dev = 1, self = 2)] //~
    never_usable: u8,
}

#[derive(StageConfig)]
#[stage_config(stages(dev, r#try))]
struct RawKeyword {
    #[value(dev = 1)] //~
    missing: String,
    #[ssm(dev = "/a", tyr = "/b")] //~
    misspelt: String,
}

fn main() {}
