use stage_config::StageConfig;

#[derive(StageConfig)]
struct Config {
    #[value(5)] //~
    number_for_text: String,
    #[value(dev = 1, prod = true)] //~
    one_of_two: u32,
    #[ssm("/a", default = 1.5)] //~
    default: u32,
}

fn main() {}
