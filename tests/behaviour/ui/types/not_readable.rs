use stage_config::StageConfig;
use std::rc::Rc;

struct Plain;

#[derive(StageConfig)]
struct Config {
    #[ssm("/a")]
    no_from_str: Plain, //~
    #[ssm("/b")]
    optional: Option<Rc<u8>>, //~
    #[env("C")]
    variable: std::cell::Cell<u8>, //~
    #[ssm("/d")]
    borrowed: &'static str, //~
    #[ssm("/e")]
    borrowed_or_owned: std::borrow::Cow<'static, str>, //~
    #[ssm("/f")]
    list: Vec<Plain>, //~
    #[ssm("/g")]
    bytes: &'static [u8], //~
    #[value("e")]
    literal: Plain, //~
}

fn main() {}
