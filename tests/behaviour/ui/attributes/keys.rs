use stage_config::StageConfig;

#[derive(StageConfig)]
struct Config {
    #[ssm("/a", "/b")] //~
    two_names: String,
    #[ssm("/a", default = 1, default = 2)] //~
    twice: u8,
    #[env("A", defalt = 1)] //~
    misspelt: u8,
    #[env("A", dev = "B")] //~
    no_stages_here: String,
    #[env("A", "B")] //~
    two_variables: String,
    #[ssm("/a", default)] //~
    without_a_value: u8,
    #[env("A", default = 1, defualt = 2)] //~
    twice_once_misspelt: u8,
    #[ssm("/a", env = "A")] //~
    another_kind: String,
    #[value(1, 2)] //~
    two_values: u8,
}

#[derive(StageConfig)]
struct KeyOfTheStruct {
    #[ssm(dev = "/a", prod = "/b", fallback = prod)] //~
    a: u8,
}

fn main() {}
