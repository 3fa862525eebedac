use stage_config::StageConfig;

#[derive(StageConfig)]
#[stage_config(accounts(dev = "1111-2222-3333", prod = "44445555666"))] //~~
struct Numbers {
    #[ssm(dev = "/a", prod = "/b")]
    a: String,
}

#[derive(StageConfig)]
#[stage_config(accounts(dev = 111122223333, prod: "444455556666", qa))] //~~~
#[stage_config(stages(dev, prod, qa))]
struct Unquoted {}

#[derive(StageConfig)]
#[stage_config(accounts(dev = [], prod = ["444455556666", "444455556666"]))] //~~
struct Lists {
    #[ssm(dev = "/a", prod = "/b")]
    a: String,
}

#[derive(StageConfig)]
#[stage_config(accounts(dve = "111122223333", production = "444455556666", qa = "777788889999"))] //~~~
#[stage_config(stages(dev, prod(alias = "production")))]
struct UnknownStages {}

#[derive(StageConfig)]
#[stage_config(accounts(dev = "111122223333", dev = "222233334444"))] //~
struct Twice {
    #[ssm(dev = "/a", prod = "/b")]
    a: String,
}

#[derive(StageConfig)]
#[stage_config(accounts(dev = "111122223333", prod = "444455556666"))] //~
struct WithoutStages {
    #[ssm("/a")]
    a: String,
}

#[derive(StageConfig)]
#[stage_config(accounts = "111122223333", acounts(dev = "111122223333"))] //~~
#[stage_config(stages(dev))]
struct Forms {}

#[derive(StageConfig)]
#[stage_config(account = "111122223333", accounts, accounts())] //~~~
struct OtherForms {}

// The stages of the fields are unknown, so those of `accounts` are not checked.
#[derive(StageConfig)]
#[stage_config(accounts(dev = "111122223333", prod = "444455556666"))]
struct BesideAMistake {
    #[ssm(dev => "/a", "prod" = "/b", "/c")] //~~
    a: String,
}

fn main() {}
