use stage_config::StageConfig;

#[derive(StageConfig)]
struct Config {
    #[nested(default = Database::new())] //~
    default: Database,
    #[nested("/db", default = Database::new())] //~
    default_behind_a_prefix: Database,
    #[nested(json)] //~
    json: Database,
    #[nested("/db", json)] //~
    json_behind_a_prefix: Database,
    #[nested(optional)] //~
    optional: Database,
    #[nested(Database)] //~
    the_type: Database,
    #[nested(dev = "/a b", prod = "/c d")] //~~
    two_mistakes_in_one: Database,
    #[ssm("/a b")] //~
    behind_it: String,
}

#[derive(StageConfig)]
struct Database {
    #[ssm("url")]
    url: String,
}

fn main() {}
