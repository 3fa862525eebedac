use stage_config::StageConfig;

#[derive(StageConfig)]
#[ssm("/a")] //~
struct OnTheStruct {
    #[stage_config(fallback = none)] //~
    #[ssm("/a")]
    on_a_field: String,
    none: String, //~
    #[ssm("/a")]
    #[env("A")] //~
    two: String,
    #[ssm(dev = "/a")]
    #[ssm(prod = "/b")] //~
    twice: String,
}

#[derive(StageConfig)]
struct Misspelt {
    #[smm("/a")] //~
    a: String,
}

fn main() {}
