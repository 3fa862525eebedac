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
    #[value(dev = 1, prdo = 2)] //~
    a: u8,
    #[value(dev = 1, prod = 2)]
    b: u8,
}

#[derive(StageConfig)]
struct TwoStagesForOne {
    #[ssm(dev = "/a/dev", prod = "/a/prod")]
    a: String,
    #[ssm(dev = "/b/dev", staging = "/b/staging")] //~
    b: String,
}

#[derive(StageConfig)]
struct NothingInCommon {
    #[value(dev = 1)]
    a: u8,
    #[value(qa = 2)] //~
    b: u8,
}

#[derive(StageConfig)]
struct ThreeAgainstOne {
    #[value(dev = 1, prod = 2)]
    a: u8,
    #[value(dev = 1, staging = 2, prod = 3)] //~
    b: u8,
    #[ssm_path(dev = "/c/dev", prod = "/c/prod")]
    c: std::collections::BTreeMap<String, String>,
    #[nested(dev = "/d/dev", prod = "/d/prod")]
    d: Inner,
}

#[derive(StageConfig)]
struct OneAgainstThree {
    #[value(dev = 1, staging = 2, prod = 3)]
    a: u8,
    #[nested(dev = "/b/dev", prod = "/b/prod")] //~
    b: Inner,
    #[value(dev = 1, staging = 2, prod = 3)]
    c: u8,
}

#[derive(StageConfig)]
struct TwoOthers {
    #[value(dev = 1, prod = 2, qa = 3)]
    a: u8,
    #[value(lab = 1, prod = 2, test = 3)] //~~
    b: u8,
    #[value(dev = 1, prod = 2, qa = 3)]
    c: u8,
}

#[derive(StageConfig)]
struct AlikeAndAbsent {
    #[value(qa1 = 1, qa2 = 2)]
    a: u8,
    #[value(qa1 = 1)] //~
    b: u8,
}

#[derive(StageConfig)]
struct OneTooManyThatIsAlike {
    #[value(dev = 1, prod = 2, prdo = 2)] //~
    a: u8,
    #[value(dev = 1, prod = 2)]
    b: u8,
}

#[derive(StageConfig)]
struct InNothingButCase {
    #[value(prod = 1, Prod = 2)] //~
    a: u8,
}

#[derive(StageConfig)]
struct SlipOfAKeyElsewhere {
    #[value(dev = 1, defualt = 2)]
    takes_no_keys: u8,
    #[ssm(dev = "/a", defualt = "/b")] //~
    takes_it: u8,
}

#[derive(StageConfig)]
struct SlipOfAFlag {
    #[ssm(dev = "/a", prod = "/b", base46 = "/c")] //~
    a: String,
}

#[derive(StageConfig)]
struct Inner {}

fn main() {}
