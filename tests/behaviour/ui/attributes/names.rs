use stage_config::StageConfig;

const ONE: u8 = 1;
const TWO: u8 = 2;

#[derive(StageConfig)]
struct Config {
    #[ssm("/a", "/b")] //~
    two_names: String,
    #[value(ONE, TWO)] //~
    two_values: u8,
    #[env("A", "B")] //~
    two_variables: String,
    #[env(dev = "A", prod = "B")] //~
    variable_by_stage: String,
    #[env(var = "A")] //~
    key_of_a_variable: String,
    #[ssm("/a", parse = parse)] //~
    unknown_key: String,
    #[ssm("/a", dev = "/b", prod = "/c")] //~
    one_for_all_and_for_each: String,
}

fn main() {}
