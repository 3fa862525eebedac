use stage_config::StageConfig;

#[derive(StageConfig)]
struct Config {
    #[env("TABLE_NAME", defualt = "orders")] //~
    table_name: String,
}

fn main() {}
