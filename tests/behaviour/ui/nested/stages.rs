use stage_config::StageConfig;

#[derive(StageConfig)]
struct Fewer {
    #[ssm(dev = "/a", prod = "/b")]
    key: String,
    #[nested]
    more: Three, //~
}

#[derive(StageConfig)]
struct More {
    #[ssm(dev = "/a", prod = "/b", staging = "/c")]
    key: String,
    #[nested]
    fewer: Two, //~
}

#[derive(StageConfig)]
struct None {
    #[nested]
    some: Two, //~
    #[nested]
    optional: Option<Two>, //~
}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod(rename = "production")))]
struct OtherNames {
    #[nested("/db")]
    named_by_the_word: Two, //~
}

#[derive(StageConfig)]
struct Two {
    #[ssm(dev = "/a", prod = "/b")]
    key: String,
}

#[derive(StageConfig)]
struct Three {
    #[ssm(dev = "/a", prod = "/b", staging = "/c")]
    key: String,
}

fn main() {}
