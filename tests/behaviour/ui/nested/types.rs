use stage_config::StageConfig;

#[derive(StageConfig)]
struct Config {
    #[ssm("/db")]
    read_as_text: Database, //~
}

#[derive(StageConfig)]
struct Database {
    #[ssm("url")]
    url: String,
}

fn main() {}
