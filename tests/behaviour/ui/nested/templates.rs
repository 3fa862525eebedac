use stage_config::StageConfig;

#[derive(StageConfig)]
struct Templates {
    #[ssm("/app/{stage}/key")]
    parameter: String,
    #[secret("app/{stage}")]
    secret: String,
}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod(rename = "prod eu")))]
struct NoPartOfAName {
    #[nested]
    inner: Templates, //~
    #[nested("/app")]
    below: Templates, //~
}

#[derive(StageConfig)]
struct Between {
    #[nested]
    templates: Templates,
}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod(rename = "prod/eu")))]
struct TwoStructsAway {
    #[nested]
    between: Option<Between>, //~
}

fn main() {}
