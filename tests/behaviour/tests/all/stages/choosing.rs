//! The stage: where it is read from, what it comes down to, what is said of a wrong one.

use std::sync::atomic::{AtomicUsize, Ordering};

use expect_test::{Expect, expect};
use stage_config::{ColdStart, Environment, Fixed, LoadError, ProblemKind, StageConfig};
use stage_config_behaviour::logged;

#[derive(StageConfig, Debug)]
struct Config {
    #[stage]
    stage: String,
    #[ssm(dev = "/key/test", prod = "/key/live")]
    key: String,
}

#[derive(StageConfig, Debug)]
#[stage_config(fallback = none, stage_env = "DEPLOYED_AS")]
struct Strict {
    #[ssm(dev = "/key/test", prod = "/key/live")]
    key: String,
}

#[derive(StageConfig, Debug)]
#[stage_config(allow_near_misses)]
struct Lenient {
    #[ssm(dev = "/key/test", prod = "/key/live")]
    key: String,
}

#[derive(StageConfig, Debug)]
struct Stageless {
    #[stage]
    stage: Option<String>,
    #[ssm("/key/test")]
    key: String,
}

fn keys() -> Fixed {
    Fixed::from([("/key/test", "sk_test"), ("/key/live", "sk_live")])
}

async fn load<T: StageConfig>(environment: impl Into<Environment>) -> Result<T, LoadError> {
    T::loader().env(environment).source(keys()).load().await
}

async fn refused(environment: impl Into<Environment>, expected: &Expect) {
    let error = load::<Config>(environment).await.unwrap_err();
    assert_eq!(error.problems().len(), 1);
    assert_eq!(error.problems()[0].kind(), ProblemKind::Stage);
    expected.assert_eq(&error.to_string());
}

#[tokio::test]
async fn each_stage_reads_its_own() {
    let dev: Config = load([("stage", "dev")]).await.unwrap();
    assert_eq!((&*dev.stage, &*dev.key), ("dev", "sk_test"));
    let prod: Config = load([("stage", "prod")]).await.unwrap();
    assert_eq!((&*prod.stage, &*prod.key), ("prod", "sk_live"));
}

#[tokio::test]
async fn other_stages_fall_back_to_dev_and_keep_their_name() {
    let feature: Config = load([("stage", "featureX")]).await.unwrap();
    assert_eq!((&*feature.stage, &*feature.key), ("featureX", "sk_test"));
}

#[tokio::test]
async fn no_stage_is_dev() {
    let unset: Config = load(Environment::empty()).await.unwrap();
    assert_eq!((&*unset.stage, &*unset.key), ("dev", "sk_test"));
    let empty: Config = load([("stage", ""), ("STAGE", "")]).await.unwrap();
    assert_eq!(empty.stage, "dev");
    let given = Config::loader().stage("").source(keys()).load().await.unwrap();
    assert_eq!(given.stage, "dev");
}

#[tokio::test]
async fn either_spelling_of_the_variable_will_do() {
    for environment in [
        [("STAGE", "prod"), ("stage", "")],
        [("STAGE", ""), ("stage", "prod")],
        [("STAGE", "prod"), ("stage", "prod")],
    ] {
        let config: Config = load(environment).await.unwrap();
        assert_eq!(config.key, "sk_live");
    }
}

#[tokio::test]
async fn a_stage_in_the_code_wins_over_the_environment() {
    let loader = Config::loader().env([("stage", "dev")]).source(keys());
    assert_eq!(loader.stage("prod").load().await.unwrap().key, "sk_live");
}

