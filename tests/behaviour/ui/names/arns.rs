use stage_config::StageConfig;

#[derive(StageConfig)]
struct Config {
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
    #[ssm("arn:aws:ssm:us-east-1:123456789012:parameters/app/key")] //~
    misspelt: String,
    #[ssm("arn:aws:ssm:us-east-1")] //~
    cut_short: String,
    #[ssm("arn:aws:ssm:us-east-1:123456789012:parameter/app key")] //~
    character_in_the_name: String,
    #[ssm("arn:aws:ssm:us-east-1:123456789012:parameter/app/key:3rd")] //~
    selector: String,
    #[ssm("arn:aws:s3:::bucket/key")] //~
    bucket: String,
    #[ssm("arn:aws:secretsmanager:us-east-1:123456789012:secret:foo-AbCdEf")] //~
    secret: String,
}

fn main() {}
