use stage_config::StageConfig;

struct Silent;

#[derive(StageConfig)]
struct Config {
    #[ssm("/a", parse_with = of_a_string)] //~
    another_argument: u8,
    #[ssm("/a", parse_with = of_two)] //~
    two_arguments: u8,
    #[ssm("/a", parse_with = optional)] //~
    an_option: u8,
    #[ssm("/a", parse_with = right)]
    another_type: String, //~
    #[ssm("/a", parse_with = silent)]
    error_without_display: u8, //~
    #[ssm("/a", parse_with = unknown)] //~
    unknown: u8,
}

fn right(text: &str) -> Result<u8, std::num::ParseIntError> {
    text.parse()
}

fn of_a_string(text: String) -> Result<u8, std::num::ParseIntError> {
    text.parse()
}

fn of_two(text: &str, radix: u32) -> Result<u8, std::num::ParseIntError> {
    u8::from_str_radix(text, radix)
}

fn optional(text: &str) -> Option<u8> {
    text.parse().ok()
}

fn silent(text: &str) -> Result<u8, Silent> {
    text.parse().map_err(|_| Silent)
}

fn main() {}
