//! Which stages can be a part of names, and the names of a stage without a load.

use expect_test::{Expect, expect};
use stage_config::schema::ParameterTable;
use stage_config::{Fixed, ProblemKind, StageConfig};
use stage_config_behaviour::{Recorded, told};

#[derive(StageConfig, Debug)]
#[stage_config(stages(dev, prod(alias = "production")))]
#[expect(dead_code, reason = "the names are looked at")]
struct Config {
    #[ssm("/{stage}/url")]
    url: String,
    #[ssm("/limit")]
    limit: u32,
}

/// Neither a load nor the stage-selecting struct takes it, and nothing is asked for.
async fn refused<T: StageConfig + std::fmt::Debug>(stage: &str, expected: &Expect) {
    let source = Recorded::new(Fixed::new());
    let error = T::loader().stage(stage).source(source.clone()).load().await.unwrap_err();
    assert_eq!(source.requests(), 0);
    let [problem] = error.problems() else { panic!("{error}") };
    assert_eq!((problem.kind(), problem.stage()), (ProblemKind::Stage, Some(stage)));
    assert_eq!(problem.parameter(), None);
    expected.assert_eq(&told(&error));
}

#[tokio::test]
async fn a_stage_that_is_no_part_of_a_name_is_refused() {
    refused::<Config>("feature/x", &expect![[r#"
        cannot load `Config`: 1 problem
          stage `feature/x` cannot be part of the name `/feature/x/url`, because of `/`: a stage that is part of a name has only letters, digits and `_ . -`. The stages are `dev`, `prod`"#]]).await;
    refused::<Config>("a:b", &expect![[r#"
        cannot load `Config`: 1 problem
          stage `a:b` cannot be part of the name `/a:b/url`, because of `:`: a stage that is part of a name has only letters, digits and `_ . -`. The stages are `dev`, `prod`"#]]).await;
    refused::<Config>("größe", &expect![[r#"
        cannot load `Config`: 1 problem
          stage `größe` cannot be part of the name `/größe/url`, because of `ö`: a stage that is part of a name has only letters, digits and `_ . -`. The stages are `dev`, `prod`"#]]).await;
    refused::<Config>("feature x", &expect![[r#"
        cannot load `Config`: 1 problem
          stage `feature x` cannot be part of the name `/feature x/url`, because of ` `: a stage that is part of a name has only letters, digits and `_ . -`. The stages are `dev`, `prod`"#]]).await;
    refused::<Config>("{stage}", &expect![[r#"
        cannot load `Config`: 1 problem
          stage `{stage}` cannot be part of the name `/{stage}/url`, because of `{`: a stage that is part of a name has only letters, digits and `_ . -`. The stages are `dev`, `prod`"#]]).await;
    refused::<Config>("a\nb", &expect![[r#"
        cannot load `Config`: 1 problem
          stage `a\nb` cannot be part of the name `/a\nb/url`, because of `\n`: a stage that is part of a name has only letters, digits and `_ . -`. The stages are `dev`, `prod`"#]]).await;
}

#[tokio::test]
async fn a_stage_that_makes_the_name_another_kind_of_name_is_refused() {
    refused::<Config>("aws", &expect![[r#"
        cannot load `Config`: 1 problem
          stage `aws` cannot be part of the name `/aws/url`, which begins with `aws` or `ssm`, which the service reserves. The stages are `dev`, `prod`"#]]).await;
    refused::<Config>("ssm-test", &expect![[r#"
        cannot load `Config`: 1 problem
          stage `ssm-test` cannot be part of the name `/ssm-test/url`, which begins with `aws` or `ssm`, which the service reserves. The stages are `dev`, `prod`"#]]).await;
}

#[tokio::test]
async fn a_stage_that_makes_the_name_too_long_is_refused() {
    let stage = "x".repeat(1_010);
    let source = Recorded::new(Fixed::new());
    let error = Config::loader().stage(&stage).source(source.clone()).load().await.unwrap_err();
    assert_eq!(source.requests(), 0);
    expect![[r#"
        cannot load `Config`: 1 problem
          stage `xx…xx` cannot be part of the name `/xx…xx/url`, which has 1015 characters; Parameter Store allows 1011. The stages are `dev`, `prod`"#]].assert_eq(&told(&error).replace(&stage, "xx…xx"));
    assert!(ConfigNames::for_stage(&stage).is_err());
}

#[tokio::test]
async fn where_the_stage_comes_from_is_said() {
    let environment = [("STAGE", "feature/x")];
    let error = Config::loader().env(environment).source(Fixed::new()).load().await.unwrap_err();
    expect![[r#"
        cannot load `Config`: 1 problem
          stage `feature/x` cannot be part of the name `/feature/x/url`, because of `/`: a stage that is part of a name has only letters, digits and `_ . -` (environment variable `STAGE`). The stages are `dev`, `prod`"#]].assert_eq(&told(&error));
}

#[derive(StageConfig, Debug)]
#[stage_config(stages(dev, prod))]
struct OfSecret {
    #[secret("stripe/{stage}")]
    _key: String,
}

#[derive(StageConfig, Debug)]
#[stage_config(stages(dev, prod))]
struct OfPath {
    #[ssm_path("/flags/{stage}")]
    _flags: std::collections::BTreeMap<String, String>,
}

#[derive(StageConfig, Debug)]
#[stage_config(stages(dev, prod))]
struct OfPathFirst {
    #[ssm_path("/{stage}/flags")]
    _flags: std::collections::BTreeMap<String, String>,
}

#[derive(StageConfig, Debug)]
#[stage_config(stages(dev, prod))]
struct OfPrefix {
    #[nested("/{stage}/db")]
    _database: Database,
}

#[derive(StageConfig, Debug)]
struct Database {
    #[ssm("url")]
    _url: String,
}

#[derive(StageConfig, Debug)]
#[stage_config(stages(dev, prod))]
struct OfLabel {
    #[ssm("/key:{stage}")]
    _key: String,
}

#[tokio::test]
async fn the_same_holds_wherever_a_template_stands() {
    refused::<OfSecret>("feature/x", &expect![[r#"
        cannot load `OfSecret`: 1 problem
          stage `feature/x` cannot be part of the name `/aws/reference/secretsmanager/stripe/feature/x`, because of `/`: a stage that is part of a name has only letters, digits and `_ . -`. The stages are `dev`, `prod`"#]]).await;
    refused::<OfPath>("feature/x", &expect![[r#"
        cannot load `OfPath`: 1 problem
          stage `feature/x` cannot be part of the name `/flags/feature/x`, because of `/`: a stage that is part of a name has only letters, digits and `_ . -`. The stages are `dev`, `prod`"#]]).await;
    refused::<OfPrefix>("feature/x", &expect![[r#"
        cannot load `OfPrefix`: 1 problem
          stage `feature/x` cannot be part of the name `/feature/x/db/url`, because of `/`: a stage that is part of a name has only letters, digits and `_ . -`. The stages are `dev`, `prod`"#]]).await;
    refused::<OfPrefix>("aws", &expect![[r#"
        cannot load `OfPrefix`: 1 problem
          stage `aws` cannot be part of the name `/aws/db/url`, which begins with `aws` or `ssm`, which the service reserves. The stages are `dev`, `prod`"#]]).await;
    refused::<OfLabel>("9th", &expect![[r#"
        cannot load `OfLabel`: 1 problem
          stage `9th` cannot be part of the name `/key:9th`, which has a label that begins with a digit. The stages are `dev`, `prod`"#]]).await;
    refused::<OfLabel>("3", &expect![[r#"
        cannot load `OfLabel`: 1 problem
          stage `3` cannot be part of the name `/key:3`, which asks for version 3 instead of a label. The stages are `dev`, `prod`"#]]).await;
    refused::<OfPathFirst>("aws-x", &expect![[r#"
        cannot load `OfPathFirst`: 1 problem
          stage `aws-x` cannot be part of the name `/aws-x/flags`, which begins with `aws` or `ssm`, which the service reserves. The stages are `dev`, `prod`"#]]).await;
}

#[derive(StageConfig, Debug)]
#[stage_config(stages(dev, prod))]
struct Plain {
    #[ssm(dev = "/url/dev", prod = "/{stage}/url")]
    url: String,
}

#[tokio::test]
async fn a_stage_that_is_in_no_name_may_be_anything() {
    let source = Recorded::new(Fixed::from([("/url/dev", "x")]));
    let plain = Plain::loader().stage("feature/x").source(source.clone()).load().await.unwrap();
    assert_eq!((&*plain.url, source.names()), ("x", vec!["/url/dev".to_owned()]));
    let names = PlainNames::for_stage("feature/x").unwrap();
    assert_eq!((names.stage(), &*names.url), ("feature/x", "/url/dev"));
}

#[test]
fn the_table_has_a_name_at_any_stage_unless_it_is_given_by_stage() {
    let at = |table: &'static ParameterTable, stage| {
        table.parameters().map(|it| it.at(stage).map(String::from)).collect::<Vec<_>>()
    };
    assert_eq!(at(Config::PARAMETERS, "featureX"), ["/featureX/url", "/limit"].map(some));
    assert_eq!(at(Plain::PARAMETERS, "prod"), [some("/prod/url")]);
    assert_eq!(at(Plain::PARAMETERS, "featureX"), [None]);
}

#[expect(clippy::unnecessary_wraps, reason = "it is compared with what may be none")]
fn some(name: &str) -> Option<String> {
    Some(name.to_owned())
}

#[test]
fn the_stage_selecting_struct_has_the_names_that_are_asked_for_first() {
    let at = |stage| ConfigNames::for_stage(stage).unwrap();
    let names = at("featureX");
    assert_eq!((names.stage(), names.chosen()), ("featureX", "dev"));
    assert_eq!((&*names.url, &*names.limit), ("/featureX/url", "/limit"));
    assert_eq!(&*at("production").url, "/prod/url");
    assert_eq!(&*at("").url, "/dev/url");
}

#[test]
fn the_stage_selecting_struct_refuses_what_a_load_refuses() {
    for stage in ["feature/x", "aws", "prodd", " "] {
        let refusal = ConfigNames::for_stage(stage).unwrap_err();
        assert_eq!(refusal.deployed(), Some(stage));
    }
    let refusal = ConfigNames::for_stage("feature/x").unwrap_err();
    expect!["stage `feature/x` cannot be part of the name `/feature/x/url`, because of `/`: a stage that is part of a name has only letters, digits and `_ . -`. The stages are `dev`, `prod`"].assert_eq(&refusal.to_string());
}

#[derive(StageConfig, Debug)]
#[stage_config(stages(dev, prod))]
#[rustfmt::skip]
struct Ten {
    #[ssm("/{stage}/0")] _0: String,
    #[ssm("/{stage}/1")] _1: String,
    #[ssm("/{stage}/2")] _2: String,
    #[ssm("/{stage}/3")] _3: String,
    #[ssm("/{stage}/4")] _4: String,
    #[ssm("/{stage}/5")] _5: String,
    #[ssm("/{stage}/6")] _6: String,
    #[ssm("/{stage}/7")] _7: String,
    #[ssm("/{stage}/8")] _8: String,
    #[ssm("/{stage}/9")] _9: String,
}

#[tokio::test]
async fn both_names_of_all_fields_are_asked_for_at_once() {
    let parameters = (0..10).map(|index| (format!("/dev/{index}"), "x"));
    let source = Recorded::new(parameters.collect());
    Ten::loader().stage("featureX").source(source.clone()).load().await.unwrap();
    let wanted = (0..10).flat_map(|it| [format!("/featureX/{it}"), format!("/dev/{it}")]);
    assert_eq!((source.requests(), source.names()), (1, wanted.collect()));
}

#[derive(StageConfig, Debug)]
#[stage_config(stages(dev, prod(alias = "production")))]
struct All {
    #[ssm("/{stage}/url")]
    _url: String,
    #[nested("/{stage}")]
    _database: Database,
    #[ssm(dev = "/test", prod = "/live")]
    _key: String,
    #[ssm("test")]
    _bare: String,
    #[secret("keys/{stage}")]
    _secret: String,
    #[ssm("/aws/reference/secretsmanager/other")]
    _reference: String,
    #[ssm_path("/{stage}/url")]
    _below: std::collections::BTreeMap<String, String>,
    #[env("NAME")]
    _name: Option<String>,
}

fn asked(stage: &str) -> Vec<String> {
    let asked = All::PARAMETERS.asked_at(stage).unwrap();
    let line = |it: &stage_config::schema::RequestedName| {
        format!("{} {} {:?} {:?}", it.kind(), it.name(), it.fields(), it.actions())
    };
    asked.iter().map(line).collect()
}

#[tokio::test]
async fn the_table_has_all_names_of_a_load_at_a_stage() {
    expect![[r#"
        [
            "parameter name /featureX/url [\"_url\", \"_database._url\"] [\"ssm:GetParameter\", \"ssm:GetParameters\"]",
            "parameter name /dev/url [\"_url\", \"_database._url\"] [\"ssm:GetParameter\", \"ssm:GetParameters\"]",
            "parameter name /test [\"_key\", \"_bare\"] [\"ssm:GetParameter\", \"ssm:GetParameters\"]",
            "secret name /aws/reference/secretsmanager/keys/featureX [\"_secret\"] [\"ssm:GetParameter\", \"ssm:GetParameters\", \"secretsmanager:GetSecretValue\"]",
            "secret name /aws/reference/secretsmanager/keys/dev [\"_secret\"] [\"ssm:GetParameter\", \"ssm:GetParameters\", \"secretsmanager:GetSecretValue\"]",
            "parameter name /aws/reference/secretsmanager/other [\"_reference\"] [\"ssm:GetParameter\", \"ssm:GetParameters\", \"secretsmanager:GetSecretValue\"]",
            "path /featureX/url [\"_below\"] [\"ssm:GetParametersByPath\"]",
            "path /dev/url [\"_below\"] [\"ssm:GetParametersByPath\"]",
        ]
    "#]].assert_debug_eq(&asked("featureX"));
    expect![[r#"
        [
            "parameter name /prod/url [\"_url\", \"_database._url\"] [\"ssm:GetParameter\", \"ssm:GetParameters\"]",
            "parameter name /live [\"_key\"] [\"ssm:GetParameter\", \"ssm:GetParameters\"]",
            "parameter name test [\"_bare\"] [\"ssm:GetParameter\", \"ssm:GetParameters\"]",
            "secret name /aws/reference/secretsmanager/keys/prod [\"_secret\"] [\"ssm:GetParameter\", \"ssm:GetParameters\", \"secretsmanager:GetSecretValue\"]",
            "parameter name /aws/reference/secretsmanager/other [\"_reference\"] [\"ssm:GetParameter\", \"ssm:GetParameters\", \"secretsmanager:GetSecretValue\"]",
            "path /prod/url [\"_below\"] [\"ssm:GetParametersByPath\"]",
        ]
    "#]].assert_debug_eq(&asked("production"));
    assert_eq!(asked(""), asked("dev"));
    for stage in ["featureX", "production", "dev", ""] {
        let source = Recorded::new(Fixed::new());
        let _ = All::loader().stage(stage).source(source.clone()).load().await;
        let asked = All::PARAMETERS.asked_at(stage).unwrap();
        let (paths, names): (Vec<_>, Vec<_>) =
            asked.iter().partition(|it| it.kind() == stage_config::schema::NameKind::Path);
        let text = |asked: Vec<&stage_config::schema::RequestedName>| {
            asked.iter().map(|it| it.name().to_string()).collect::<Vec<_>>()
        };
        assert_eq!((source.names(), source.paths()), (text(names), text(paths)));
    }
}

#[test]
fn the_table_refuses_what_a_load_refuses() {
    for stage in ["feature/x", "aws", "prodd", " "] {
        let refusal = All::PARAMETERS.asked_at(stage).unwrap_err();
        assert_eq!(refusal, AllNames::for_stage(stage).unwrap_err());
    }
}
