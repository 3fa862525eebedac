use stage_config::StageConfig;

#[derive(StageConfig)]
#[stage_config(stages(dev, prod(rename = production)))] //~
struct NoQuotes {
    #[ssm(dev = "/a", prod = "/b")]
    a: String,
}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod()))] //~
struct NoNames {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod(rename = "")))] //~
struct EmptyName {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod(rename = " prod")))] //~
struct OuterBlank {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod(alias = "production"), live(alias = "production")))] //~
struct OneNameOfTwoStages {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod(alias = "prod")))] //~
struct OneNameTwice {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod(alias = "PROD")))] //~
struct OneNameInTwoCases {}

#[derive(StageConfig)]
#[stage_config(stages(dev, Dev))] //~
struct TwoStagesInTwoCases {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod(rename = "dev")))] //~
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
#[stage_config(stages(dev, prod = ["prod", "production"]))] //~
struct AList {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod(name = "production", aliases = "live")))] //~
struct OtherWords {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod: "production"))] //~
struct Colon {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod(alias = ["production", "live"])))] //~
struct ListOfAliases {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod(rename = "production")))]
struct ByItsName {
    #[ssm(dev = "/a", production = "/b")] //~
    keyed_by_the_name: String,
    #[nested(dev = "/a", production = "/b")] //~
    nested_keyed_by_the_name: Nested,
}

#[derive(StageConfig)]
struct Nested {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod(rename = "production")), fallback = production)] //~
struct FallbackByItsName {}

#[derive(StageConfig)]
#[stage_config(stages(dev(fallback), prod))] //~
struct FallbackInAStage {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod(rename = "production")), fallback = "prod")] //~
struct FallbackInQuotes {}

#[derive(StageConfig)]
#[stage_config(stages())] //~
struct None {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod = "production"))] //~
struct Assigned {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod(rename = "a", rename = "b")))] //~
struct TwoNames {}

fn main() {}
