use stage_config::StageConfig;

#[derive(StageConfig)]
struct Config {
    #[ssm(dev = "/stripe/test", prod = "/stripe/live")]
    stripe_secret_key: String,
    #[ssm(dev = "/limit")]
    limit: u32,
    #[value(prod = 50)]
    max_connections: u32,
}

#[derive(StageConfig)]
#[stage_config(stages(dev, staging, prod))]
struct Declared {
    #[ssm(prod = "/stripe/live")]
    stripe_secret_key: String,
}

fn main() {}
