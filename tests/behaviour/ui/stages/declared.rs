use stage_config::StageConfig;

#[derive(StageConfig)]
#[stage_config(stages(dev, staging, prod(rename = "production")))]
struct Config {
    #[ssm(dev = "/a", stagign = "/b", production = "/c")] //~~
    other_words: String,
    #[value(dev = 1, live = 2, prod = 3)] //~
    unknown: u8,
    #[value(dev = 1, staging = 2, prod = 3, live = 4)] //~
    one_too_many: u8,
    #[value(dev = 1, staging = 2, prod = 3, prod = 4)] //~
    twice: u8,
    #[value(dev = 1, staging = 2, prod)] //~
    no_value: u8,
    #[ssm(dev = "/a")] //~
    two_are_missing: String,
    #[ssm(dev = "/app/dev/url", prod = "/app/production/url:3")] //~
    one_is_missing: String,
    #[nested(staging = "/db", prod = "/db/prod")] //~
    missing_path: Database,
    #[value(dev = 1)] //~
    missing_values: u8,
}

#[derive(StageConfig)]
struct Database {}

fn main() {}
