use stage_config::StageConfig;

#[derive(StageConfig)]
struct Inner {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod))]
struct Config {
    #[nested(prefix(dev("/a"), prod = "/b"))] //~
    called_stage: Inner,
    #[nested(prefix(prefix("/a")))] //~
    prefix_twice: Inner,
    #[nested(prefix = dev)] //~
    without_parentheses: Inner,
    #[nested(prefix, "/a")] //~
    beside_the_word: Inner,
    #[nested(prefix dev = "/a")] //~
    no_comma_behind_the_word: Inner,
    #[nested(prefix("/a") default = 1)] //~
    no_comma: Inner,
    #[nested(prefix(nested))] //~
    no_quotes: Inner,
    #[nested(prefix(["/a"]))] //~
    a_list: Inner,
    #[nested(prefix("/a" "/b"))] //~
    two_without_comma: Inner,
    #[nested(prefix(dev = "/a"; prod = "/b"))] //~
    semicolon: Inner,
    #[nested(prefix({stage}))] //~
    braces: Inner,
    #[nested(stage)] //~
    stage: Inner,
    #[nested(flatten)] //~
    flatten: Inner,
}

fn main() {}
