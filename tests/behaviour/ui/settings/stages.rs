use stage_config::StageConfig;

#[derive(StageConfig)]
#[stage_config(stages())] //~
struct None {}

#[derive(StageConfig)]
#[stage_config(stages = [dev, prod])] //~
struct AList {
    #[ssm(dev = "/a", prod = "/b")]
    a: String,
}

#[derive(StageConfig)]
#[stage_config(stages(dev staging; prod))] //~~
struct Commas {}

#[derive(StageConfig)]
#[stage_config(stages(dev, "qa", pre-prod, try, 2, live(), prod = "production"))] //~~~~~~
struct NoStages {
    #[ssm(dev = "/a", prod = "/b")]
    a: String,
}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod, fallback = prod))] //~
struct SettingWithin {}

#[derive(StageConfig)]
#[stage_config(stages(dev(rename = staging), prod(name = "a", alias = ["b"], rename = "c")))] //~~~
struct Names {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod(alias = ""), live(rename = " live")))] //~~
struct EmptyNames {}

#[derive(StageConfig)]
#[stage_config(stages(dev, dev, prod(alias = "production"), live(alias = "production")))] //~~
struct Twice {}

#[derive(StageConfig)]
#[stage_config(stages(dev, Dev, none, json))] //~~~
struct Reserved {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod), fallback = prdo)] //~
struct MisspeltFallback {}

#[derive(StageConfig)]
#[stage_config(fallback = staging)] //~
struct UnknownFallback {
    #[ssm(dev = "/a", prod = "/b")]
    a: String,
}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod(rename = "prod eu")))] //~
struct NoPartOfAName {
    #[ssm("/app/{stage}/key")]
    a: String,
}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod(rename = "2")))]
struct NoLabel {
    #[ssm("/app/key:{stage}x")] //~
    a: String,
}

#[derive(StageConfig)]
#[stage_config(stages(dev, "prod", two), fallback = prod)] //~
struct PartlyReadable {
    #[ssm(dev = "/a", prod = "/b", two = "/c")]
    whole: String,
    #[ssm(dev = "/a", prod = "/b")] //~
    missing: String,
    #[ssm(tow = "/c", dev = "/a", prod = "/b")] //~
    misspelt: String,
}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod), stages(qa))] //~
struct InTwoLists {
    #[ssm(dev = "/a", prod = "/b", qa = "/c")]
    all: String,
    #[ssm(dev = "/a", prod = "/b")]
    first: String,
}

fn main() {}
