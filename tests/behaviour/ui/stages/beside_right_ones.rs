use stage_config::StageConfig;

#[derive(StageConfig)]
struct Config {
    #[ssm(dev = "/a", prod = "/b")]
    right: String,
    #[ssm(prdo = "/c", dev = "/a", prod = "/b")] //~
    one_too_many: String,
    #[ssm(prdo = "/c", prod = "/b")] //~
    for_the_one_that_is_missing: String,
}

fn main() {}
