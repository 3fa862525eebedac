use stage_config::StageConfig;

#[derive(StageConfig)]
struct Config {
    #[ssm] //~
    bare: String,
    #[ssm(json)] //~
    nothing_but_a_key: String,
    #[value()] //~
    empty: u8,
    #[ssm = "/a"] //~
    assigned: String,
    #[env["A"]] //~
    brackets: String,
    #[stage("prod")] //~
    stage: String,
}

fn main() {}
