use stage_config::StageConfig;

#[derive(StageConfig)]
#[stage_config(stage_env = " STAGE ")] //~
struct Config {
    #[env("")] //~
    empty: String,
    #[env("TABLE=orders")] //~
    assigned: String,
    #[env("TABLE ")] //~
    blank: String,
    #[env("=A")] //~
    assigned_to_nothing: String,
    #[env(" = ")] //~
    nothing_but_signs: String,
    #[env("   ")] //~
    nothing_but_blanks: String,
}

#[derive(StageConfig)]
#[stage_config(stage_env = "")] //~
struct Unnamed {
    #[ssm("/a")]
    a: String,
}

fn main() {}
