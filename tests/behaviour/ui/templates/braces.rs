use stage_config::StageConfig;

#[derive(StageConfig)]
struct Config {
    #[ssm(dev = "/a", prod = "/b")]
    right: String,
    #[ssm("/app/{stage/key")] //~
    left_open: String,
    #[ssm("/app/stage}/key")] //~
    never_opened: String,
    #[ssm("/app/{stag}/key")] //~
    misspelt: String,
    #[ssm("/app/{Stage}/key")] //~
    in_capitals: String,
    #[ssm("/app/{ stage }/key")] //~
    with_blanks: String,
    #[ssm("/app/{{stage}}/key")] //~
    doubled: String,
    #[ssm("/app/${stage}/key")] //~
    of_a_shell: String,
    #[ssm("/app/{env}/key")] //~
    another_word: String,
    #[ssm("/app/{}/key")] //~
    empty: String,
    #[ssm("/app/{dev,prod}/key")] //~
    a_list: String,
    #[ssm("/app/<stage>/key")] //~
    angle_brackets: String,
    #[ssm("/app/$stage/key")] //~
    a_variable: String,
    #[ssm("/app/{stage} key")] //~
    another_mistake_behind_it: String,
    #[ssm("app/{stage}/key")] //~
    no_slash_in_front: String,
    #[ssm("/app/{stage}/")] //~
    slash_at_the_end: String,
    #[ssm("{stage}/key")] //~
    at_the_start: String,
    #[ssm(format!("/app/{}/key", stage))] //~
    formatted: String,
}

fn main() {}
