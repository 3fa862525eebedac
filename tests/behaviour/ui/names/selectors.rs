use stage_config::StageConfig;

#[derive(StageConfig)]
struct Config {
    #[ssm("/key:")] //~
    empty: String,
    #[ssm("/key:3:blue")] //~
    two: String,
    #[ssm("a:b:c")] //~
    two_labels: String,
    #[ssm("/key:blue green")] //~
    character: String,
    #[ssm("/key:99999999999999999999")] //~
    version_too_large: String,
    #[ssm(":3")] //~
    of_nothing: String,
    #[ssm("/key:0")] //~
    version_zero: String,
    #[ssm("/key:3rd")] //~
    begins_with_digit: String,
    #[ssm("/key:aws-blue")] //~
    reserved: String,
}

fn main() {}
