use stage_config::StageConfig;

#[derive(StageConfig)]
#[stage_config(fallback = none, allow_near_misses)] //~~
struct Both {
    #[ssm("/a")]
    a: String,
}

#[derive(StageConfig)]
#[stage_config(allow_near_misses)]
struct WithAMistake {
    #[ssm(dev: "/a")] //~
    a: String,
}

#[derive(StageConfig)]
#[stage_config(fallback = dev)]
enum NoStruct {} //~

fn main() {}
