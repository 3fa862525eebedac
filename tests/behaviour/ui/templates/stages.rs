use stage_config::StageConfig;

#[derive(StageConfig)]
#[stage_config(stages(dev, prod(rename = "prod eu")))] //~
struct NoPartOfAName {
    #[ssm("/app/{stage}/key")]
    parameter: String,
    #[ssm("/other/{stage}/key")]
    another: String,
}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod(rename = "prod/eu", alias = "prod")))] //~
struct OfTwoLevels {
    #[ssm("/app/{stage}/key")]
    parameter: String,
}

#[derive(StageConfig)]
#[stage_config(stages(dev, größe))] //~
struct InAnotherAlphabet {
    #[ssm("/app/{stage}/key")]
    parameter: String,
}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod(rename = "2")))]
struct NoLabel {
    #[ssm("/app/key:{stage}x")] //~
    parameter: String,
}

#[derive(StageConfig)]
struct InOneOfTwo {
    #[ssm(dev = "/app/{stage}/key", prod = "/app/{stge}/key")] //~
    parameter: String,
    #[ssm("/app/{stage}/key:{stage}")]
    label: String,
    #[ssm("/app/key:{stag}")] //~
    misspelt_label: String,
}

fn main() {}
