use stage_config::StageConfig;

#[derive(StageConfig)]
#[stage_config(stages(dev, prod = production))] //~
struct NoQuotes {
    #[ssm(dev = "/a", prod = "/b")]
    a: String,
}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod = []))] //~
struct EmptyList {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod = ""))] //~
struct EmptyName {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod = " prod"))] //~
struct OuterBlank {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod = ["prod", "production"], live = "production"))] //~
struct OneNameOfTwoStages {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod = ["prod", "prod"]))] //~
struct OneNameTwice {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod = ["prod", "PROD"]))] //~
struct OneNameInTwoCases {}

#[derive(StageConfig)]
#[stage_config(stages(dev, Dev))] //~
struct TwoStagesInTwoCases {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod = "dev"))] //~
struct NameOfAnotherStage {}

#[derive(StageConfig)]
#[stage_config(stages(dev, pre-prod))] //~
struct Hyphen {}

#[derive(StageConfig)]
#[stage_config(stages("dev", "prod"))] //~
struct InQuotes {
    #[ssm(dev = "/a", prod = "/b")]
    a: String,
}

#[derive(StageConfig)]
#[stage_config(stages("dev", "pre-prod"))] //~
struct HyphenInQuotes {}

#[derive(StageConfig)]
#[stage_config(stages(dev, "pre-prod" = "pre-prod"))] //~
struct KeyInQuotes {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod("production")))] //~
struct InParentheses {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod = ("prod", "production")))] //~
struct ATuple {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod = "prod" | "production"))] //~
struct Alternatives {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod: "production"))] //~
struct Colon {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod = ["prod", production]))] //~
struct OneWithoutQuotes {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod = "production"))]
struct ByItsName {
    #[ssm(dev = "/a", production = "/b")] //~
    keyed_by_the_name: String,
    #[nested(prefix(dev = "/a", production = "/b"))] //~
    prefix_keyed_by_the_name: Nested,
}

#[derive(StageConfig)]
struct Nested {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod = "production"), fallback = production)] //~
struct FallbackByItsName {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod = "production"), fallback = "prod")] //~
struct FallbackInQuotes {}

#[derive(StageConfig)]
#[stage_config(stages())] //~
struct None {}

fn main() {}
