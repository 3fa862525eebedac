use stage_config::StageConfig;

const NAME: &str = "/app/key";

#[derive(StageConfig)]
struct Config {
    #[ssm(NAME)] //~
    constant: String,
    #[ssm(3)] //~
    number: String,
    #[ssm(concat!("/app", "/key"))] //~
    concatenated: String,
    #[ssm(dev = env!("PARAMETER"), prod = "/app/key")] //~
    from_the_build: String,
    #[ssm(b"/app/key")] //~
    bytes: String,
    #[env(NAME)] //~
    variable: String,
    #[env(stage)] //~
    word: String,
    #[ssm(key)] //~
    word_for_a_parameter: String,
    #[ssm(dev = key, prod = "/app/key")] //~
    word_at_a_stage: String,
    #[ssm(dev = "/app/key", prod = None)] //~
    none: Option<String>,
    #[ssm(dev = Some("/app/key"), prod = "/app/key")] //~
    some: Option<String>,
}

fn main() {}
