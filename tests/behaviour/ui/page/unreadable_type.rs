use stage_config::StageConfig;

struct Limits {
    requests: u32,
}

#[derive(StageConfig)]
struct Config {
    #[ssm("/limits")]
    limits: Limits, //~
}

fn main() {}
