use stage_config::StageConfig;

#[derive(StageConfig)]
#[stage_config(stages(dev, prod, dev, Prod, none, default))] //~~~~
struct Declared {
    #[ssm("/a")]
    a: String,
}

#[derive(StageConfig)]
struct Given {
    #[ssm(dev = "/a", prod = "/b", dev = "/c")] //~
    twice: String,
    #[ssm("/a", dev = "/b")] //~
    for_all_and_for_one: String,
}

fn main() {}
