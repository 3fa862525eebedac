use std::collections::BTreeMap;

use stage_config::{SecretString, StageConfig};

#[derive(StageConfig)]
#[stage_config(stages(dev, prod), snapshot = "parameters")]
struct Config {
    #[nested("/db/{stage}")]
    found: Database,
    #[nested("/bd/{stage}")]
    misspelt: Database, //~
    #[nested(dev = "/db/dev", prod = "/db/live")]
    by_stage: Database, //~
    #[nested]
    deep: Outer, //~
    #[nested("/mail/{stage}")]
    absent: Option<Database>,
    #[nested("/cache/{stage}")]
    partly_there: Option<Cache>, //~
    #[nested("/flags")]
    flags: Flags, //~
    #[nested("/app/{stage}")]
    list: Ports, //~
    #[nested]
    checked: WithItsOwn,
    #[nested("/absent")]
    of_other_stages: OfOtherStages, //~
}

#[derive(StageConfig)]
#[stage_config(stages(qa))]
struct OfOtherStages {
    #[ssm("/absent")]
    absent: String,
}

#[derive(StageConfig)]
struct Database {
    #[ssm("url")]
    url: String,
    #[ssm("/password")]
    password: SecretString,
    #[ssm("timeout", default = 5)]
    timeout: u32,
    #[secret("key")]
    key: Option<SecretString>,
}

#[derive(StageConfig)]
struct Outer {
    #[ssm("Key")]
    key: String,
    #[nested("/orders")]
    inner: Inner,
}

#[derive(StageConfig)]
struct Inner {
    #[ssm("/{stage}/table:3")]
    table: String,
    #[ssm("/{stage}/tables:3")]
    tables: String,
}

#[derive(StageConfig)]
struct Cache {
    #[ssm("url")]
    url: String,
    #[ssm("size")]
    size: u32,
}

#[derive(StageConfig)]
struct Flags {
    #[ssm_path("/{stage}", required)]
    all: BTreeMap<String, bool>,
    #[ssm_path("/{stage}/a", required)]
    none: BTreeMap<String, bool>,
}

#[derive(StageConfig)]
struct Ports {
    #[ssm("ports")]
    ports: u16,
}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod), snapshot = "parameters")]
struct WithItsOwn {
    #[ssm("/relase")] //~
    release: String,
}

fn main() {}
