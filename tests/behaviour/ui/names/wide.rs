use stage_config::StageConfig;

#[derive(StageConfig)]
struct Config {
    #[ssm("/café/key")] //~
    combining: String,
    #[ssm("/日本語/key")] //~
    wide: String,
    #[ssm(dev = "/日本語", prod = "/stripe live")] //~~
    wide_before_another: String,
    #[ssm(dev = "/café", prod = "stripe/live")] //~~
    combining_before_another: String,
    #[value(dev = "日本語", prdo = "café")] //~
    wide_before_a_key: String,
}

fn main() {}
