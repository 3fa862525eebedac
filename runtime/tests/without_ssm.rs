//! A build without Parameter Store.
#![cfg(not(feature = "_store"))]

use expect_test::expect;
use stage_config::{ProblemKind, StageConfig};

#[derive(StageConfig, Debug)]
struct Config {
    #[ssm("/key")]
    key: Option<String>,
}

#[tokio::test]
async fn a_load_without_a_source_says_what_is_missing() {
    let error = Config::load().await.map(|config| config.key).unwrap_err();
    assert_eq!(error.problems()[0].kind(), ProblemKind::Unreadable);
    expect![[r#"
        cannot load `Config`: 1 problem
          key: parameter `/key` cannot be read: stage-config is built without its features `ssm` and `lean`; enable one of them, or give the loader a `.source(…)`"#]].assert_eq(&error.to_string());
}
