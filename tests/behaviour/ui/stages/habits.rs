use stage_config::{SecretString, StageConfig};

#[derive(StageConfig)]
struct BesideAName {
    #[ssm("/a", stage = "/b")] //~
    m: u8,
}

#[derive(StageConfig)]
struct OfAllOthers {
    #[value(dev = 1, fallback = 2)] //~
    m: u8,
}

#[derive(StageConfig)]
struct Arn {
    #[secret(arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:a-AbCdEf")] //~
    m: SecretString,
}

#[derive(StageConfig)]
struct Version {
    #[ssm("/a", version = "3")] //~
    m: u8,
}

#[derive(StageConfig)]
struct Prefix {
    #[ssm(prefix = "/a")] //~
    m: u8,
}

#[derive(StageConfig)]
struct OfSecret {
    #[ssm(secret = "a")] //~
    m: u8,
}

#[derive(StageConfig)]
struct OneForAll {
    #[ssm("/a", dev = "/b")] //~
    m: u8,
}

#[derive(StageConfig)]
struct NoQuotes {
    #[ssm(prod)] //~
    m: u8,
}

#[derive(StageConfig)]
struct Outside {
    #[ssm(dev = "/a", default = "x", prod = "/b")]
    m: char,
    #[nested(prefix("/a"), dev = "/b")] //~
    n: Inner,
}

#[derive(StageConfig)]
struct Within {
    #[ssm(dev = "/a/{stage}/{stage}", prod = "/b/{stage}{stage}")]
    m: u8,
    #[nested("/a/{stage")] //~
    n: Inner,
    #[nested(dev = "/a")] //~
    o: Inner,
}

#[derive(StageConfig)]
struct Inner {}

fn main() {}
