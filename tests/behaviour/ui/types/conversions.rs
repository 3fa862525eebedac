use stage_config::StageConfig;

struct Plain;

#[derive(StageConfig)]
struct Config {
    #[ssm("/a", base64)]
    base64_of_a_number: u32, //~
    #[ssm("/a", json)]
    json_of_what_is_not_deserialize: Plain, //~
    #[ssm("/a", json, default = 1u32)] //~
    json_with_a_default_of_another_type: u8,
}

fn main() {}
