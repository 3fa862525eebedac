use stage_config::StageConfig;

#[derive(StageConfig)]
struct Config {
    #[ssm("/team@example/key")] //~
    at_sign: String,
    #[ssm("/stripe/tеst")] //~
    cyrillic_letter: String,
    #[ssm("/stripe\u{a0}key")] //~
    no_break_space: String,
    #[ssm("/stripe\tkey")] //~
    tab: String,
    #[ssm("/rocket/🚀")] //~
    emoji: String,
    #[ssm("/app/{stage}/key")] //~
    brace: String,
}

fn main() {}
