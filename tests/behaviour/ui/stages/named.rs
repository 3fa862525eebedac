use stage_config::StageConfig;

#[derive(StageConfig)]
struct OneOfThree {
    #[ssm(dev = "/a/dev", prod = "/a/prod")]
    a: String,
    #[ssm(dev = "/b/dev", prdo = "/b/prod")] //~
    b: String,
    #[ssm(dev = "/c/dev", prod = "/c/prod")]
    c: String,
}

#[derive(StageConfig)]
struct FirstOfTwo {
    #[value(dev = 1, prod = 2, prdo = 2)] //~
    a: u8,
    #[value(dev = 1, prod = 2)]
    b: u8,
}

#[derive(StageConfig)]
struct AnotherStage {
    #[ssm(dev = "/a/dev", prod = "/a/prod")]
    a: String,
    #[ssm(dev = "/b/dev", staging = "/b/staging")] //~
    b: String,
}

#[derive(StageConfig)]
struct OneMore {
    #[value(dev = 1, prod = 2)]
    a: u8,
    #[value(dev = 1, staging = 2, prod = 3)] //~
    b: u8,
    #[value(dev = 1, prod = 2)]
    c: u8,
}

#[derive(StageConfig)]
struct OneLess {
    #[value(qa1 = 1, qa2 = 2)]
    a: u8,
    #[value(qa1 = 1)] //~
    b: u8,
}

#[derive(StageConfig)]
struct InNothingButCase {
    #[value(prod = 1, Prod = 2)] //~
    a: u8,
}

#[derive(StageConfig)]
struct InARefusedAttribute {
    #[ssm(dev: "/a", prod = "/b")] //~
    a: String,
    #[ssm(dev = "/a")] //~
    b: String,
}

fn main() {}