#[tokio::test]
async fn a_variable_of_ones_own_is_the_only_one() {
    let error = load::<Strict>([("stage", "prod")]).await.unwrap_err();
    expect![[r#"
        cannot load `Strict`: 1 problem
          no stage is given, and there is no fallback. The stages are `dev`, `prod`; set the environment variable `DEPLOYED_AS`"#]]
    .assert_eq(&error.to_string());
    let strict: Strict = load([("DEPLOYED_AS", "prod"), ("STAGE", "dev")]).await.unwrap();
    assert_eq!(strict.key, "sk_live");
}

#[tokio::test]
async fn without_a_fallback_other_stages_are_refused() {
    let error = load::<Strict>([("DEPLOYED_AS", "featureX")]).await.unwrap_err();
    assert_eq!(error.problems()[0].stage(), Some("featureX"));
    expect![[r#"
        cannot load `Strict`: 1 problem
          `featureX` is not a declared stage. The stages are `dev`, `prod` (environment variable `DEPLOYED_AS`)"#]]
    .assert_eq(&error.to_string());
}

#[tokio::test]
async fn near_misses_are_refused() {
    refused([("stage", "prd")], &expect![[r#"
        cannot load `Config`: 1 problem
          `prd` is not a declared stage; did you mean `prod`? The stages are `dev`, `prod` (environment variable `stage`)
        help: if it is another name of `prod`: `#[stage_config(stages(…, prod(alias = "prd")))]`
        help: if it is to fall back to `dev`: `#[stage_config(allow_near_misses)]`"#]]).await;
    refused([("STAGE", "Prod")], &expect![[r#"
        cannot load `Config`: 1 problem
          `Prod` is not a declared stage; did you mean `prod`? The stages are `dev`, `prod` (environment variable `STAGE`)"#]]).await;
    refused([("stage", "production")], &expect![[r#"
        cannot load `Config`: 1 problem
          `production` is not a declared stage, but sounds like production; did you mean `prod`? The stages are `dev`, `prod` (environment variable `stage`)
        help: if it is another name of `prod`: `#[stage_config(stages(…, prod(alias = "production")))]`
        help: if it is to fall back to `dev`: `#[stage_config(allow_near_misses)]`"#]]).await;
    refused([("stage", "prod-eu")], &expect![[r#"
        cannot load `Config`: 1 problem
          `prod-eu` is not a declared stage, but sounds like production; did you mean `prod`? The stages are `dev`, `prod` (environment variable `stage`)
        help: if it is another name of `prod`: `#[stage_config(stages(…, prod(alias = "prod-eu")))]`
        help: if it is to fall back to `dev`: `#[stage_config(allow_near_misses)]`"#]]).await;
    refused([("stage", "  ")], &expect![[r#"
        cannot load `Config`: 1 problem
          the stage is nothing but blanks. The stages are `dev`, `prod` (environment variable `stage`)"#]]).await;
}

#[tokio::test]
async fn variables_that_disagree_are_refused() {
    refused([("stage", "dev"), ("STAGE", "prod")], &expect![[r#"
        cannot load `Config`: 1 problem
          environment variables `stage` (`dev`) and `STAGE` (`prod`) disagree; unset one of them, or give both the same value. The stages are `dev`, `prod`"#]]).await;
}

#[tokio::test]
async fn near_misses_can_be_allowed() {
    let lenient: Lenient = load([("stage", "prd")]).await.unwrap();
    assert_eq!(lenient.key, "sk_test");
    let error = load::<Lenient>([("stage", "Prod")]).await.unwrap_err();
    assert_eq!(error.problems()[0].kind(), ProblemKind::Stage);
}

#[tokio::test]
async fn without_stages_every_stage_is_the_same() {
    for stage in ["prd", "Production", "featureX"] {
        let config: Stageless = load([("stage", stage)]).await.unwrap();
        assert_eq!((config.stage.as_deref(), &*config.key), (Some(stage), "sk_test"));
    }
    assert_eq!(load::<Stageless>(Environment::empty()).await.unwrap().stage, None);
}

#[test]
fn a_fallback_is_said() {
    let load = |stage: &'static str| {
        logged(|| {
            let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
            runtime.block_on(load::<Config>([("stage", stage)])).unwrap();
        })
    };
    assert_eq!(load("prod"), [""; 0]);
    expect![[r#"
        [
            "WARN no stage is given; `Config` falls back to `dev` config=\"Config\" resolved=\"dev\"",
        ]
    "#]]
    .assert_debug_eq(&load(""));
    expect![[r#"
        [
            "INFO stage `featureX` is not declared; `Config` falls back to `dev` config=\"Config\" stage=\"featureX\" resolved=\"dev\"",
        ]
    "#]]
    .assert_debug_eq(&load("featureX"));
    // Nobody's stage makes a second line of it.
    let [line] = &load("x\nERROR y")[..] else { panic!("one line") };
    assert!(line.starts_with(r"INFO stage `x\nERROR y` is not declared;"), "{line}");
}

/// What a child process runs, in which there is no subscriber.
#[test]
#[ignore = "run by the test below"]
fn in_a_child_process() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    for stage in ["", "featureX", "prod"] {
        runtime.block_on(load::<Config>([("stage", stage)])).unwrap();
    }
    // Here there is one, which takes no warnings.
    tracing::subscriber::with_default(Deaf, || {
        runtime.block_on(load::<Lenient>(Environment::empty())).unwrap();
    });
}

/// Takes nothing.
struct Deaf;

impl tracing::Subscriber for Deaf {
    fn enabled(&self, _: &tracing::Metadata<'_>) -> bool {
        false
    }

    fn new_span(&self, _: &tracing::span::Attributes<'_>) -> tracing::span::Id {
        tracing::span::Id::from_u64(1)
    }

    fn record(&self, _: &tracing::span::Id, _: &tracing::span::Record<'_>) {}

    fn record_follows_from(&self, _: &tracing::span::Id, _: &tracing::span::Id) {}

    fn event(&self, _: &tracing::Event<'_>) {}

    fn enter(&self, _: &tracing::span::Id) {}

    fn exit(&self, _: &tracing::span::Id) {}
}

#[test]
fn a_forgotten_stage_is_heard_without_a_subscriber() {
    let child = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "stages::choosing::in_a_child_process", "--ignored", "--nocapture"])
        .output()
        .unwrap();
    assert!(child.status.success(), "{child:?}");
    let said = String::from_utf8(child.stderr).unwrap();
    let said: Vec<_> = said.lines().filter(|line| line.contains("stage_config")).collect();
    assert_eq!(said, ["WARN stage_config: no stage is given; `Config` falls back to `dev`"]);
}

static FORGETFUL: ColdStart<Config> = ColdStart::new().loader(|| {
    let stage = if ASKED.fetch_add(1, Ordering::SeqCst) == 0 { " " } else { "" };
    Config::loader().env([("stage", stage)]).source(keys())
});
static ASKED: AtomicUsize = AtomicUsize::new(0);

#[test]
fn what_was_not_said_in_a_load_that_failed_is_said_in_the_next() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let lines = logged(|| {
        runtime.block_on(FORGETFUL.get()).unwrap_err();
        runtime.block_on(FORGETFUL.refresh()).unwrap();
        runtime.block_on(FORGETFUL.refresh()).unwrap();
    });
    let [line] = &lines[..] else { panic!("{lines:?}") };
    assert!(line.starts_with("WARN no stage is given;"), "{line}");
    assert!(ASKED.load(Ordering::SeqCst) >= 2);
}

#[test]
fn the_stage_selecting_struct_has_the_names_of_one_stage() {
    let prod = ConfigNames::for_stage("prod").unwrap();
    assert_eq!((prod.stage(), prod.chosen(), &*prod.key), ("prod", "prod", "/key/live"));
    let feature = ConfigNames::for_stage("featureX").unwrap();
    assert_eq!(
        (feature.stage(), feature.chosen(), &*feature.key),
        ("featureX", "dev", "/key/test")
    );
    let unset = ConfigNames::for_stage("").unwrap();
    assert_eq!((unset.stage(), unset.chosen(), &*unset.key), ("dev", "dev", "/key/test"));
    let stageless = StagelessNames::for_stage("").unwrap();
    assert_eq!((stageless.stage(), stageless.chosen(), &*stageless.key), ("", "", "/key/test"));
}

#[test]
fn the_stage_selecting_struct_refuses_as_a_load_does() {
    let error = ConfigNames::for_stage("prdo").unwrap_err();
    assert_eq!((error.deployed(), error.suggestion()), (Some("prdo"), Some("prod")));
    expect![[r#"
        `prdo` is not a declared stage; did you mean `prod`? The stages are `dev`, `prod`
        help: if it is another name of `prod`: `#[stage_config(stages(…, prod(alias = "prdo")))]`
        help: if it is to fall back to `dev`: `#[stage_config(allow_near_misses)]`"#]]
    .assert_eq(&error.to_string());
    assert_eq!(format!("{error:?}"), error.to_string());
    let unset = StrictNames::for_stage("").unwrap_err();
    assert_eq!((unset.deployed(), unset.suggestion()), (None, None));
}

#[test]
fn the_environment_of_the_process_is_read() {
    // A variable that is set in no environment in its right mind.
    assert!(std::env::var("DEPLOYED_AS").is_err());
    let error = StrictNames::from_env().unwrap_err();
    assert_eq!(
        error.to_string(),
        "no stage is given, and there is no fallback. The stages are `dev`, `prod`; \
         set the environment variable `DEPLOYED_AS`"
    );
    // Cargo sets this one for each test.
    let named = PackagedNames::from_env().unwrap();
    assert_eq!((named.stage(), named.chosen()), ("stage-config-behaviour", "dev"));
}

#[derive(StageConfig, Debug)]
#[stage_config(stage_env = "CARGO_PKG_NAME")]
#[expect(dead_code, reason = "only its names are looked at")]
struct Packaged {
    #[ssm(dev = "/key/test", prod = "/key/live")]
    key: String,
}

#[derive(StageConfig, Debug)]
struct Indifferent {
    #[ssm("/key/test")]
    key: String,
}

#[tokio::test]
async fn who_asks_for_no_stage_does_not_look_at_the_environment_for_one() {
    for environment in [[("stage", "green"), ("STAGE", "prod")], [("stage", " "), ("STAGE", "")]] {
        let config: Indifferent = load(environment).await.unwrap();
        assert_eq!(config.key, "sk_test");
        // One that has a field for it is told all the same.
        assert!(load::<Stageless>(environment).await.is_err());
    }
}

#[derive(StageConfig, Debug)]
#[stage_config(
    stages(dev, pre_prod(rename = "pre-prod", alias = "preview"), production),
    allow_near_misses
)]
#[expect(dead_code, reason = "only its stage is looked at")]
struct Named {
    #[ssm("/key/test")]
    key: String,
}

#[derive(StageConfig, Debug)]
#[stage_config(stages(pre_prod(rename = "pre-prod", alias = "preview")), fallback = none)]
#[expect(dead_code, reason = "only its stage is looked at")]
struct Only {
    #[ssm("/key/test")]
    key: String,
}

#[test]
fn the_ways_out_of_a_refusal_are_those_that_lead_out() {
    let refused = |stage| OnlyNames::for_stage(stage).unwrap_err().to_string();
    // No fallback, so none is to be allowed.
    expect![[r#"
        `preprod` is not a declared stage; did you mean `pre-prod`? The stages are `pre-prod`
        help: if it is another name of `pre-prod`: `#[stage_config(stages(…(…, alias = "preprod")))]`"#]].assert_eq(&refused("preprod"));
    expect![
        "`live` is not a declared stage, but sounds like production. The stages are `pre-prod`"
    ]
    .assert_eq(&refused("live"));
    expect!["`Preview` is not a declared stage; did you mean `preview`? The stages are `pre-prod`"]
        .assert_eq(&refused("Preview"));
    expect![
        "` preview1` is not a declared stage; did you mean `preview`? The stages are `pre-prod`"
    ]
    .assert_eq(&refused(" preview1"));
    // Nor is what is allowed already.
    expect!["`Production` is not a declared stage; did you mean `production`? The stages are `dev`, `pre-prod`, `production`"].assert_eq(&NamedNames::for_stage("Production").unwrap_err().to_string());
    assert_eq!(NamedNames::for_stage("preprod").unwrap().chosen(), "dev");
    let no_such = ConfigNames::for_stage("live").unwrap_err().to_string();
    expect![[r#"
        `live` is not a declared stage, but sounds like production; did you mean `prod`? The stages are `dev`, `prod`
        help: if it is another name of `prod`: `#[stage_config(stages(…, prod(alias = "live")))]`
        help: if it is to fall back to `dev`: `#[stage_config(allow_near_misses)]`"#]].assert_eq(&no_such);
}
