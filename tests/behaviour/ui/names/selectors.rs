use stage_config::StageConfig;

#[derive(StageConfig)]
struct Config {
    #[ssm("/key:")] //~
    empty: String,
    #[ssm("/key:3:blue")] //~
    two: String,
    #[ssm("/key:0")] //~
    version_zero: String,
    #[ssm("/key:3rd")] //~
    begins_with_digit: String,
    #[ssm("/key:aws-blue")] //~
    reserved: String,
}

fn main() {}
