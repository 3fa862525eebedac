use stage_config::StageConfig;

#[derive(StageConfig)]
struct Config {
    #[smm("/a")] //~
    misspelt: String,
}

fn main() {}
