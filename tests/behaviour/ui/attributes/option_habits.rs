use stage_config::StageConfig;

#[derive(StageConfig)]
#[stage_config(stages(dev, prod(rename = "a"), prod(rename = "b")))] //~
struct Twice {}

#[derive(StageConfig)]
#[stage_config(stages(dev; prod))] //~
struct Semicolon {}

#[derive(StageConfig)]
#[stage_config(stages(none, prod))] //~
struct NoneIsAStage {}

#[derive(StageConfig)]
#[stage_config(stages(json, prod))] //~
struct JsonIsAStage {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod(rename = 'p')))] //~
struct Character {}

#[derive(StageConfig)]
#[stage_config(stages(dev(rename = "Dev"), prod(rename = "DEV")))] //~
struct NamesInTwoCases {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod => "production"))] //~
struct Arrow {}

#[derive(StageConfig)]
#[stage_config(stages("dev", "stage 2"))] //~
struct BlankInQuotes {}

#[derive(StageConfig)]
#[stage_config(stages(dev, 2))] //~
struct ANumber {}

#[derive(StageConfig)]
#[stage_config(stages = "dev, prod")] //~
struct OneString {}

#[derive(StageConfig)]
#[stage_config(stages = ["dev", "prod"])] //~
struct ListOfStrings {}

#[derive(StageConfig)]
#[stage_config(stages { dev, prod })] //~
struct Braces {}

#[derive(StageConfig)]
#[stage_config(stage(dev, prod))] //~
struct Singular {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod), default = dev)] //~
struct DefaultForFallback {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod), prefix = "/app")] //~
struct Prefix {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod), allow_near_misses = true)] //~
struct NearMissIsTrue {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod), near_miss)] //~
struct NearMissAlone {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod), fallback = None)] //~
struct NoneInCapitals {}

#[derive(StageConfig)]
#[stage_config(stages(self, prod))] //~
struct SelfIsAStage {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod), fallback(dev))] //~
struct FallbackCalled {}

#[derive(StageConfig)]
#[stage_config(stages(dev, staging(alias = "stg" | "stage")), stage_env(STAGE))] //~~
struct Alternatives {}

#[derive(StageConfig)]
#[stage_config(dev, prod)] //~
struct StagesAlone {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod: "x"))] //~
struct Colon {
    #[ssm(dev = "/a", prod = "/b")]
    a: String,
}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod, fallback = prod))] //~
struct FallbackWithin {}

#[derive(StageConfig)]
#[stage_config(stages(dev, stage_env = "STAGE"))] //~
struct VariableWithin {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod), near_miss = deny)] //~
struct NearMissDenied {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod), near_miss = allow)] //~
struct NearMissAllowed {}

#[derive(StageConfig)]
#[stage_config(env = "STAGE", parameters = Names)] //~~
struct OtherWords {}

fn main() {}
