use stage_config::StageConfig;

#[derive(StageConfig)]
struct Config {
    #[env("TABLE_NAME", default = "orders")] //~
    table_name: Option<String>,
}

fn main() {}
