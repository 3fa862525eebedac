use stage_config::StageConfig;

#[derive(StageConfig)]
#[stage_config(env = " STAGE ")]
struct Config {
    #[env("")]
    empty: String,
    #[env("TABLE=orders")]
    assigned: String,
    #[env("TABLE ")]
    blank: String,
}

fn main() {}
