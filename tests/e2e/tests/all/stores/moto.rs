//! Against moto: the real SDK over the wire, from a Parameter Store that is not ours.
//!
//! What is particular about moto: it answers GetParameters in an order that changes with every
//! start, refuses more than ten names, answers a version or label under the bare name without
//! `Selector`, and checks neither credentials nor policies.

use std::time::Duration;

use aws_sdk_ssm::Client;
use aws_sdk_ssm::types::ParameterType;
use stage_config::{ExposeSecret, LoadError, ProblemKind, SecretString, StageConfig};
use stage_config_e2e::peers;
use stage_config_e2e::sdk::{self, Key, put};

fn client() -> Option<Client> {
    Some(sdk::client(&peers::moto()?.url(), &Key::root()))
}

#[tokio::test]
async fn twelve_parameters_of_every_type_are_loaded() -> Result<(), LoadError> {
    #[derive(StageConfig)]
    struct Config {
        #[stage]
        stage: String,
        #[ssm(dev = "/moto/test/key", prod = "/moto/live/key")]
        key: SecretString,
        #[ssm("/moto/host")]
        host: String,
        #[ssm("/moto/port")]
        port: u16,
        #[ssm("/moto/offset")]
        offset: i64,
        #[ssm("/moto/ratio")]
        ratio: f64,
        #[ssm("/moto/debug")]
        debug: bool,
        #[ssm("/moto/timeout")]
        timeout: Duration,
        #[ssm("/moto/hosts")]
        hosts: Vec<String>,
        #[ssm("/moto/ports")]
        ports: Vec<u16>,
        #[ssm("/moto/region")]
        region: Option<String>,
        #[ssm("moto-plain")]
        plain: String,
        #[ssm("arn:aws:ssm:us-east-1:123456789012:parameter/moto/shared")]
        shared: String,
    }

    let Some(client) = client() else { return Ok(()) };
    put(&client, ParameterType::SecureString, "/moto/test/key", "sk_test_1").await;
    put(&client, ParameterType::SecureString, "/moto/live/key", "sk_live_1").await;
    put(&client, ParameterType::String, "/moto/host", "db.example.com").await;
    put(&client, ParameterType::String, "/moto/port", "5432").await;
    put(&client, ParameterType::String, "/moto/offset", "-7").await;
    put(&client, ParameterType::String, "/moto/ratio", "0.25").await;
    put(&client, ParameterType::String, "/moto/debug", "true").await;
    put(&client, ParameterType::String, "/moto/timeout", "30s").await;
    put(&client, ParameterType::StringList, "/moto/hosts", "a.example.com,b.example.com").await;
    put(&client, ParameterType::StringList, "/moto/ports", "80,443").await;
    put(&client, ParameterType::SecureString, "/moto/region", "eu-west-1").await;
    put(&client, ParameterType::String, "moto-plain", "no slash").await;
    put(&client, ParameterType::String, "/moto/shared", "by ARN").await;

    let config = Config::loader().stage("prod").client(client).load().await?;

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
    assert_eq!(config.shared, "by ARN");
    Ok(())
}

#[tokio::test]
async fn a_missing_one_is_named() {
    #[derive(Debug, StageConfig)]
    #[expect(dead_code, reason = "it is never loaded")]
    struct Config {
        #[ssm("/moto/there")]
        there: String,
        #[ssm(dev = "/moto/test/missing", prod = "/moto/live/missing")]
        missing: String,
        #[ssm("/moto/there-too")]
        there_too: String,
    }

    let Some(client) = client() else { return };
    put(&client, ParameterType::String, "/moto/there", "1").await;
    put(&client, ParameterType::String, "/moto/there-too", "2").await;

    let error = Config::loader().stage("prod").client(client).load().await.unwrap_err();

    let [problem] = error.problems() else { panic!("{error}") };
    assert_eq!(problem.kind(), ProblemKind::Missing);
    assert_eq!(problem.fields(), ["missing"]);
    assert_eq!(problem.parameter(), Some("/moto/live/missing"));
    assert_eq!(problem.stage(), Some("prod"));
    assert!(error.to_string().contains("`/moto/live/missing` does not exist"), "{error}");
}

// Of two versions in one batch moto does not say which is which, so they are asked for again.
#[tokio::test]
async fn versions_and_labels_are_chosen_by_selector() -> Result<(), LoadError> {
    #[derive(StageConfig)]
    struct Alone {
        #[ssm("/moto/versioned:1")]
        first: u32,
    }

    #[derive(StageConfig)]
    struct Several {
        #[ssm("/moto/versioned:1")]
        first: u32,
        #[ssm("/moto/versioned")]
        latest: u32,
        #[ssm("/moto/labelled:stable")]
        stable: u32,
        #[ssm("/moto/newest")]
        newest: u32,
    }

    let Some(client) = client() else { return Ok(()) };
    for value in ["1", "2"] {
        put(&client, ParameterType::String, "/moto/versioned", value).await;
        put(&client, ParameterType::String, "/moto/labelled", value).await;
        put(&client, ParameterType::String, "/moto/newest", value).await;
    }
    let label = client.label_parameter_version().name("/moto/labelled").parameter_version(1);
    label.labels("stable").send().await.expect("moto should label a version");

    let alone = Alone::loader().client(client.clone()).load().await?;
    assert_eq!(alone.first, 1);

    let several = Several::loader().client(client).load().await?;
    assert_eq!([several.first, several.latest], [1, 2]);
    assert_eq!([several.stable, several.newest], [1, 2]);
    Ok(())
}

#[tokio::test]
async fn a_missing_version_is_missing() {
    #[derive(Debug, StageConfig)]
    #[expect(dead_code, reason = "it is never loaded")]
    struct Config {
        #[ssm("/moto/once:7")]
        seventh: String,
    }

    let Some(client) = client() else { return };
    put(&client, ParameterType::String, "/moto/once", "1").await;

    let error = Config::loader().client(client).load().await.unwrap_err();

    let [problem] = error.problems() else { panic!("{error}") };
    assert_eq!(problem.kind(), ProblemKind::Missing);
    assert_eq!(problem.parameter(), Some("/moto/once:7"));
}
