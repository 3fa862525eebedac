//! Conversions, stages under several names and the check of the whole, once each over the wire.

use std::num::ParseIntError;

use serde::Deserialize;
use stage_config::{ExposeSecret, LoadError, ProblemKind, SecretBox, SecretString, StageConfig};
use stage_config_local::{LocalStore, Parameter};

use crate::source;
use crate::stores::{names, remote};

#[derive(Deserialize, Debug, PartialEq)]
struct Limits {
    reads: u32,
    hosts: Vec<String>,
}

#[derive(StageConfig, Debug)]
#[stage_config(
    stages(dev, prod(alias = "production"), pre_prod(rename = "pre-prod")),
    fallback = none,
    validate = Self::check
)]
struct Config {
    #[stage]
    stage: String,
    #[ssm("/app/{stage}/limits", json)]
    limits: Limits,
    #[ssm("/app/key", base64)]
    key: SecretBox<Vec<u8>>,
    #[ssm("/app/encoded", base64, json)]
    encoded: Vec<u8>,
    #[ssm("/app/mask", parse_with = hexadecimal)]
    mask: u32,
    #[ssm(dev = "/retries/dev", prod = "/retries/prod", pre_prod = "/retries/pre", default = 3)]
    retries: u32,
    #[ssm("/app/token", json_key = "token.value")]
    token: SecretString,
    #[ssm("/app/token", json_key = "token.days")]
    days: Option<u32>,
    #[ssm("/app/token", json_key = "scopes", json)]
    scopes: Vec<String>,
}

fn hexadecimal(text: &str) -> Result<u32, ParseIntError> {
    u32::from_str_radix(text, 16)
}

impl Config {
    fn check(&self) -> Result<(), String> {
        let (reads, retries) = (self.limits.reads, self.retries);
        if retries <= reads { Ok(()) } else { Err(format!("{retries} retries of {reads} reads")) }
    }
}

fn store() -> LocalStore {
    LocalStore::start([
        Parameter::string("/app/prod/limits", r#"{"reads": 50, "hosts": ["a", "b"]}"#),
        Parameter::string("/app/pre-prod/limits", r#"{"reads": 5, "hosts": []}"#),
        Parameter::secure_string("/app/key", "AAH+"),
        Parameter::string("/app/encoded", "WzEsMl0="),
        Parameter::string("/app/mask", "ff"),
        Parameter::string("/retries/pre", "4"),
        Parameter::secure_string(
            "/app/token",
            r#"{"token": {"value": "tk_1", "days": null}, "scopes": ["r", "w"]}"#,
        ),
    ])
    .unwrap()
}

async fn load(store: &LocalStore, stage: &str) -> Result<Config, LoadError> {
    Config::loader().stage(stage).source(source(&remote(store))).load().await
}

#[tokio::test]
async fn every_conversion_under_the_second_name_of_a_stage() {
    let store = store();
    let config = load(&store, "production").await.unwrap();
    assert_eq!(config.stage, "production");
    assert_eq!(config.limits, Limits { reads: 50, hosts: vec!["a".into(), "b".into()] });
    assert_eq!(config.key.expose_secret(), &[0, 1, 254]);
    assert_eq!(config.encoded, [1, 2]);
    assert_eq!((config.mask, config.retries), (0xff, 3));
    assert_eq!((config.token.expose_secret(), config.days), ("tk_1", None));
    assert_eq!(config.scopes, ["r", "w"]);
    assert_eq!(
        names(&store),
        [
            "/app/encoded",
            "/app/key",
            "/app/mask",
            "/app/prod/limits",
            "/app/token",
            "/retries/prod"
        ]
    );
    assert_eq!(store.calls().total(), 1);
    let shown = format!("{config:?}");
    assert!(!shown.contains("tk_1") && !shown.contains("254"), "{shown}");
}

#[tokio::test]
async fn a_stage_that_is_no_identifier_is_in_the_name_as_it_is_deployed() {
    let store = store();
    let config = load(&store, "pre-prod").await.unwrap();
    assert_eq!((&*config.stage, config.limits.reads, config.retries), ("pre-prod", 5, 4));
    assert!(names(&store).contains(&"/app/pre-prod/limits".to_owned()));

    store.reset_calls();
    let error = load(&store, "pre_prod").await.unwrap_err();
    assert_eq!(error.problems()[0].kind(), ProblemKind::Stage);
    assert_eq!(store.calls().total(), 0);
}

#[tokio::test]
async fn the_whole_is_checked_when_all_is_there() {
    let store = store();
    store.put(Parameter::string("/retries/pre", "6")).unwrap();
    let error = load(&store, "pre-prod").await.unwrap_err();
    let [problem] = error.problems() else { panic!("{error}") };
    assert_eq!(problem.kind(), ProblemKind::Invalid);
    assert_eq!(problem.fields(), [""; 0]);
    assert!(error.to_string().ends_with("`Config` is not valid: 6 retries of 5 reads"), "{error}");
}
