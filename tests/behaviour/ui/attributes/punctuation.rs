use stage_config::StageConfig;

#[derive(StageConfig)]
struct Config {
    #[ssm(dev = "/a" prod = "/b")]
    missing_comma: String,
    #[ssm("/a" "/b")]
    missing_comma_between_names: String,
    #[ssm(dev: "/a", prod = "/b")]
    colon: String,
    #[ssm(dev => "/a", prod = "/b")]
    arrow: String,
    #[ssm(dev = , prod = "/b")]
    no_value: String,
    #[ssm(dev, prod = "/b")]
    lone_key: String,
    #[ssm(dev = /a, prod = "/b")]
    no_quotes: String,
    #[ssm(, "/a")]
    leading_comma: String,
    #[value(1 +)]
    half_an_expression: u8,
}

fn main() {}
