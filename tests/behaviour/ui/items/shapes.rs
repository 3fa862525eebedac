use stage_config::StageConfig;

#[derive(StageConfig)]
enum Enum { //~
    A,
}

#[derive(StageConfig)]
struct Tuple(String); //~

#[derive(StageConfig)]
struct Typed<T> { //~
    #[ssm("/a")]
    a: T,
}

#[derive(StageConfig)]
struct Borrowed<'a> { //~
    #[ssm("/a")]
    a: &'a str,
}

fn main() {}
