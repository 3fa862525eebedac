use stage_config::StageConfig;

#[derive(StageConfig)]
#[stage_config(fallback = none, near_miss = allow)] //~~
struct Both {
    #[ssm("/a")]
    a: String,
}

#[derive(StageConfig)]
#[stage_config(near_miss = allow)]
struct WithAMistake {
    #[ssm(dev: "/a")] //~
    a: String,
}

#[derive(StageConfig)]
#[stage_config(fallback = dev)]
enum NoStruct {} //~

fn main() {}
