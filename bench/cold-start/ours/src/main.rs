//! stage-config, with its default features or with `lean`.

use bench_parameters::assert_complete;
use stage_config::{LoadError, StageConfig};

#[derive(StageConfig)]
struct Config {
    #[ssm("/bench/01")]
    a: String,
    #[ssm("/bench/02")]
    b: String,
    #[ssm("/bench/03")]
    c: String,
    #[ssm("/bench/04")]
    d: String,
    #[ssm("/bench/05")]
    e: String,
    #[ssm("/bench/06")]
    f: String,
    #[ssm("/bench/07")]
    g: String,
    #[ssm("/bench/08")]
    h: String,
    #[ssm("/bench/09")]
    i: String,
    #[ssm("/bench/10")]
    j: String,
    #[ssm("/bench/11")]
    k: String,
    #[ssm("/bench/12")]
    l: String,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), LoadError> {
    let Config { a, b, c, d, e, f, g, h, i, j, k, l } = Config::load().await?;
    assert_complete([&*a, &b, &c, &d, &e, &f, &g, &h, &i, &j, &k, &l]);
    Ok(())
}
