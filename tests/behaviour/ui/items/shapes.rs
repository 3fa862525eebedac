use stage_config::StageConfig;

#[derive(StageConfig)]
enum Enum { //~
    A,
}

#[derive(StageConfig)]
union Union { //~
    a: u8,
}

#[derive(StageConfig)]
struct Tuple(String); //~

#[derive(StageConfig)]
struct Unit; //~

fn main() {}
