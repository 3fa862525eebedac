use stage_config::StageConfig;

#[derive(StageConfig)]
#[stage_config] //~
struct Bare {}

#[derive(StageConfig)]
#[stage_config(stage(dev, prod), default = dev, ssm, "dev", fallback = none, fallback = none)] //~~~~~
struct Keys {}

#[derive(StageConfig)]
#[stage_config(stages("dev", "prod"), fallback = "dev", env = STAGE, near_miss = deny)] //~~~~
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
#[stage_config(stages(), parameters = Same)] //~~
struct Same {
    #[ssm("/a")]
    a: String,
}

fn main() {}
