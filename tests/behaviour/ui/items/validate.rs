use stage_config::StageConfig;

#[derive(StageConfig)]
#[stage_config(validate = Self::check)] //~
struct Unknown {}

#[derive(StageConfig)]
#[stage_config(validate = by_value)] //~
struct ByValue {}

#[derive(StageConfig)]
#[stage_config(validate = to_bool)] //~
struct Bool {}

#[derive(StageConfig)]
#[stage_config(validate = silent)] //~
struct Silent {}

struct Mute;

fn by_value(_: ByValue) -> Result<(), String> {
    Ok(())
}

fn to_bool(_: &Bool) -> bool {
    true
}

fn silent(_: &Silent) -> Result<(), Mute> {
    Err(Mute)
}

fn main() {}
