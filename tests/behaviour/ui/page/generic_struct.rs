use stage_config::StageConfig;

#[derive(StageConfig)]
struct Config<T> { //~
    #[ssm("/limit")]
    limit: T,
}

fn main() {}
