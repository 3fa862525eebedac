//! The test of all parameters that `parameter_tests!` writes, run as its user does: by the program of
//! the tests, in an environment that has an account.

#![expect(dead_code, reason = "nobody reads the fields")]

use std::process::{Command, Output};

use expect_test::{Expect, expect};
use stage_config::{SecretString, StageConfig};
use stage_config_local::{LocalStore, Parameter};

mod shop {
    use super::*;

    #[derive(StageConfig)]
    pub(super) struct Database {
        #[ssm("url")]
        pub(super) url: String,
        #[env("DATABASE_USER")]
        pub(super) user: String,
    }

    #[derive(StageConfig)]
    pub(super) struct Config {
        #[ssm(dev = "/stripe/test", prod = "/stripe/live")]
        pub(super) stripe: SecretString,
        #[env("TABLE_NAME")]
        pub(super) table: String,
        #[nested(dev = "/db/dev", prod = "/db/prod")]
        pub(super) database: Database,
    }

    stage_config::parameter_tests!(Config);
}

mod without_variables {
    use super::*;

    #[derive(StageConfig)]
    #[stage_config(validate = Self::check)]
    pub(super) struct Config {
        #[ssm("/limit")]
        pub(super) limit: u32,
    }

    impl Config {
        fn check(&self) -> Result<(), String> {
            if self.limit < 10 { Ok(()) } else { Err(format!("{} is too much", self.limit)) }
        }
    }

    stage_config::parameter_tests!(Config);
}

/// Runs the ignored test of a module beside this function, in a program of its own.
fn run(module: &str, stage: &str, store: &LocalStore) -> Output {
    let test = format!("parameter_tests::{module}::every_parameter_can_be_read");
    let mut program = Command::new(std::env::current_exe().unwrap());
    program.args(["--ignored", "--exact", &test]).env_clear().envs([
        ("AWS_REGION", "us-east-1"),
        ("AWS_ACCESS_KEY_ID", "ASIA"),
        ("AWS_SECRET_ACCESS_KEY", "secret"),
        ("AWS_ENDPOINT_URL_SSM", &*store.url()),
        ("stage", stage),
    ]);
    program.output().unwrap()
}

fn store() -> LocalStore {
    LocalStore::start([
        Parameter::secure_string("/stripe/test", "sk_test"),
        Parameter::secure_string("/stripe/live", "sk_live"),
        Parameter::string("/db/dev/url", "postgres://dev"),
        Parameter::string("/limit", "5"),
    ])
    .unwrap()
}

fn passed(output: &Output) {
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && text.contains("1 passed"), "{text}");
}

/// The error of the one test that was run.
fn failed(output: &Output, expected: &Expect) {
    assert!(!output.status.success());
    let text = String::from_utf8_lossy(&output.stdout);
    let (_, error) = text.split_once("Error: ").unwrap();
    expected.assert_eq(error.split_once("\n\n").unwrap().0);
}

#[test]
fn all_parameters_are_read_at_the_stage_of_the_environment_and_no_variables() {
    let store = store();
    passed(&run("shop", "dev", &store));
    let calls = store.calls();
    let mut names: Vec<_> = calls.names().collect();
    names.sort_unstable();
    assert_eq!(names, ["/db/dev/url", "/stripe/test"]);
}

#[test]
fn what_is_missing_fails_the_test_with_the_error_of_the_load() {
    failed(
        &run("shop", "prod", &store()),
        &expect![[r#"
            cannot load `Config` for stage `prod`: 1 problem
              database.url: parameter `/db/prod/url` does not exist in us-east-1
            help: aws ssm put-parameter --name /db/prod/url --type String --region us-east-1 --value …
            help: if a value may be absent, make its field an `Option` or give it a `default`"#]],
    );
}

#[test]
fn a_configuration_that_is_whole_is_validated() {
    let store = store();
    passed(&run("without_variables", "", &store));
    let store = LocalStore::start([Parameter::string("/limit", "50")]).unwrap();
    let output = run("without_variables", "", &store);
    failed(
        &output,
        &expect![[r#"
        cannot load `Config`: 1 problem
          `Config` is not valid: 50 is too much"#]],
    );
}
