//! Which account answered, and whether it is that of the stage.

use std::collections::BTreeMap;

use expect_test::expect;
use stage_config::source::Answer;
use stage_config::{Fixed, LoadError, ProblemKind, Source, StageConfig};
use stage_config_behaviour::{SECRET, told};

const DEV: &str = "111122223333";
const PROD: &str = "444455556666";
const SHARED: &str = "arn:aws:ssm:us-east-1:999900001111:parameter/shared";

#[derive(StageConfig, Debug)]
#[stage_config(accounts(dev = "111122223333", prod = ["444455556666", "777788889999"]))]
struct Config {
    #[ssm(dev = "/key/dev", prod = "/key/prod")]
    key: String,
    #[ssm("/app/{stage}/limit", default = 5)]
    limit: u32,
    #[ssm_path("/flags")]
    flags: BTreeMap<String, bool>,
    #[ssm("arn:aws:ssm:us-east-1:999900001111:parameter/shared")]
    shared: Option<String>,
    #[secret(dev = "stripe/dev", prod = "stripe/prod")]
    stripe: Option<String>,
}

fn from(account: &str, text: &str) -> Answer {
    Answer::found(text).with_account(account)
}

async fn load(stage: &str, source: impl Source + 'static) -> Result<Config, LoadError> {
    Config::loader().stage(stage).source(source).load().await
}

#[tokio::test]
async fn each_of_the_accounts_of_the_stage_may_answer() {
    for account in [PROD, "777788889999"] {
        let source = Fixed::new()
            .with("/key/prod", from(account, "k"))
            .with("/app/prod/limit", from(PROD, "7"))
            .with("/flags/a", from(account, "true"));
        let config = load("prod", source).await.unwrap();
        assert_eq!((&*config.key, config.limit, config.flags["a"]), ("k", 7, true));
    }
}

