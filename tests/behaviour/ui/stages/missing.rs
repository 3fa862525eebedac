use stage_config::StageConfig;

#[derive(StageConfig)]
struct Config {
    #[ssm(dev = "/stripe/test", prod = "/stripe/live")]
    stripe_secret_key: String,
    #[ssm(dev = "/limit")] //~
    limit: u32,
    #[value(prod = 50)] //~
    max_connections: u32,
}

#[derive(StageConfig)]
#[stage_config(stages(dev, staging, prod))]
struct Declared {
    #[ssm(prod = "/stripe/live")] //~
    stripe_secret_key: String,
    #[ssm(dev = "/stripe/test")] //~
    the_other_way_round: String,
    #[ssm(dev = "/app/dev/url", prod = "/app/prod/url:3")] //~
    in_the_middle: String,
    #[ssm(prod = "arn:aws:ssm:us-east-1:123456789012:parameter/key-prod", dev = "/key-dev")] //~
    of_another_account: String,
    #[ssm(dev = "/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o", prod = "/p")] //~
    as_one_of_the_others: String,
    #[ssm(dev = "/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o", prod = NAME)] //~
    like_none: String,
    #[value(dev = 1, prod = 2)] //~
    two_values: u8,
}

fn main() {}
