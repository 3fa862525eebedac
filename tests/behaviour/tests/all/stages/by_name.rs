//! Stages with names of their own: `stages(prod(alias = "production"), pre_prod(rename = "pre-prod"))`.

use expect_test::{Expect, expect};
use stage_config::{Environment, Fixed, ProblemKind, StageConfig};
use stage_config_behaviour::{Recorded, logged, told};

#[derive(StageConfig, Debug)]
#[stage_config(
    stages(dev, prod(alias = "production", alias = "live"), pre_prod(rename = "pre-prod")),
    fallback = pre_prod,
)]
struct Config {
    #[stage]
    stage: String,
    #[ssm(dev = "/key/dev", prod = "/key/prod", pre_prod = "/key/pre")]
    key: String,
    #[ssm("/{stage}/url")]
    url: String,
    #[value(dev = 1, prod = 100, pre_prod = 10)]
    limit: u32,
}

fn parameters() -> Fixed {
    Fixed::from([
        ("/key/dev", "of dev"),
        ("/key/prod", "of prod"),
        ("/key/pre", "of pre-prod"),
        ("/dev/url", "dev.example"),
        ("/prod/url", "example"),
        ("/pre-prod/url", "pre.example"),
    ])
}

/// Deployed as, key, URL, limit.
async fn loaded(environment: impl Into<Environment>) -> (String, String, String, u32) {
    let loader = Config::loader().env(environment).source(parameters());
    let Config { stage, key, url, limit } = loader.load().await.unwrap();
    (stage, key, url, limit)
}

async fn refused(stage: &str, expected: &Expect) {
    let source = Recorded::new(parameters());
    let error = Config::loader().stage(stage).source(source.clone()).load().await.unwrap_err();
    assert_eq!((error.problems()[0].kind(), source.requests()), (ProblemKind::Stage, 0));
    let refusal = ConfigNames::for_stage(stage).unwrap_err();
    assert!(error.to_string().ends_with(&refusal.to_string()), "{error}\n{refusal}");
    expected.assert_eq(&told(&error));
}

#[tokio::test]
async fn a_stage_is_chosen_by_any_of_its_names_and_the_field_holds_the_one_deployed() {
    for deployed in ["prod", "production", "live"] {
        let (stage, key, url, limit) = loaded([("stage", deployed)]).await;
        assert_eq!((&*stage, &*key, &*url, limit), (deployed, "of prod", "example", 100));
        let names = ConfigNames::for_stage(deployed).unwrap();
        assert_eq!((names.stage(), names.chosen()), (deployed, "prod"));
        assert_eq!((&*names.key, &*names.url), ("/key/prod", "/prod/url"));
    }
    let (stage, key, url, limit) = loaded([("stage", "pre-prod")]).await;
    assert_eq!((&*stage, &*key, &*url, limit), ("pre-prod", "of pre-prod", "pre.example", 10));
}

#[tokio::test]
async fn the_word_of_a_stage_is_not_its_name() {
    // It is a preview stage like any other, and falls back.
    let (stage, key, url, limit) = loaded([("stage", "pre_prod")]).await;
    assert_eq!((&*stage, &*key, &*url, limit), ("pre_prod", "of pre-prod", "pre.example", 10));
    let names = ConfigNames::for_stage("pre_prod").unwrap();
    assert_eq!((&*names.url, names.chosen()), ("/pre_prod/url", "pre-prod"));
}

