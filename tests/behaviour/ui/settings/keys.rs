use stage_config::StageConfig;

#[derive(StageConfig)]
#[stage_config] //~
struct Bare {}

#[derive(StageConfig)]
#[stage_config = "dev"] //~
struct Assigned {}

#[derive(StageConfig)]
#[stage_config("dev", fallbak = none, default = dev, prefix = "/app")] //~~~~
struct Unknown {}

#[derive(StageConfig)]
#[stage_config(env = "STAGE", parameters = Names, near_miss)] //~~~
struct OtherWords {}

#[derive(StageConfig)]
#[stage_config(stage = "STAGE")] //~
struct StageForItsVariable {}

#[derive(StageConfig)]
#[stage_config(stage_env = "A", stage_env = "B")] //~
struct Twice {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod))]
#[stage_config(stages(staging))] //~
struct TwoLists {
    #[ssm(dev = "/a", prod = "/b", staging = "/c")]
    a: String,
}

#[derive(StageConfig)]
#[stage_config(stages(dev), staging, prod)] //~
struct Outside {
    #[ssm(dev = "/a", staging = "/b", prod = "/c")]
    a: String,
}

fn main() {}
