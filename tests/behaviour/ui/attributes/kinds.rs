use stage_config::StageConfig;

#[derive(StageConfig)]
struct Config {
    none: String, //~
    #[ssm("/a")]
    #[env("A")] //~
    two: String,
    #[ssm(dev = "/a")]
    #[ssm(prod = "/b")] //~
    twice: String,
}

fn main() {}
