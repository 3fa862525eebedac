use stage_config::StageConfig;

#[derive(StageConfig)]
#[stage_config(crate = "stage_config")] //~
struct Quoted {}

#[derive(StageConfig)]
#[stage_config(crate = stage_config)] //~
struct Relative {}

#[derive(StageConfig)]
#[stage_config(crate = self::config)] //~
struct FromHere {}

#[derive(StageConfig)]
#[stage_config(crate)] //~
struct Bare {}

#[derive(StageConfig)]
#[stage_config(crate = "a'b\"c", names = self, fallback = "it's")] //~~~
struct NoPath {
    #[ssm(dev = "/a")]
    a: String,
}

fn main() {}
