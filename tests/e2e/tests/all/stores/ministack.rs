//! Against ministack, which checks signatures and policies as IAM would.
//!
//! What is particular about ministack: it answers in the order asked, with `Selector`, and takes
//! more than ten names. GetParameter it checks on the parameter, GetParameters on the resource `*`
//! only, so a policy that allows the latter has to be for `*`.

use std::time::Duration;

use aws_sdk_ssm::Client;
use aws_sdk_ssm::types::ParameterType;
use stage_config::{ExposeSecret, LoadError, ProblemKind, SecretString, StageConfig};
use stage_config_e2e::peers;
use stage_config_e2e::sdk::{self, Key, put};
use stage_config_e2e::user::{self, ARN};

fn root() -> Option<Client> {
    Some(sdk::client(&peers::ministack()?.url(), &Key::root()))
}

#[tokio::test]
async fn twelve_parameters_of_every_type_are_loaded() -> Result<(), LoadError> {
    #[derive(StageConfig)]
    struct Config {
        #[stage]
        stage: String,
        #[ssm(dev = "/mini/test/key", prod = "/mini/live/key")]
        key: SecretString,
        #[ssm("/mini/host")]
        host: String,
        #[ssm("/mini/port")]
        port: u16,
        #[ssm("/mini/offset")]
        offset: i64,
        #[ssm("/mini/ratio")]
        ratio: f64,
        #[ssm("/mini/debug")]
        debug: bool,
        #[ssm("/mini/timeout")]
        timeout: Duration,
        #[ssm("/mini/hosts")]
        hosts: Vec<String>,
        #[ssm("/mini/ports")]
        ports: Vec<u16>,
        #[ssm("/mini/region")]
        region: Option<String>,
        #[ssm("mini-plain")]
        plain: String,
        #[ssm("arn:aws:ssm:us-east-1:000000000000:parameter/mini/shared")]
        shared: String,
    }

    let Some(client) = root() else { return Ok(()) };
    put(&client, ParameterType::SecureString, "/mini/test/key", "sk_test_1").await;
    put(&client, ParameterType::SecureString, "/mini/live/key", "sk_live_1").await;
    put(&client, ParameterType::String, "/mini/host", "db.example.com").await;
    put(&client, ParameterType::String, "/mini/port", "5432").await;
    put(&client, ParameterType::String, "/mini/offset", "-7").await;
    put(&client, ParameterType::String, "/mini/ratio", "0.25").await;
    put(&client, ParameterType::String, "/mini/debug", "true").await;
    put(&client, ParameterType::String, "/mini/timeout", "30s").await;
    put(&client, ParameterType::StringList, "/mini/hosts", "a.example.com,b.example.com").await;
    put(&client, ParameterType::StringList, "/mini/ports", "80,443").await;
    put(&client, ParameterType::SecureString, "/mini/region", "eu-west-1").await;
    put(&client, ParameterType::String, "mini-plain", "no slash").await;
    put(&client, ParameterType::String, "/mini/shared", "by ARN").await;

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
        #[ssm("/mini/there")]
        there: String,
        #[ssm(dev = "/mini/test/missing", prod = "/mini/live/missing")]
        missing: String,
    }

    let Some(client) = root() else { return };
    put(&client, ParameterType::String, "/mini/there", "1").await;

    let error = Config::loader().stage("prod").client(client).load().await.unwrap_err();

    let [problem] = error.problems() else { panic!("{error}") };
    assert_eq!(problem.kind(), ProblemKind::Missing);
    assert_eq!(problem.fields(), ["missing"]);
    assert_eq!(problem.parameter(), Some("/mini/live/missing"));
    assert_eq!(problem.stage(), Some("prod"));
}

#[tokio::test]
async fn versions_of_one_parameter_are_told_apart() -> Result<(), LoadError> {
    #[derive(StageConfig)]
    struct Config {
        #[ssm("/mini/versioned")]
        newest: u32,
        #[ssm("/mini/versioned:1")]
        first: u32,
        #[ssm("/mini/versioned:stable")]
        stable: u32,
        #[ssm("arn:aws:ssm:us-east-1:000000000000:parameter/mini/versioned:1")]
        first_by_arn: u32,
    }

    let Some(client) = root() else { return Ok(()) };
    for value in ["1", "2", "3"] {
        put(&client, ParameterType::String, "/mini/versioned", value).await;
    }
    let label = client.label_parameter_version().name("/mini/versioned").parameter_version(2);
    label.labels("stable").send().await.expect("ministack should label a version");

    let config = Config::loader().client(client).load().await?;
    assert_eq!([config.newest, config.first, config.stable, config.first_by_arn], [3, 1, 2, 1]);
    Ok(())
}

