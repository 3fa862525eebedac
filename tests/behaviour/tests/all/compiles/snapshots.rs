//! Names that a snapshot allows.

use std::collections::BTreeMap;
use std::fs;

use stage_config::{SecretString, StageConfig};

type Maybe<T> = Option<T>;

#[derive(StageConfig)]
#[stage_config(stages(dev, prod, qa), snapshot = "ui/snapshot/parameters/")]
#[expect(dead_code, reason = "it is compiled, and not loaded")]
struct Config {
    #[ssm(dev = "/stripe/test", prod = "/stripe/live:3", qa = "/not/known")]
    by_stage: SecretString,
    #[ssm("/app/{stage}/limit:{stage}")]
    template: u32,
    #[ssm("/Key")]
    with_a_slash: String,
    #[ssm("Key")]
    without_one: String,
    #[ssm("/absent")]
    optional: Maybe<u32>,
    #[ssm("/absent", default = 5)]
    with_default: u32,
    #[ssm("/app/{stage}/ports")]
    list: Vec<u16>,
    #[ssm("/app/{stage}/ports")]
    text: String,
    #[ssm("/app/{stage}/ports", parse_with = str::parse::<usize>)]
    by_a_function: usize,
    #[ssm("/app/{stage}/ports", json_key = "a")]
    key: u16,
    #[ssm_path("/flags/{stage}", required)]
    flags: BTreeMap<String, String>,
    #[ssm_path("/absent")]
    empty: BTreeMap<String, String>,
    #[ssm("/aws/service/ami/latest")]
    public: String,
    #[ssm("arn:aws:ssm:us-east-1:999900001111:parameter/{stage}/shared")]
    shared: String,
    #[secret("absent")]
    secret: SecretString,
    #[nested("/absent")]
    none: Maybe<Part>,
    #[nested("/app/{stage}")]
    part: Part,
}

#[derive(StageConfig)]
#[expect(dead_code, reason = "it is compiled, and not loaded")]
struct Part {
    #[ssm("url")]
    url: String,
    #[ssm("ports")]
    ports: Maybe<Vec<u16>>,
}

/// cargo compiles this program again if a file changes that the compiler names beside it.
#[test]
fn the_compiler_names_the_files() {
    let program = std::env::current_exe().unwrap();
    let read = fs::read_to_string(program.with_extension("d")).unwrap();
    for stage in ["dev", "prod"] {
        assert!(read.contains(&format!("ui/snapshot/parameters/{stage}.json")), "{stage}");
    }
}
