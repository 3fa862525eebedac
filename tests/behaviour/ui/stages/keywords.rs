use stage_config::StageConfig;

#[derive(StageConfig)]
struct Config {
    #[ssm(dev = "/a", try = "/b")] //~
    usable_as_a_raw_one: String,
    #[value(dev = 1, self = 2)] //~
    never_usable: u8,
    #[value(dev = 1, Self = 2)] //~
    a_type: u8,
    #[value(dev = 1, super = 2)] //~
    a_module: u8,
    #[value(dev = 1, crate = 2)] //~
    key_of_the_struct: u8,
    #[value(dev = 1, _ = 2)] //~
    underscore: u8,
}

#[derive(StageConfig)]
#[stage_config(stages(dev, r#try))]
struct Declared {
    #[ssm(dev = "/a", try = "/b")] //~
    not_raw: String,
    #[ssm(dev = "/a/dev")] //~
    missing: String,
}

#[derive(StageConfig)]
#[stage_config(stages(dev, try), fallback = try)] //~~
struct InOptions {
    #[ssm("/a")]
    a: String,
}

fn main() {}
