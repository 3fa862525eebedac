use stage_config::StageConfig;

#[derive(StageConfig)]
struct Config {
    #[ssm("/stripe/tеst")] //~
    cyrillic_letter: String,
    #[ssm("/stripe\tkey")] //~
    tab: String,
    #[ssm("/stripe\nkey")] //~
    line_break: String,
    #[ssm("/stripe\u{200b}key")] //~
    zero_width: String,
    #[ssm("/stripe\u{a0}key")] //~
    no_break_space: String,
    #[ssm("/cafe\u{301}/key")] //~
    combining: String,
    #[ssm(dev = "/日本語", prod = "/stripe live")] //~~
    wide: String,
}

fn main() {}
