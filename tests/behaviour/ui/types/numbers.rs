use stage_config::StageConfig;
use std::num::{NonZero, NonZeroU8};

type Port = u16;
type Maybe<T> = Option<T>;

#[derive(StageConfig)]
struct Config {
    #[value("5")] //~
    number: u32,
    #[value(
        dev = "5", //~
        prod = "x", //~
    )]
    by_stage: u32,
    #[value(dev = -5, prod = "-50")] //~
    one_of_two: i64,
    #[value("8080")] //~
    alias: Port,
    #[value("1")] //~
    float: f64,
    #[value("0.5")] //~
    float_with_a_point: f32,
    #[value("true")] //~
    boolean: bool,
    #[value("yes")] //~
    boolean_by_another_word: bool,
    #[value("5")] //~
    non_zero: NonZeroU8,
    #[value("0")] //~
    non_zero_that_is_zero: NonZero<u64>,
    #[value("5")] //~
    optional: Option<u32>,
    #[value("false")] //~
    optional_alias: Maybe<bool>,
    #[ssm("/a", default = "10")] //~
    default: usize,
    #[env("B", default = "abc")] //~
    default_that_is_no_number: u32,
    #[ssm("/c", json, default = "10")] //~
    json: u8,
    #[ssm("/d", json_key = "e", default = "10")] //~
    key: u8,
    #[ssm("/f", default = "10")] //~
    optional_with_default: Option<u8>,
}

fn main() {}
