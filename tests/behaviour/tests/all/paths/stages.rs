//! Paths with the stage in them, and below prefixes.

use std::collections::BTreeMap;

use expect_test::expect;
use stage_config::source::{Answer, Answers, Request};
use stage_config::{Fixed, ProblemKind, Source, StageConfig};
use stage_config_behaviour::{Recorded, told};

#[derive(StageConfig, Debug)]
#[stage_config(stages(dev, prod))]
struct Config {
    #[ssm_path("/flags/{stage}", required)]
    flags: BTreeMap<String, u8>,
    #[nested(dev = "/db/{stage}", prod = "/production/db")]
    database: Database,
}

#[derive(StageConfig, Debug)]
struct Database {
    #[ssm_path("/options")]
    options: BTreeMap<String, String>,
}

fn full() -> Fixed {
    Fixed::from([
        ("/flags/dev/a", "1"),
        ("/flags/dev/b/c", "2"),
        ("/flags/featureX/b/c", "20"),
        ("/flags/featureX/d", "30"),
        ("/db/dev/options/pool", "5"),
        ("/production/db/options/pool", "50"),
        ("/flags/prod/a", "100"),
    ])
}

#[tokio::test]
async fn a_preview_stage_is_merged_with_the_fallback_key_by_key() {
    let source = Recorded::new(full());
    let config = Config::loader().stage("featureX").source(source.clone()).load().await.unwrap();
    let flags: Vec<_> = config.flags.iter().map(|(key, value)| (&**key, *value)).collect();
    assert_eq!(flags, [("a", 1), ("b/c", 20), ("d", 30)]);
    assert_eq!(config.database.options["pool"], "5");
    let paths = ["/flags/featureX", "/flags/dev", "/db/featureX/options", "/db/dev/options"];
    assert_eq!(source.paths(), paths);
}

#[tokio::test]
async fn a_declared_stage_reads_its_own_path_only() {
    let source = Recorded::new(full());
    let config = Config::loader().stage("prod").source(source.clone()).load().await.unwrap();
    assert_eq!((config.flags.len(), config.flags["a"]), (1, 100));
    assert_eq!(config.database.options["pool"], "50");
    assert_eq!(source.paths(), ["/flags/prod", "/production/db/options"]);
}

#[tokio::test]
async fn where_both_paths_are_empty_one_problem_has_both() {
    let error = Config::loader().stage("featureX").source(Fixed::new()).load().await.unwrap_err();
    expect![[r#"
        cannot load `Config` for stage `dev` (deployed as `featureX`): 1 problem
          flags: path `/flags/featureX` has nothing below it, nor has `/flags/dev`
        help: aws ssm put-parameter --name /flags/dev/… --type String --value …
        help: remove `required` if a path may be empty"#]]
    .assert_eq(&told(&error));
}

#[tokio::test]
async fn an_own_entry_that_is_wrong_does_not_fall_back() {
    let denied = Answer::denied("kms:Decrypt", "…:key/1");
    let source = full().with("/flags/featureX/a", denied);
    let source = source.with("/flags/featureX/b/c", Answer::secure("hunter2"));
    let error = Config::loader().stage("featureX").source(source).load().await.unwrap_err();
    expect![[r#"
        cannot load `Config` for stage `dev` (deployed as `featureX`): 2 problems
          flags: access to parameter `/flags/featureX/a` is denied: the role needs `kms:Decrypt` on `…:key/1`
          flags: parameter `/flags/featureX/b/c` is not a `u8` (its text is secret and not shown)
        help: allow `kms:Decrypt` in a policy of the role"#]].assert_eq(&told(&error));
    // What is wrong below it, but has an own one, is not read.
    let source = full().with("/flags/dev/b/c", Answer::found("many"));
    assert!(Config::loader().stage("featureX").source(source).load().await.is_ok());
}

#[tokio::test]
async fn one_entry_that_is_denied_fails_the_load() {
    for (stage, name) in [
        ("prod", "/flags/prod/x"),
        ("featureX", "/flags/featureX/x"),
        ("featureX", "/flags/dev/x"),
        ("featureX", "/db/dev/options/x"),
    ] {
        let source = full().with(name, Answer::denied("kms:Decrypt", "…:key/1"));
        let error = Config::loader().stage(stage).source(source).load().await.unwrap_err();
        let [problem] = error.problems() else { panic!("{error}") };
        assert_eq!((problem.kind(), problem.parameter()), (ProblemKind::Denied, Some(name)));
    }
}

#[tokio::test]
async fn either_path_that_fails_fails_the_load() {
    for path in ["/flags/featureX", "/flags/dev"] {
        let denied = Answer::denied("ssm:GetParametersByPath", path);
        let source = full().with(path, denied);
        let error = Config::loader().stage("featureX").source(source).load().await.unwrap_err();
        let [problem] = error.problems() else { panic!("{error}") };
        assert_eq!((problem.kind(), problem.parameter()), (ProblemKind::Denied, Some(path)));
    }
}

/// Says of one key at each path what it is told to.
struct Key(&'static str, [Answer; 2]);

impl Source for Key {
    async fn fetch(&self, request: &Request) -> Answers {
        let Self(key, said) = self;
        let mut answers = Answers::new();
        for path in request.paths() {
            let said = if path.as_str().contains("featureX") { &said[0] } else { &said[1] };
            answers.insert_path(path, [(*key, said.clone())]);
        }
        answers
    }
}

#[tokio::test]
async fn an_entry_that_is_said_to_be_missing_falls_back() {
    let source = Key("a", [Answer::Missing, Answer::found("1")]);
    let config = Config::loader().stage("featureX").source(source).load().await.unwrap();
    assert_eq!((config.flags["a"], &*config.database.options["a"]), (1, "1"));
    let source = Key("a", [Answer::Missing, Answer::Missing]);
    let error = Config::loader().stage("featureX").source(source).load().await.unwrap_err();
    let [problem] = error.problems() else { panic!("{error}") };
    assert_eq!(problem.kind(), ProblemKind::Missing);
    assert_eq!(problem.fields(), ["flags"]);
}

#[test]
fn a_path_has_a_name_too() {
    let names = ConfigNames::for_stage("featureX").unwrap();
    assert_eq!(
        (&*names.flags, &*names.database.options),
        ("/flags/featureX", "/db/featureX/options")
    );
}
