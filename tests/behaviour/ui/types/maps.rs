use std::collections::BTreeMap;

use stage_config::StageConfig;

struct NotReadable;

#[derive(StageConfig)]
struct Config {
    #[ssm_path("/flags")]
    list: Vec<String>, //~
    #[ssm_path("/flags")]
    keyed_by_numbers: BTreeMap<u32, String>, //~
    #[ssm_path("/flags")]
    of_what_is_not_readable: BTreeMap<String, NotReadable>, //~
    #[ssm_path("/flags")]
    optional: Option<BTreeMap<String, String>>, //~
    #[ssm("/flags")]
    map_of_one_parameter: BTreeMap<String, String>, //~
}

fn main() {}
