//! Roles that may do one thing and not the other.

use expect_test::expect;
use stage_config::{LoadError, ProblemKind, StageConfig};
use stage_config_local::{LocalStore, On, Parameter};

use crate::source;
use crate::stores::remote;

#[derive(StageConfig, Debug)]
struct Config {
    #[ssm("/a")]
    a: String,
    #[ssm("/b")]
    b: String,
    #[ssm("/c")]
    c: Option<String>,
}

#[derive(StageConfig, Debug)]
struct One {
    #[ssm("/a")]
    a: String,
}

fn store() -> LocalStore {
    LocalStore::start([Parameter::secure_string("/a", "1"), Parameter::string("/b", "2")]).unwrap()
}

async fn load<T: StageConfig>(store: &LocalStore) -> Result<T, LoadError> {
    T::loader().source(source(&remote(store))).load().await
}

fn operations(store: &LocalStore) -> Vec<String> {
    store.calls().iter().map(|call| call.operation.clone()).collect()
}

#[tokio::test]
async fn a_role_with_nothing_but_get_parameter_will_do() {
    let store = store();
    store.script(On::call("GetParameters").deny());
    let config: Config = load(&store).await.unwrap();
    assert_eq!((&*config.a, &*config.b, config.c), ("1", "2", None));
    assert_eq!(
        operations(&store),
        ["GetParameters", "GetParameter", "GetParameter", "GetParameter"]
    );
}

#[tokio::test]
async fn a_role_with_nothing_but_get_parameters_will_do() {
    let store = store();
    store.script(On::call("GetParameter").deny());
    let one: One = load(&store).await.unwrap();
    assert_eq!(one.a, "1");
    assert_eq!(operations(&store), ["GetParameter", "GetParameters"]);

    store.reset_calls();
    let config: Config = load(&store).await.unwrap();
    assert_eq!((&*config.a, &*config.b, config.c), ("1", "2", None));
    assert_eq!(operations(&store), ["GetParameters"]);
}

#[tokio::test]
async fn a_denied_name_is_named_and_hides_no_other() {
    let store = store();
    store.script([
        On::call("GetParameter").name("/b").deny(),
        On::call("GetParameters").name("/b").deny(),
    ]);
    let error = load::<Config>(&store).await.unwrap_err();
    expect![[r#"
        cannot load `Config`: 1 problem
          b: access to parameter `/b` is denied: the role needs `ssm:GetParameters` on `arn:aws:ssm:us-east-1:111122223333:parameter/b`
        help: allow `ssm:GetParameters` in a policy of the role"#]].assert_eq(&error.to_string());
    assert_eq!(error.problems()[0].kind(), ProblemKind::Denied);
    assert_eq!(error.problems()[0].fields(), ["b"]);
    assert_eq!(error.problems()[0].parameter(), Some("/b"));
}

#[tokio::test]
async fn a_name_that_only_one_of_the_calls_may_read_is_read_by_that() {
    let store = store();
    store.script([
        On::call("GetParameters").name("/a").deny(),
        On::call("GetParameter").name("/b").deny(),
    ]);
    let config: Config = load(&store).await.unwrap();
    assert_eq!((&*config.a, &*config.b, config.c), ("1", "2", None));
}

#[tokio::test]
async fn a_role_that_may_do_neither_is_told_what_it_needs() {
    let store = store();
    store.script([On::call("GetParameter").deny(), On::call("GetParameters").deny()]);
    expect![[r#"
        cannot load `One`: 1 problem
          a: access to parameter `/a` is denied: the role needs `ssm:GetParameter` on `arn:aws:ssm:us-east-1:111122223333:parameter/a`
        help: allow `ssm:GetParameter` in a policy of the role"#]].assert_eq(&load::<One>(&store).await.unwrap_err().to_string());
    expect![[r#"
        cannot load `Config`: 3 problems
          a: access to parameter `/a` is denied: the role needs `ssm:GetParameters` on `arn:aws:ssm:us-east-1:111122223333:parameter/a`
          b: access to parameter `/b` is denied: the role needs `ssm:GetParameters` on `arn:aws:ssm:us-east-1:111122223333:parameter/b`
          c: access to parameter `/c` is denied: the role needs `ssm:GetParameters` on `arn:aws:ssm:us-east-1:111122223333:parameter/c`
        help: allow `ssm:GetParameters` in a policy of the role"#]].assert_eq(&load::<Config>(&store).await.unwrap_err().to_string());
    assert!(!load::<Config>(&store).await.unwrap_err().is_transient());
}

#[tokio::test]
async fn what_stands_in_the_way_of_the_other_call_is_what_is_said() {
    let store = store();
    store.script([On::call("GetParameter").deny(), On::call("Decrypt").name("/a").fail()]);
    let error = load::<One>(&store).await.unwrap_err();
    assert_eq!(error.problems()[0].kind(), ProblemKind::Unreadable, "{error}");
    assert!(error.to_string().contains("KMS"), "{error}");
}
