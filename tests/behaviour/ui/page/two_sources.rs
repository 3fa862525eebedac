use stage_config::StageConfig;

#[derive(StageConfig)]
struct Config {
    #[ssm("/tableName")]
    #[env("TABLE_NAME")] //~
    table_name: String,
}

fn main() {}
