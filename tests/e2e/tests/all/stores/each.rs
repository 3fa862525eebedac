//! What every store can do.
//!
//! They differ in how they reply: moto gives the parameters of a batch in an order that changes with
//! every start, and does not say which version or label a value is of, so that those are requested
//! again by themselves. ministack keeps the order of the request, and takes more than ten names.

use std::time::Duration;

use aws_sdk_ssm::types::ParameterType;
use stage_config::source::{Answer, Request};
use stage_config::{ExposeSecret, ProblemKind, SecretString, Source, StageConfig};
use stage_config_e2e::sdk::{self, Remote};

use crate::source;
use crate::stores::{on_each_store, put, put_secure};

on_each_store! {
    parameters_of_every_type_are_loaded,
    a_missing_one_is_named,
    versions_and_labels_are_chosen_by_selector,
    an_arn_finds_its_parameter,
}

async fn parameters_of_every_type_are_loaded(client: Remote) {
    #[derive(StageConfig)]
    struct Config {
        #[stage]
        stage: String,
        #[ssm(dev = "/types/test/key", prod = "/types/live/key")]
        key: SecretString,
        #[ssm("/types/host")]
        host: String,
        #[ssm("/types/port")]
        port: u16,
        #[ssm("/types/offset")]
        offset: i64,
        #[ssm("/types/ratio")]
        ratio: f64,
        #[ssm("/types/debug")]
        debug: bool,
        #[ssm("/types/timeout")]
        timeout: Duration,
        #[ssm("/types/hosts")]
        hosts: Vec<String>,
        #[ssm("/types/ports")]
        ports: Vec<u16>,
        #[ssm("/types/region")]
        region: Option<String>,
        #[ssm("types-plain")]
        plain: String,
    }

    let secure = [
        ("/types/test/key", "sk_test_1"),
        ("/types/live/key", "sk_live_1"),
        ("/types/region", "eu-west-1"),
    ];
    put_secure(&client, secure).await;
    let plain = [
        ("/types/host", "db.example.com"),
        ("/types/port", "5432"),
        ("/types/offset", "-7"),
        ("/types/ratio", "0.25"),
        ("/types/debug", "true"),
        ("/types/timeout", "30s"),
        ("types-plain", "no slash"),
    ];
    put(&client, plain).await;
    for (name, list) in
        [("/types/hosts", "a.example.com,b.example.com"), ("/types/ports", "80,443")]
    {
        sdk::put(&client, ParameterType::StringList, name, list).await;
    }

    let config = Config::loader().stage("prod").source(source(&client)).load().await.unwrap();

    assert_eq!(config.stage, "prod");
    assert_eq!(config.key.expose_secret(), "sk_live_1");
    assert_eq!(config.host, "db.example.com");
    assert_eq!(config.port, 5432);
    assert_eq!(config.offset, -7);
    assert!((config.ratio - 0.25).abs() < f64::EPSILON);
    assert!(config.debug);
    assert_eq!(config.timeout, Duration::from_secs(30));
    assert_eq!(config.hosts, ["a.example.com", "b.example.com"]);
    assert_eq!(config.ports, [80, 443]);
    assert_eq!(config.region.as_deref(), Some("eu-west-1"));
    assert_eq!(config.plain, "no slash");
}

async fn a_missing_one_is_named(client: Remote) {
    #[derive(Debug, StageConfig)]
    #[expect(dead_code, reason = "it is never loaded")]
    struct Config {
        #[ssm("/missing/there")]
        there: String,
        #[ssm(dev = "/missing/test", prod = "/missing/live")]
        missing: String,
        #[ssm("/missing/there:7")]
        version: String,
    }

    put(&client, [("/missing/there", "1")]).await;
    let error = Config::loader().stage("prod").source(source(&client)).load().await.unwrap_err();
    let [name, version] = error.problems() else { panic!("{error}") };
    assert_eq!((name.kind(), version.kind()), (ProblemKind::Missing, ProblemKind::Missing));
    assert_eq!((name.fields(), name.stage()), (&["missing".to_owned()][..], Some("prod")));
    assert_eq!(name.parameter(), Some("/missing/live"));
    assert_eq!(version.parameter(), Some("/missing/there:7"));
}

async fn versions_and_labels_are_chosen_by_selector(client: Remote) {
    #[derive(StageConfig)]
    struct Alone {
        #[ssm("/versions/a:1")]
        first: u32,
    }

    #[derive(StageConfig)]
    struct Several {
        #[ssm("/versions/a")]
        newest: u32,
        #[ssm("/versions/a:1")]
        first: u32,
        #[ssm("/versions/a:stable")]
        stable: u32,
        #[ssm("/versions/b:stable")]
        other: u32,
    }

    for value in ["1", "2", "3"] {
        put(&client, [("/versions/a", value), ("/versions/b", value)]).await;
    }
    for (name, version) in [("/versions/a", 2), ("/versions/b", 1)] {
        let label = client.label_parameter_version().name(name).parameter_version(version);
        label.labels("stable").send().await.expect("the store should label a version");
    }

    let alone = Alone::loader().source(source(&client)).load().await.unwrap();
    assert_eq!(alone.first, 1);
    let several = Several::loader().source(source(&client)).load().await.unwrap();
    assert_eq!([several.newest, several.first, several.stable, several.other], [3, 1, 2, 1]);
}

/// The account in an ARN is another one in each store.
async fn an_arn_finds_its_parameter(client: Remote) {
    put(&client, [("/arn/a", "1"), ("/arn/b", "2")]).await;
    let reply = client.get_parameter().name("/arn/a").send().await.unwrap();
    let arn = reply.parameter.and_then(|it| it.arn).expect("each store says its ARN");

    let names = [arn.clone(), format!("{arn}:1"), "/arn/b".to_owned()];
    let request = Request::new(names.clone(), Duration::from_secs(8));
    let answers = source(&client).fetch(&request).await;
    for (name, value) in names.iter().zip(["1", "1", "2"]) {
        match answers.get(name.as_str()) {
            Some(Answer::Found { text, .. }) => assert_eq!(text.expose_secret(), value, "{name}"),
            other => panic!("{name}: {other:?}"),
        }
    }
}
