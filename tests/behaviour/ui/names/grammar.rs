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
    #[ssm("/Aws/key")] //~
    reserved_behind_a_slash: String,
    #[ssm("awsKey")] //~
    reserved_as_a_prefix: String,
    #[ssm("/stripe/live ")] //~
    blank_behind: String,
    #[ssm("   ")] //~
    nothing_but_blanks: String,
    #[ssm("/")] //~
    nothing_but_a_slash: String,
    #[ssm("//stripe/live")] //~
    two_leading_slashes: String,
}

fn main() {}
