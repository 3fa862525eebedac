use stage_config::StageConfig;

#[derive(StageConfig)]
#[stage_config()] //~
struct Empty {}

#[derive(StageConfig)]
#[stage_config = "dev"] //~
struct Assigned {}

#[derive(StageConfig)]
#[stage_config[stages(dev, prod)]] //~
struct Brackets {}

#[derive(StageConfig)]
#[stage_config(stages = [dev, prod])] //~
struct AList {}

#[derive(StageConfig)]
#[stage_config(stages[dev, prod])] //~
struct ListInBrackets {}

#[derive(StageConfig)]
#[stage_config(stages(dev prod))] //~
struct NoCommaInTheList {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod) fallback = dev)] //~
struct NoCommaBehindTheList {}

#[derive(StageConfig)]
#[stage_config(stages(dev, 2, "prod"))] //~
struct NoNames {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod), fallback = Dev)] //~
struct FallbackInAnotherCase {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod))]
#[stage_config(stages(dev, staging))] //~
struct Twice {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod), fallback)] //~
struct BareKey {}

#[derive(StageConfig)]
#[stage_config(stage_env = "A", stage_env = "B")] //~
struct TwoVariables {}

#[derive(StageConfig)]
#[stage_config(stage_env("STAGE"))] //~
struct InParentheses {}

fn main() {}
