use stage_config::StageConfig;

#[derive(StageConfig)]
#[stage_config(stages(dev, prod))]
struct Config {
    #[nested(prefix(dev = "/db/dev", prod = "/db/prod"))]
    right: Database,
    #[nested("/db")] //~
    no_word: Database,
    #[nested(prefix = "/db")] //~
    assigned: Database,
    #[nested(dev = "/db/dev", prod = "/db/prod")] //~
    stages_outside: Database,
    #[nested(prefx("/db"))] //~
    misspelt: Database,
    #[nested(path("/db"))] //~
    another_word: Database,
    #[nested(prefix())] //~
    empty: Database,
    #[nested(prefix)] //~
    bare: Database,
    #[nested(prefix("/db"), prefix("/db2"))] //~
    twice: Database,
    #[nested(prefix("/db", "/db2"))] //~
    two: Database,
    #[nested(prefix("/db", prod = "/db/prod"))] //~
    one_for_all_and_one: Database,
    #[nested(prefix(dev = "/db/dev"))] //~
    none_for_prod: Database,
    #[nested(prefix(dev = "/db/dev", prod = "/db/prod", test = "/db/test"))] //~
    unknown_stage: Database,
    #[nested(prefix(dev = "/db/dev", prdo = "/db/prod"))] //~
    misspelt_stage: Database,
    #[nested(prefix(dev = "/db/dev", prod = "/db/prod", dev = "/db/other"))] //~
    twice_the_same_stage: Database,
    #[nested(prefix("db"))] //~
    relative: Database,
    #[nested(prefix("/db/"))] //~
    slash_at_the_end: Database,
    #[nested(prefix("/db:3"))] //~
    selector: Database,
    #[nested(prefix("arn:aws:ssm:us-east-1:123456789012:parameter/db"))] //~
    an_arn: Database,
    #[nested(prefix("/db/{stag}"))] //~
    placeholder: Database,
    #[nested(prefix(db))] //~
    no_quotes: Database,
    #[nested(prefix(dev, prod))] //~~
    no_values: Database,
    #[nested(prefix: "/db")] //~
    colon: Database,
    #[nested = "/db"] //~
    no_parentheses: Database,
    #[nested(prefix = (dev = "/db/dev", prod = "/db/prod"))] //~
    assigned_by_stage: Database,
    #[nested(prefix["/db"])] //~
    brackets: Database,
}

#[derive(StageConfig)]
struct Database {
    #[ssm("url")]
    url: String,
}

fn main() {}
