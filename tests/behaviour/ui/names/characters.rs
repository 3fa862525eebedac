use stage_config::StageConfig;

#[derive(StageConfig)]
struct Config {
    #[ssm("/team@example/key")] //~
    at_sign: String,
    #[ssm("/stripe/tеst")] //~
    cyrillic_letter: String,
    #[ssm("/а/key")] //~
    another_cyrillic_letter: String,
    #[ssm("/stripe key")] //~
    no_break_space_as_it_is: String,
    #[ssm("/stripe	key")] //~
    tab_as_it_is: String,
    #[ssm("/stripe\nkey")] //~
    line_break: String,
    #[ssm(r"/stripe\key")] //~
    backslash: String,
    #[ssm("/stripe\u{200b}key")] //~
    zero_width: String,
    #[ssm("/stripe\u{a0}key")] //~
    no_break_space: String,
    #[ssm("/stripe\tkey")] //~
    tab: String,
    #[ssm("/rocket/🚀")] //~
    emoji: String,
}

fn main() {}
