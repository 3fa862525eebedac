use stage_config::StageConfig;

#[derive(StageConfig)]
struct Config {
    #[ssm("/a b")] //~
    broken: String,
    #[ssm("/c")]
    sound: String,
}

async fn used() {
    let config = Config::load().await.unwrap();
    let _: (String, String) = (config.broken, config.sound);
    let names = ConfigNames::for_stage("dev").unwrap();
    let _ = (names.broken, names.sound);
    let _ = Config::PARAMETERS.stages();
}

fn main() {}
