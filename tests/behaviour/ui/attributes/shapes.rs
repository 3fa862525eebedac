use stage_config::StageConfig;

#[derive(StageConfig)]
struct Config {
    #[ssm] //~
    bare: String,
    #[env()] //~
    empty: String,
    #[value] //~
    bare_value: u8,
    #[ssm = "/a"] //~
    assigned: String,
    #[ssm["/a"]] //~
    brackets: String,
    #[env{"A"}] //~
    braces: String,
    #[stage("prod")] //~
    stage: String,
}

fn main() {}
