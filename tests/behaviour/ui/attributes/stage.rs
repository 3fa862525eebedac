use stage_config::StageConfig;

#[derive(StageConfig)]
struct Config {
    #[stage = "dev"] //~
    assigned: String,
    #[stage()] //~
    empty: String,
    #[stage(default = "dev")] //~
    with_a_key: String,
    #[stage]
    #[value("dev")] //~
    and_a_value: String,
}

fn main() {}