#[tokio::test]
async fn the_fallback_is_called_by_its_name() {
    let (stage, key, url, limit) = loaded([("stage", "featureX")]).await;
    assert_eq!((&*stage, &*key, &*url, limit), ("featureX", "of pre-prod", "pre.example", 10));
    let (stage, key, ..) = loaded(Environment::empty()).await;
    assert_eq!((&*stage, &*key), ("pre-prod", "of pre-prod"));
    let names = ConfigNames::for_stage("featureX").unwrap();
    assert_eq!((names.stage(), names.chosen()), ("featureX", "pre-prod"));
    let error = Config::loader().stage("featureX").source(Fixed::new()).load().await;
    let error = error.unwrap_err();
    assert_eq!(error.problems()[0].stage(), Some("pre-prod"));
    expect![[r#"
        cannot load `Config` for stage `pre-prod` (deployed as `featureX`): 2 problems
          key: parameter `/key/pre` does not exist
          url: parameter `/featureX/url` does not exist, nor does `/pre-prod/url`
        help: aws ssm put-parameter --name /key/pre --type String --value …
              aws ssm put-parameter --name /pre-prod/url --type String --value …
        help: if a value may be absent, make its field an `Option` or give it a `default`"#]]
    .assert_eq(&told(&error));
}

#[test]
fn a_fallback_is_logged_by_its_name_and_another_name_of_a_stage_is_not() {
    let load = |stage: &'static str| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let loader = Config::loader().stage(stage).source(parameters());
        logged(|| drop(runtime.block_on(loader.load()).unwrap()))
    };
    expect![[r#"
        [
            "INFO stage `featureX` is not declared; `Config` falls back to `pre-prod` config=\"Config\" stage=\"featureX\" resolved=\"pre-prod\"",
        ]
    "#]].assert_debug_eq(&load("featureX"));
    expect![[r#"
        [
            "WARN no stage is given; `Config` falls back to `pre-prod` config=\"Config\" resolved=\"pre-prod\"",
        ]
    "#]].assert_debug_eq(&load(""));
    assert_eq!(load("production"), Vec::<String>::new());
}

#[tokio::test]
async fn near_misses_of_each_name_are_refused() {
    refused("Production", &expect![[r#"
        cannot load `Config`: 1 problem
          `Production` is not a declared stage; did you mean `production`? The stages are `dev`, `prod`, `pre-prod`"#]]).await;
    refused(" live", &expect![[r#"
        cannot load `Config`: 1 problem
          ` live` is not a declared stage; did you mean `live`? The stages are `dev`, `prod`, `pre-prod`"#]]).await;
    refused("prodction", &expect![[r#"
        cannot load `Config`: 1 problem
          `prodction` is not a declared stage; did you mean `production`? The stages are `dev`, `prod`, `pre-prod`
        help: if it is another name of `prod`: `#[stage_config(stages(…, prod(…, alias = "prodction")))]`
        help: if it is to fall back to `pre-prod`: `#[stage_config(allow_near_misses)]`"#]]).await;
    refused("liev", &expect![[r#"
        cannot load `Config`: 1 problem
          `liev` is not a declared stage; did you mean `live`? The stages are `dev`, `prod`, `pre-prod`
        help: if it is another name of `prod`: `#[stage_config(stages(…, prod(…, alias = "liev")))]`
        help: if it is to fall back to `pre-prod`: `#[stage_config(allow_near_misses)]`"#]]).await;
    refused("prod-eu", &expect![[r#"
        cannot load `Config`: 1 problem
          `prod-eu` is not a declared stage, but sounds like production; did you mean `prod`? The stages are `dev`, `prod`, `pre-prod`
        help: if it is another name of `prod`: `#[stage_config(stages(…, prod(…, alias = "prod-eu")))]`
        help: if it is to fall back to `pre-prod`: `#[stage_config(allow_near_misses)]`"#]]).await;
    refused("Pre-Prod", &expect![[r#"
        cannot load `Config`: 1 problem
          `Pre-Prod` is not a declared stage; did you mean `pre-prod`? The stages are `dev`, `prod`, `pre-prod`"#]]).await;
    refused("prd", &expect![[r#"
        cannot load `Config`: 1 problem
          `prd` is not a declared stage; did you mean `prod`? The stages are `dev`, `prod`, `pre-prod`
        help: if it is another name of `prod`: `#[stage_config(stages(…, prod(…, alias = "prd")))]`
        help: if it is to fall back to `pre-prod`: `#[stage_config(allow_near_misses)]`"#]]).await;
}

#[derive(StageConfig, Debug)]
#[stage_config(stages(dev, prod(rename = "Production")), allow_near_misses)]
struct Renamed {
    #[stage]
    stage: String,
    #[ssm(dev = "/{stage}/key", prod = "/{stage}/key")]
    key: String,
}

#[tokio::test]
async fn a_stage_may_have_another_name_than_its_word() {
    let source = Recorded::new(Fixed::from([("/Production/key", "x"), ("/dev/key", "y")]));
    let loader = Renamed::loader().stage("Production").source(source.clone());
    assert_eq!(loader.load().await.unwrap().key, "x");
    assert_eq!(source.names(), ["/Production/key"]);
    // Not the stage, and allowed to fall back.
    let prod =
        Renamed::loader().stage("prod").source(Recorded::new(Fixed::from([("/dev/key", "y")])));
    let prod = prod.load().await.unwrap();
    assert_eq!((&*prod.stage, &*prod.key), ("prod", "y"));
    let error = Renamed::loader().stage("production").source(Fixed::new()).load().await;
    expect![[r#"
        cannot load `Renamed`: 1 problem
          `production` is not a declared stage; did you mean `Production`? The stages are `dev`, `Production`"#]].assert_eq(&told(&error.unwrap_err()));
}

#[test]
fn the_table_has_the_names_and_not_the_words() {
    let table = Config::PARAMETERS;
    assert_eq!(table.stages().declared(), ["dev", "prod", "pre-prod"]);
    assert_eq!(table.stages().fallback(), Some("pre-prod"));
    let key = table.parameters().next().unwrap();
    assert_eq!(key.at("pre-prod").as_deref(), Some("/key/pre"));
    assert_eq!((key.at("pre_prod"), key.at("production")), (None, None));
}
