use stage_config::StageConfig;

#[derive(StageConfig)]
#[stage_config(crate = "stage_config")]
struct Quoted {}

#[derive(StageConfig)]
#[stage_config(crate = stage_config)]
struct Relative {}

#[derive(StageConfig)]
#[stage_config(crate = self::config)]
struct FromHere {}

#[derive(StageConfig)]
#[stage_config(crate)]
struct Bare {}

fn main() {}
