use stage_config::{SecretString, StageConfig};

const NAME: &str = "/app/key";

#[derive(StageConfig)]
struct Config {
    #[ssm(NAME)] //~
    constant: String,
    #[ssm(dev = concat!("/app", "/key"), prod = "/app/key")] //~
    concatenated: String,
    #[ssm(/app/key)] //~
    no_quotes: String,
    #[env(NAME)] //~
    variable: String,
    #[secret(stripe)] //~
    word: SecretString,
    #[nested(db)] //~
    word_for_a_path: Database,
    #[ssm("/a" "/b")] //~
    two: String,
}

#[derive(StageConfig)]
struct Database {}

fn main() {}
