use stage_config::StageConfig;

#[derive(StageConfig)]
struct Config {
    #[ssm("")] //~
    empty: String,
    #[ssm("stripe/live")] //~
    no_leading_slash: String,
    #[ssm("/stripe//live")] //~
    empty_level: String,
    #[ssm("/stripe/live/")] //~
    trailing_slash: String,
    #[ssm(" /stripe/live")] //~
    outer_blank: String,
    #[ssm("/stripe secret/live")] //~
    inner_blank: String,
    #[ssm("/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p")] //~
    sixteen_levels: String,
    #[ssm("/aws/key")] //~
    reserved: String,
    #[ssm("SSM-key")] //~
    reserved_in_any_case: String,
}

fn main() {}
