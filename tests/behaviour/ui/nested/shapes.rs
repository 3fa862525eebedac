use stage_config::StageConfig;

#[derive(StageConfig)]
#[stage_config(stages(dev, prod))]
struct Config {
    #[nested(dev = "/db/dev", prod = "/db/prod")]
    right: Database,
    #[nested(prefix("/db"))] //~
    with_the_word: Database,
    #[nested(prefix(dev = "/db/dev", prod = "/db/prod"))] //~
    with_the_word_by_stage: Database,
    #[nested(prefix = "/db")] //~
    assigned: Database,
    #[nested("/db", "/db2")] //~
    two: Database,
    #[nested("/db", prod = "/db/prod")] //~
    one_for_all_and_one: Database,
    #[nested(dev = "/db/dev")] //~
    none_for_prod: Database,
    #[nested(dev = "/db/dev", prod = "/db/prod", test = "/db/test")] //~
    unknown_stage: Database,
    #[nested(dev = "/db/dev", prdo = "/db/prod")] //~
    misspelt_stage: Database,
    #[nested(dev = "/db/dev", prod = "/db/prod", dev = "/db/other")] //~
    twice_the_same_stage: Database,
    #[nested("db")] //~
    relative: Database,
    #[nested("/db/")] //~
    slash_at_the_end: Database,
    #[nested("/db:3")] //~
    selector: Database,
    #[nested("arn:aws:ssm:us-east-1:123456789012:parameter/db")] //~
    an_arn: Database,
    #[nested("/db/{stag}")] //~
    placeholder: Database,
    #[nested(db)] //~
    no_quotes: Database,
    #[nested(dev, prod)] //~~
    no_values: Database,
    #[nested = "/db"] //~
    no_parentheses: Database,
    #[nested["/db"]] //~
    brackets: Database,
}

#[derive(StageConfig)]
struct Database {
    #[ssm("url")]
    url: String,
}

fn main() {}
