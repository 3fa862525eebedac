use stage_config::StageConfig;

#[derive(StageConfig)]
#[stage_config(stages(dev, prod), snapshot = "/parameters")] //~
struct Absolute {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod), snapshot = "C:\\parameters")] //~
struct OfOneMachine {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod), snapshot = "")] //~
struct Empty {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod), snapshot = " parameters")] //~
struct Whitespace {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod), snapshot = "paramters")] //~
struct Misspelt {}

#[derive(StageConfig)]
#[stage_config(stages(qa, staging), snapshot = "parameters")] //~
struct OfOtherStages {}

#[derive(StageConfig)]
#[stage_config(snapshot = "parameters")] //~
struct WithoutStages {
    #[ssm("/release")]
    release: String,
}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod), snapshot = "broken")] //~~
struct Broken {}

#[derive(StageConfig)]
#[stage_config(accounts(prod = "444455556666"), stages(dev, prod), snapshot = "foreign")] //~~
struct Foreign {}

#[derive(StageConfig)]
#[stage_config(stages(dev, qa, prod), snapshot = "deleted")] //~
struct Deleted {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod), snapshot = parameters, snapshots = "parameters")] //~~
struct Forms {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod), snapshot = "parameters", snapshot = "parameters")] //~
struct Twice {}

fn main() {}
