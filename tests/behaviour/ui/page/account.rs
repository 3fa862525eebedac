use stage_config::StageConfig;

#[derive(StageConfig)]
#[stage_config(accounts(dev = "1111-2222-3333", prod = "444455556666"))] //~
struct Config {
    #[ssm(dev = "/limit/dev", prod = "/limit/prod")]
    limit: u32,
}

fn main() {}
