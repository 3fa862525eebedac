use stage_config::StageConfig;

#[derive(StageConfig)]
#[stage_config(stages(dev, prod), fallback = prdo)] //~
struct Misspelt {
    #[ssm("/a")]
    a: String,
}

#[derive(StageConfig)]
#[stage_config(fallback = staging)] //~
struct NotNamed {
    #[ssm(dev = "/a", prod = "/b")]
    a: String,
}

#[derive(StageConfig)]
#[stage_config(fallback = dev)] //~
struct WithoutStages {
    #[ssm("/a")]
    a: String,
}

fn main() {}
