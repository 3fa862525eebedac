use stage_config::StageConfig;

#[derive(StageConfig)]
struct Config {
    #[ssm(dev = "/a", prod = "/b")]
    right: String,
    #[ssm(dev = "/a", prdo = "/b")] //~
    misspelt: String,
    #[ssm(dev = "/a", prod = "/b", defualt = "c")] //~
    misspelt_key: String,
    #[value(dev = 1, prod = 2, default = 3)] //~
    key_of_another_attribute: u8,
    #[ssm(name = "/a")] //~
    not_a_stage: String,
}

#[derive(StageConfig)]
struct InNothingButCase {
    #[ssm(dev = "/a", prod = "/b")]
    right: String,
    #[ssm(dev = "/a", Prod = "/b")] //~
    in_another_case: String,
}

#[derive(StageConfig)]
#[stage_config(fallbak = dev, near_miss = allow, stagess(dev, prod))] //~~~
struct KeysOfTheStruct {
    #[ssm(dev = "/a", prod = "/b")]
    a: String,
}

#[derive(StageConfig)]
#[stage_config(stagse(dev, prod, staging), fallbak = staging)] //~~
struct WithTheirValues {
    #[ssm(dev = "/a", prod = "/b", staging = "/c")]
    a: String,
}

fn main() {}
