//! `validate`: what the fields say together.

use std::cell::Cell;
use std::fmt;

use expect_test::expect;
use stage_config::{Fixed, ProblemKind, StageConfig};
use stage_config_behaviour::told;

thread_local! {
    /// How often the checks of a test were called; each test has a thread of its own.
    static CALLS: Cell<u32> = const { Cell::new(0) };
}

#[derive(StageConfig, Debug)]
#[stage_config(stages(dev, prod), validate = Self::check)]
struct Config {
    #[ssm("/{stage}/min")]
    min: u32,
    #[ssm("/{stage}/max", default = 10)]
    max: u32,
    #[nested("/db")]
    pool: Pool,
}

impl Config {
    fn check(&self) -> Result<(), String> {
        CALLS.set(CALLS.get() + 1);
        if self.min > self.max {
            return Err(format!("`min` ({}) is larger than `max` ({})", self.min, self.max));
        }
        Ok(())
    }
}

#[derive(StageConfig, Debug)]
#[stage_config(validate = check_pool)]
struct Pool {
    #[ssm("size", default = 1)]
    size: u32,
    #[env("POOL", default = 0)]
    spare: u32,
}

#[derive(Debug)]
struct TooFew;

impl fmt::Display for TooFew {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a pool has at least one connection")
    }
}

fn check_pool(pool: &Pool) -> Result<(), TooFew> {
    CALLS.set(CALLS.get() + 100);
    if pool.size == 0 { Err(TooFew) } else { Ok(()) }
}

#[tokio::test]
async fn each_check_is_called_once_when_all_is_read() {
    let source = Fixed::from([("/dev/min", "1"), ("/db/size", "3")]);
    let config = Config::loader().stage("dev").env([("POOL", "2")]).source(source);
    let config = config.load().await.unwrap();
    assert_eq!((config.max, config.pool.size, config.pool.spare), (10, 3, 2));
    assert_eq!(CALLS.get(), 101);
}

#[tokio::test]
async fn what_a_check_refuses_is_a_problem_of_the_struct() {
    let source = Fixed::from([("/dev/min", "11")]);
    let error = Config::loader().stage("featureX").source(source).load().await.unwrap_err();
    let [problem] = error.problems() else { panic!("{error}") };
    assert_eq!((problem.kind(), problem.stage()), (ProblemKind::Invalid, Some("dev")));
    assert_eq!(problem.fields(), [""; 0]);
    assert_eq!((problem.parameter(), problem.variable()), (None, None));
    assert!(!error.is_transient());
    expect![[r#"
        cannot load `Config` for stage `dev` (deployed as `featureX`): 1 problem
          `Config` is not valid: `min` (11) is larger than `max` (10)"#]]
    .assert_eq(&told(&error));
}

#[tokio::test]
async fn a_check_is_not_called_where_a_field_is_wrong() {
    let source = Fixed::from([("/dev/max", "many")]);
    let error = Config::loader().stage("dev").source(source).load().await.unwrap_err();
    assert_eq!(error.problems().len(), 2);
    // That of the nested struct, whose fields are all right, is.
    assert_eq!(CALLS.get(), 100);
}

#[tokio::test]
async fn what_the_check_of_a_nested_struct_refuses_is_at_its_path_among_the_others() {
    let source = Fixed::from([("/db/size", "0"), ("/dev/max", "many")]);
    let error = Config::loader().stage("dev").source(source).load().await.unwrap_err();
    let invalid = error.problems().last().unwrap();
    assert_eq!(invalid.kind(), ProblemKind::Invalid);
    assert_eq!(invalid.fields(), ["pool"]);
    expect![[r#"
        cannot load `Config` for stage `dev`: 3 problems
          min: parameter `/dev/min` does not exist
          max: parameter `/dev/max` is not a `u32`: invalid digit found in string
          pool: `Pool` is not valid: a pool has at least one connection
        help: aws ssm put-parameter --name /dev/min --type String --value …
        help: if a value may be absent, make its field an `Option` or give it a `default`"#]]
    .assert_eq(&told(&error));
    // The outer check needs the inner struct.
    let source = Fixed::from([("/db/size", "0"), ("/dev/min", "11")]);
    let error = Config::loader().stage("dev").source(source).load().await.unwrap_err();
    assert_eq!((error.problems().len(), CALLS.get()), (1, 200));
}

#[derive(StageConfig, Debug)]
struct Optional {
    #[nested("/a")]
    pool: Option<Pool>,
}

#[tokio::test]
async fn what_is_not_there_is_not_checked() {
    let optional = Optional::loader().source(Fixed::new()).load().await.unwrap();
    assert_eq!((optional.pool.is_none(), CALLS.get()), (true, 0));
    let source = Fixed::from([("/a/size", "0")]);
    let error = Optional::loader().source(source).load().await.unwrap_err();
    expect![[r#"
        cannot load `Optional`: 1 problem
          pool: `Pool` is not valid: a pool has at least one connection"#]]
    .assert_eq(&told(&error));
}

#[derive(StageConfig, Debug)]
#[stage_config(validate = forge)]
struct Forged {
    #[ssm("/number", parse_with = forge_number)]
    _number: Option<u8>,
}

fn forge(_: &Forged) -> Result<(), String> {
    Err(format!("no\n  limit: parameter `/limit` does not exist\r\u{1b}[2K{}", "!".repeat(5_000)))
}

fn forge_number(text: &str) -> Result<u8, String> {
    Err(format!("`{text}` is no number\nhelp: rm -r /"))
}

#[tokio::test]
async fn no_error_of_a_user_forges_a_line() {
    let load = |source: Fixed| Forged::loader().source(source).load();
    let error = told(&load(Fixed::new()).await.unwrap_err());
    assert_eq!(error.lines().count(), 2);
    expect![[r#"
        cannot load `Forged`: 1 problem
          `Forged` is not valid: no\n  limit: parameter `/limit` does not exist\r\u{1b}[2K!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!… (4450 more characters)"#]].assert_eq(&error.replace(&"!".repeat(100), "!"));
    let error = told(&load(Fixed::from([("/number", "1")])).await.unwrap_err());
    expect![[r#"
        cannot load `Forged`: 1 problem
          _number: parameter `/number` is not a `u8`: `1` is no number\nhelp: rm -r /"#]]
    .assert_eq(&error);
}
