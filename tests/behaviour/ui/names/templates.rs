use stage_config::StageConfig;

#[derive(StageConfig)]
struct Config {
    #[ssm(dev = "/app/{stage}/key", prod = "/app/{stage/key")] //~
    left_open: String,
    #[ssm("/app/stage}/key")] //~
    never_opened: String,
    #[ssm("/app/{Stage}/key")] //~
    in_capitals: String,
    #[ssm("/app/{dev,prod}/key")] //~
    a_list: String,
    #[ssm("/app/${stage}/key")] //~
    of_a_shell: String,
    #[ssm("/app/<stage>/key")] //~
    angle_brackets: String,
    #[ssm(format!("/app/{}/key", stage))] //~
    formatted: String,
}

fn main() {}
