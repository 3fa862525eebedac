use stage_config::StageConfig;

#[derive(StageConfig)]
struct Config {
    #[smm("/a")] //~
    misspelt: String,
    #[vlaue(1)] //~
    another: u8,
    #[enviroment("A")] //~
    like_none_of_them: String,
}

#[derive(StageConfig)]
#[stage_confg(fallback = none)] //~
struct OnTheStruct {
    #[ssm(dev = "/a", prod = "/b")]
    a: String,
}

fn main() {}
