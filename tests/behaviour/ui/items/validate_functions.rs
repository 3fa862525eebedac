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

#[derive(StageConfig)]
#[stage_config(validate = without_argument)] //~
struct WithoutArgument {}

#[derive(StageConfig)]
#[stage_config(validate = of_another)] //~
struct Another {}

#[derive(StageConfig)]
#[stage_config(validate = with_a_value)] //~
struct WithAValue {}

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

fn without_argument() -> Result<(), String> {
    Ok(())
}

fn of_another(_: &Bool) -> Result<(), String> {
    Ok(())
}

fn with_a_value(_: &WithAValue) -> Result<u8, String> {
    Ok(1)
}

fn main() {}
