use stage_config::StageConfig;

#[derive(StageConfig)]
#[ssm("/a")] //~
struct OnTheStruct {
    #[ssm("/a")]
    a: String,
}

#[derive(StageConfig)]
struct OnAField {
    #[stage_config(fallback = none)] //~
    #[ssm(dev = "/a", prod = "/b")]
    a: String,
}

fn main() {}
