use stage_config::StageConfig;

#[derive(StageConfig)]
#[stage_config(fallback = "dev", stage_env = STAGE, allow_near_misses = true)] //~~~
struct Quotes {
    #[ssm(dev = "/a", prod = "/b")]
    a: String,
}

#[derive(StageConfig)]
#[stage_config(fallback("try"), allow_near_misses = deny, names = "Names")] //~~~
struct Forms {
    #[ssm(dev = "/a", r#try = "/b")]
    a: String,
}

#[derive(StageConfig)]
#[stage_config(fallback, validate = |config| Ok(()))] //~~
struct Placeholders {}

#[derive(StageConfig)]
#[stage_config(crate = "stage_config", validate = "Self::check")] //~~
struct Paths {}

#[derive(StageConfig)]
#[stage_config(crate = self::config)] //~
struct FromHere {}

#[derive(StageConfig)]
#[stage_config(crate = "a'b\"c", names = self, fallback = "it's")] //~~~
struct NoPath {
    #[ssm(dev = "/a")]
    a: String,
}

fn main() {}
