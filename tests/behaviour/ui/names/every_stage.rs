use stage_config::StageConfig;

#[derive(StageConfig)]
struct Config {
    #[ssm(dev = "/stripe/test/", prod = "/stripe live")] //~~
    both_are_checked: String,
    #[ssm(dev = "/other", prod = "other/live")] //~
    in_the_next_field_too: String,
}

fn main() {}
