use stage_config::StageConfig;

#[derive(StageConfig)]
struct Levels {
    #[ssm("")] //~
    empty: String,
    #[ssm("stripe/live")] //~
    no_leading_slash: String,
    #[ssm("/stripe//live")] //~
    empty_level: String,
    #[ssm("/stripe/live/")] //~
    trailing_slash: String,
    #[ssm(" /stripe/live")] //~
    outer_blank: String,
    #[ssm("/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p")] //~
    sixteen_levels: String,
    #[ssm("/aws/key")] //~
    reserved: String,
    #[ssm(dev = "/stripe secret/live", prod = "/team@example/key")] //~~
    at_each_stage: String,
}

#[derive(StageConfig)]
struct Selectors {
    #[ssm("/key:")] //~
    empty: String,
    #[ssm("/key:3:blue")] //~
    two: String,
    #[ssm("/key:blue green")] //~
    character: String,
    #[ssm("/key:99999999999999999999")] //~
    version_too_large: String,
    #[ssm("/key:0")] //~
    version_zero: String,
    #[ssm("/key:3rd")] //~
    begins_with_digit: String,
    #[ssm("/key:aws-blue")] //~
    reserved: String,
}

#[derive(StageConfig)]
struct Arns {
    #[ssm("arn:aws:ssm:us-east-1:12345:parameter/key")] //~
    account: String,
    #[ssm("arn:aws:ssm::123456789012:parameter/key")] //~
    region: String,
    #[ssm("arn:aws:s3:us-east-1:123456789012:parameter/key")] //~
    service: String,
    #[ssm("arn:amazon:ssm:us-east-1:123456789012:parameter/key")] //~
    partition: String,
    #[ssm("arn:aws:ssm:us-east-1:123456789012:document/key")] //~
    resource: String,
    #[ssm("arn:aws:ssm:us-east-1")] //~
    cut_short: String,
}

fn main() {}
