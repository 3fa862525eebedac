use stage_config::StageConfig;

#[derive(StageConfig)]
struct Config {
    #[ssm("/a")]
    __stage: String, //~
}

fn main() {}
