use stage_config::StageConfig;
use std::rc::Rc;

struct Plain;

#[derive(StageConfig)]
struct Config {
    #[ssm("/a")]
    no_from_str: Plain, //~
    #[ssm("/b")]
    optional: Option<Rc<u8>>, //~
    #[ssm("/d")]
    borrowed: &'static str, //~
    #[ssm("/f")]
    list: Vec<Plain>, //~
}

fn main() {}
