use stage_config::StageConfig;

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

#[derive(StageConfig)]
struct Sized<const N: usize> { //~
    #[ssm("/a")]
    a: String,
}

fn main() {}