#[tokio::test]
async fn the_account_of_another_stage_is_the_only_problem() {
    // The one that is missing must not be created there.
    let source = Fixed::new()
        .with("/app/prod/limit", from(DEV, SECRET))
        .with_secret("stripe/prod", SECRET)
        .with("/flags", Answer::transient("throttled"));
    let error = load("prod", source).await.unwrap_err();
    expect![[r#"
        cannot load `Config` for stage `prod`: 1 problem
          account `111122223333` answered, which is that of stage `dev`; stage `prod` is in one of the accounts `444455556666`, `777788889999`
        help: load with credentials of one of them, or for stage `dev`
        help: if stage `prod` is in account `111122223333` too: `#[stage_config(accounts(…, prod = ["444455556666", "777788889999", "111122223333"]))]`"#]]
    .assert_eq(&told(&error));
    let [problem] = error.problems() else { panic!("one problem") };
    assert_eq!((problem.kind(), problem.stage()), (ProblemKind::WrongAccount, Some("prod")));
    assert!(problem.fields().is_empty() && problem.parameter().is_none());
    assert!(!error.is_transient());
}

#[tokio::test]
async fn an_account_that_is_not_listed_is_a_problem_too() {
    let error = load("dev", Fixed::new().with("/key/dev", from("000000000000", "k"))).await;
    expect![[r#"
        cannot load `Config` for stage `dev`: 1 problem
          account `000000000000` answered, which `Config` does not list; stage `dev` is in account `111122223333`
        help: load with credentials of account `111122223333`
        help: if stage `dev` is in account `000000000000` too: `#[stage_config(accounts(…, dev = ["111122223333", "000000000000"]))]`"#]]
    .assert_eq(&told(&error.unwrap_err()));
}

#[tokio::test]
async fn a_preview_stage_is_held_to_the_account_of_its_fallback() {
    let source = |account| {
        Fixed::new()
            .with("/key/dev", from(DEV, "k"))
            .with("/app/featureX/limit", from(account, "7"))
    };
    assert_eq!(load("featureX", source(DEV)).await.unwrap().limit, 7);
    let error = load("featureX", source(PROD)).await.unwrap_err();
    expect![[r#"
        cannot load `Config` for stage `dev` (deployed as `featureX`): 1 problem
          account `444455556666` answered, which is that of stage `prod`; stage `dev` is in account `111122223333`
        help: load with credentials of account `111122223333`, or for stage `prod`
        help: if stage `dev` is in account `444455556666` too: `#[stage_config(accounts(…, dev = ["111122223333", "444455556666"]))]`"#]]
    .assert_eq(&told(&error));
}

#[tokio::test]
async fn whatever_answers_is_judged() {
    let key = || Fixed::from([("/key/prod", "k")]);
    let denied =
        |resource: &str| Answer::denied("ssm:GetParameters", resource.replace("ACCOUNT", DEV));
    let entry = ("/flags/a", from(DEV, "true"));
    let secret = ("/aws/reference/secretsmanager/stripe/prod", from(DEV, "k"));
    let no_right = ("/app/prod/limit", denied("arn:aws:ssm:us-east-1:ACCOUNT:parameter/a"));
    let no_right_below = ("/flags", denied("arn:aws:ssm:us-east-1:ACCOUNT:parameter/flags"));
    for (name, answer) in [entry, secret, no_right, no_right_below] {
        let error = load("prod", key().with(name, answer)).await.unwrap_err();
        assert_eq!(error.problems()[0].kind(), ProblemKind::WrongAccount, "{name}");
    }
    // Another account may own the KMS key of ours.
    let key_of_another = denied("arn:aws:kms:us-east-1:ACCOUNT:key/k");
    let error = load("prod", key().with("/app/prod/limit", key_of_another)).await.unwrap_err();
    assert_eq!(error.problems()[0].kind(), ProblemKind::Denied);
}

#[tokio::test]
async fn a_source_without_accounts_and_a_parameter_by_arn_are_not_judged() {
    let source = Fixed::from([("/key/prod", "k")])
        .with(SHARED, from("999900001111", "s"))
        .with("/flags/a", from("not an account", "true"));
    let config = load("prod", source).await.unwrap();
    assert_eq!(
        (config.shared.as_deref(), config.stripe, config.flags["a"]),
        (Some("s"), None, true)
    );
}

#[derive(StageConfig, Debug)]
#[stage_config(stages(dev, qa, prod), accounts(prod = "444455556666"))]
struct OnlyProd {
    #[ssm("/key")]
    #[expect(dead_code, reason = "it is loaded, and not looked at")]
    key: String,
}

#[tokio::test]
async fn a_stage_that_lists_no_account_may_be_in_any_but_those_of_others() {
    let load = |stage: &str, account| {
        OnlyProd::loader().stage(stage).source(Fixed::new().with("/key", from(account, "k"))).load()
    };
    assert!(load("qa", DEV).await.is_ok());
    let error = load("qa", PROD).await.unwrap_err();
    expect![[r#"
        cannot load `OnlyProd` for stage `qa`: 1 problem
          account `444455556666` answered, which is that of stage `prod`; stage `qa` has none of its own
        help: load with other credentials, or for stage `prod`
        help: if stage `qa` is in account `444455556666` too: `#[stage_config(accounts(…, qa = "444455556666"))]`"#]]
    .assert_eq(&told(&error));
}

#[derive(StageConfig, Debug)]
#[stage_config(accounts(dev = "111122223333", prod = "111122223333"))]
struct OneAccount {
    #[ssm(dev = "/key/dev", prod = "/key/prod")]
    #[expect(dead_code, reason = "it is loaded, and not looked at")]
    key: String,
}

#[tokio::test]
async fn two_stages_may_be_in_one_account() {
    let load = |account| {
        let source = Fixed::new().with("/key/prod", from(account, "k"));
        OneAccount::loader().stage("prod").source(source).load()
    };
    assert!(load(DEV).await.is_ok());
    assert!(load(PROD).await.is_err());
}

#[derive(StageConfig, Debug)]
#[expect(dead_code, reason = "they are loaded, and not looked at")]
struct Outer {
    #[value(dev = 1, prod = 2)]
    number: u32,
    #[ssm("/outer")]
    own: String,
    #[nested("/inner")]
    inner: Option<Inner>,
}

#[derive(StageConfig, Debug)]
#[stage_config(stages(dev, prod), accounts(prod = "444455556666"))]
#[expect(dead_code, reason = "it is loaded, and not looked at")]
struct Inner {
    #[ssm("key")]
    key: String,
}

#[derive(StageConfig, Debug)]
#[stage_config(stages(dev, prod), accounts(prod = "777788889999"))]
#[expect(dead_code, reason = "it is loaded, and not looked at")]
struct Outermost {
    #[nested]
    outer: Outer,
}

#[tokio::test]
async fn a_nested_struct_judges_its_own_part_and_the_outer_one_all() {
    let source = |outer, inner| {
        Fixed::new().with("/outer", from(outer, "o")).with("/inner/key", from(inner, "i"))
    };
    let outer = |outer, inner| Outer::loader().stage("prod").source(source(outer, inner)).load();
    assert!(outer(DEV, PROD).await.is_ok());
    expect![[r#"
        cannot load `Outer` for stage `prod`: 1 problem
          account `111122223333` answered, which `Inner` does not list; stage `prod` is in account `444455556666`
        help: load with credentials of account `444455556666`
        help: if stage `prod` is in account `111122223333` too: `#[stage_config(accounts(…, prod = ["444455556666", "111122223333"]))]`"#]]
    .assert_eq(&told(&outer(PROD, DEV).await.unwrap_err()));

    let all = |outer, inner| Outermost::loader().stage("prod").source(source(outer, inner)).load();
    for inner in ["777788889999", PROD] {
        assert!(all("777788889999", inner).await.is_err());
    }
}
