use stage_config::StageConfig;

#[derive(StageConfig)]
#[stage_config(stages(dev, prod))]
struct Declared {
    #[ssm(dev = "/a", prdo = "/b")] //~
    misspelt: String,
    #[ssm(Dev = "/a", prod = "/b")] //~
    in_another_case: String,
    #[ssm(dev = "/a", live = "/b")] //~
    something_else: String,
    #[value(dev = 1, prod = 2, staging = 3)] //~
    one_too_many: u8,
}

fn main() {}