/// What the users below are to read.
#[derive(Debug, StageConfig)]
struct Stripe {
    #[ssm(dev = "/stripeSecretKey/test", prod = "/stripeSecretKey/live")]
    key: SecretString,
    #[ssm(dev = "/stripeSecretKey/testWebhook", prod = "/stripeSecretKey/liveWebhook")]
    webhook: SecretString,
}

impl Stripe {
    async fn store() -> Option<()> {
        let client = root()?;
        put(&client, ParameterType::SecureString, "/stripeSecretKey/live", "sk_live_1").await;
        put(&client, ParameterType::SecureString, "/stripeSecretKey/liveWebhook", "wh_1").await;
        Some(())
    }

    async fn load(client: Client) -> Result<Self, LoadError> {
        Self::loader().stage("prod").client(client).load().await
    }

    fn assert_loaded(&self) {
        assert_eq!(self.key.expose_secret(), "sk_live_1");
        assert_eq!(self.webhook.expose_secret(), "wh_1");
    }
}

#[tokio::test]
async fn a_role_with_nothing_but_get_parameter_loads() -> Result<(), LoadError> {
    let Some(()) = Stripe::store().await else { return Ok(()) };
    let below = format!("{ARN}/stripeSecretKey/*");
    let Some(client) = user::client("one-by-one", "ssm:GetParameter", below).await else {
        return Ok(());
    };

    Stripe::load(client).await?.assert_loaded();
    Ok(())
}

#[tokio::test]
async fn a_role_with_nothing_but_get_parameters_loads() -> Result<(), LoadError> {
    #[derive(StageConfig)]
    struct One {
        #[ssm("/stripeSecretKey/live")]
        key: SecretString,
    }

    let Some(()) = Stripe::store().await else { return Ok(()) };
    let Some(client) = user::client("in-tens", "ssm:GetParameters", "*").await else {
        return Ok(());
    };

    Stripe::load(client.clone()).await?.assert_loaded();

    let one = One::loader().client(client).load().await?;
    assert_eq!(one.key.expose_secret(), "sk_live_1");
    Ok(())
}

#[tokio::test]
async fn a_role_that_may_do_neither_is_told_action_and_resource() {
    let Some(()) = Stripe::store().await else { return };
    let Some(client) = user::client("neither", "ssm:DescribeParameters", "*").await else { return };

    let error = Stripe::load(client).await.unwrap_err();

    assert_eq!(error.problems().len(), 2, "{error}");
    for (problem, name) in error.problems().iter().zip(["live", "liveWebhook"]) {
        assert_eq!(problem.kind(), ProblemKind::Denied);
        assert_eq!(problem.parameter(), Some(&*format!("/stripeSecretKey/{name}")));
        let told = error.to_string();
        let needed = format!("`ssm:GetParameters` on `{ARN}/stripeSecretKey/{name}`");
        assert!(told.contains(&needed), "{told}");
    }
}

#[tokio::test]
async fn the_one_that_is_denied_is_named_among_those_that_are_not() {
    #[derive(Debug, StageConfig)]
    #[expect(dead_code, reason = "it is never loaded")]
    struct Config {
        #[ssm("/stripeSecretKey/live")]
        key: SecretString,
        #[ssm("/mini/elsewhere")]
        elsewhere: String,
    }

    let Some(()) = Stripe::store().await else { return };
    let below = format!("{ARN}/stripeSecretKey/*");
    let Some(client) = user::client("not-elsewhere", "ssm:GetParameter", below).await else {
        return;
    };

    let error = Config::loader().client(client).load().await.unwrap_err();

    let [problem] = error.problems() else { panic!("{error}") };
    assert_eq!(problem.kind(), ProblemKind::Denied);
    assert_eq!(problem.fields(), ["elsewhere"]);
    assert!(error.to_string().contains(&format!("{ARN}/mini/elsewhere")), "{error}");
}

#[tokio::test]
async fn a_key_that_is_not_known_is_said_to_be_the_trouble() {
    let Some(ministack) = peers::ministack() else { return };
    let key = Key::from_json(&serde_json::json!({"id": "AKIAIOSFODNN7EXAMPLE", "secret": "no"}));

    let error = Stripe::load(sdk::client(&ministack.url(), &key)).await.unwrap_err();

    assert!(error.problems().iter().all(|it| it.kind() == ProblemKind::Unreadable), "{error}");
    assert!(error.to_string().contains("credentials are not accepted"), "{error}");
}
