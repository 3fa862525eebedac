use stage_config::StageConfig;

#[derive(StageConfig)]
#[stage_config] //~
struct Bare {}

#[derive(StageConfig)]
#[stage_config(stage(dev, prod), default = dev, ssm, "dev", fallback = none, fallback = none)] //~~~~~
struct Keys {}

#[derive(StageConfig)]
#[stage_config(stages("dev", "prod"), fallback = "dev", stage_env = STAGE, allow_near_misses = deny)] //~~~~
struct Values {
    #[ssm(dev = "/a", prod = "/b")]
    a: String,
}

#[derive(StageConfig)]
#[stage_config(stages, fallback(dev), parameters = "Names")] //~~~
struct Forms {
    #[ssm(dev = "/a", prod = "/b")]
    a: String,
}

#[derive(StageConfig)]
#[stage_config(stages(), names = Same)] //~~
struct Same {
    #[ssm("/a")]
    a: String,
}

fn main() {}
