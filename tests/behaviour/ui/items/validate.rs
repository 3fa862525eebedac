use stage_config::StageConfig;

#[derive(StageConfig)]
#[stage_config(validate = "Self::check")] //~
struct InQuotes {}

#[derive(StageConfig)]
#[stage_config(validate = check_all, validate = check_all)] //~
struct Twice {}

#[derive(StageConfig)]
#[stage_config(validate)] //~
struct NoFunction {}

#[derive(StageConfig)]
#[stage_config(validate(check_all))] //~
struct InParentheses {}

#[derive(StageConfig)]
#[stage_config(validate = |config| Ok(()))] //~
struct Closure {}

#[derive(StageConfig)]
#[stage_config(validate = Self::check())] //~
struct Called {}

#[derive(StageConfig)]
#[stage_config(valdiate = check_all)] //~
struct Misspelt {}

#[derive(StageConfig)]
struct OnAField {
    #[ssm("/a", validate = check_all)] //~
    a: String,
}

fn check_all<T>(_: &T) -> Result<(), String> {
    Ok(())
}

trait Check {
    fn check(&self) -> Result<(), String> {
        Ok(())
    }
}

impl<T> Check for T {}

fn main() {}
