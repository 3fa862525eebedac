use std::collections::BTreeMap;

use stage_config::{SecretString, StageConfig};

#[derive(StageConfig)]
#[stage_config(snapshot = "parameters")]
struct ByStage {
    #[ssm(dev = "/stripe/tset", prod = "/stripe/live")] //~
    slip: SecretString,
    #[ssm(dev = "/stripe/test", prod = "/Stripe/live")] //~
    case: SecretString,
    #[ssm(dev = "/stripe/test", prod = "/stripe/test")] //~
    of_another_stage: SecretString,
    #[ssm(dev = "/limits/dve", prod = "/limits/prod")] //~~
    both: u32,
    #[ssm(dev = "/limit/dev:3", prod = "/limits/prod:blue")] //~
    selector: u32,
    #[ssm(dev = "/dev/table", prod = "/shop/orders/prod/table")] //~~
    prefix: String,
    #[ssm(dev = "/app/limit", prod = "/app/prod/x/limit")] //~~
    level: u32,
    #[ssm(dev = "/mail/dev/frm", prod = "/mail/prod/from")] //~
    two_like_it: String,
    #[ssm(dev = "/db/dev/replica2", prod = "/db/prod/replica1")] //~
    numbered: String,
}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod), snapshot = "parameters")]
struct ForAll {
    #[ssm("/relase")] //~
    slip: String,
    #[ssm("Kye")] //~
    without_a_slash: String,
    #[ssm("/nothing/like/it")] //~
    unknown: String,
    #[ssm("/app/{stage}/limt")] //~
    template: u32,
    #[ssm("/app/{stage}/debug")] //~
    at_one_stage: bool,
    #[ssm("/orders-{stage}/table")] //~
    part_of_a_level: String,
    #[ssm("/app/{stage}/urll:{stage}")] //~
    label: String,
    #[ssm_path("/flgas/{stage}", required)] //~
    path: BTreeMap<String, bool>,
    #[ssm_path("/flags/{stage}/a", required)] //~
    empty: BTreeMap<String, bool>,
}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod), snapshot = "parameters")]
struct Lists {
    #[ssm("/app/{stage}/ports")] //~
    number: u16,
    #[ssm("/app/{stage}/ports")] //~
    optional: Option<bool>,
    #[ssm("/app/{stage}/ports", default = std::time::Duration::ZERO)] //~
    span: std::time::Duration,
}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod), snapshot = "parameters")]
struct BesideOtherMistakes {
    #[ssm("/relase")] //~
    slip: String,
    #[ssm("/re lease")] //~
    refused: String,
    #[ssm("/release", defualt = 5)] //~
    key: u8,
}

fn main() {}
