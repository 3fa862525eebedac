use stage_config::StageConfig;
use std::num::NonZeroU8;

#[derive(StageConfig)]
struct Config {
    #[value("5")] //~
    number: u32,
    #[value("x")] //~
    no_number: u32,
    #[value("1")] //~
    float: f64,
    #[value("true")] //~
    boolean: bool,
    #[value("5")] //~
    non_zero: NonZeroU8,
    #[value("5")] //~
    optional: Option<u32>,
    #[ssm("/a", default = "10")] //~
    default: usize,
    #[ssm("/c", json, default = "10")] //~
    json: u8,
    #[ssm("/f", default = "10")] //~
    optional_with_default: Option<u8>,
}

fn main() {}
