use stage_config::StageConfig;

type Maybe<T> = Option<T>;

#[derive(StageConfig)]
struct Config {
    #[ssm("/a", default = Some(1))] //~
    expression: Option<u32>,
    #[ssm("/b", default = "text")] //~
    literal: Option<String>,
    #[env("C", default = "text")] //~
    alias: Maybe<String>,
    #[ssm("/d", default = 50)] //~
    of_the_type_within: Option<u32>,
}

#[derive(StageConfig)]
struct IsNone {
    #[ssm("/a", default = None)] //~
    a: Option<u32>,
}

fn main() {}
