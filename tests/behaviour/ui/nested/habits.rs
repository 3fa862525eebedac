use stage_config::StageConfig;

#[derive(StageConfig)]
struct Inner {}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod))]
struct Config {
    #[nested(dev("/a"), prod = "/b")] //~
    called_stage: Inner,
    #[nested(["/a"])] //~
    a_list: Inner,
    #[nested("/a" "/b")] //~
    two_without_comma: Inner,
    #[nested(dev = "/a"; prod = "/b")] //~
    semicolon: Inner,
    #[nested({stage})] //~
    braces: Inner,
    #[nested(stage)] //~
    stage: Inner,
    #[nested(flatten)] //~
    flatten: Inner,
}

fn main() {}
