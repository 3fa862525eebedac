use stage_config::StageConfig;

struct Plain;

#[derive(StageConfig)]
struct Config {
    #[ssm("/a b")] //~
    bad_name: String,
    #[ssm("/c")]
    bad_type: Plain, //~
    #[value(5)] //~
    bad_value: String,
    #[ssm("/d e")] //~
    second_bad_name: Plain,
}

fn main() {}
