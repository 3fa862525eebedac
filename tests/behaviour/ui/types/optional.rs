use stage_config::StageConfig;

type Maybe<T> = Option<T>;

#[derive(StageConfig)]
struct Config {
    #[ssm("/a", default = Some(1))] //~
    expression: Option<u32>,
    #[env("C", default = "text")] //~
    alias: Maybe<String>,
}

#[derive(StageConfig)]
struct IsNone {
    #[ssm("/a", default = None)] //~
    a: Option<u32>,
}

fn main() {}
