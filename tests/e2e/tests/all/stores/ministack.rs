//! Against ministack, which checks signatures and policies as IAM would.
//!
//! It checks GetParameter on the parameter, but GetParameters on the resource `*` only, so a policy
//! that allows the latter has to be for `*`.

use aws_sdk_ssm::types::ParameterType;
use stage_config::{ExposeSecret, LoadError, ProblemKind, SecretString, StageConfig};
use stage_config_e2e::peers;
use stage_config_e2e::sdk::{Key, Remote, put};
use stage_config_e2e::user::{self, ARN};

use crate::source;

fn root() -> Option<Remote> {
    Some(Remote::new(&peers::ministack()?.url(), &Key::root()))
}

/// What the users of the tests read.
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

    async fn load(client: Remote) -> Result<Self, LoadError> {
        Self::loader().stage("prod").source(source(&client)).load().await
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
    let Some(client) = user::remote("one-by-one", "ssm:GetParameter", below).await else {
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
    let Some(client) = user::remote("in-tens", "ssm:GetParameters", "*").await else {
        return Ok(());
    };

    Stripe::load(client.clone()).await?.assert_loaded();

    let one = One::loader().source(source(&client)).load().await?;
    assert_eq!(one.key.expose_secret(), "sk_live_1");
    Ok(())
}

#[tokio::test]
async fn a_role_that_may_do_neither_is_told_action_and_resource() {
    let Some(()) = Stripe::store().await else { return };
    let Some(client) = user::remote("neither", "ssm:DescribeParameters", "*").await else { return };

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
    let Some(client) = user::remote("not-elsewhere", "ssm:GetParameter", below).await else {
        return;
    };

    let error = Config::loader().source(source(&client)).load().await.unwrap_err();

    let [problem] = error.problems() else { panic!("{error}") };
    assert_eq!(problem.kind(), ProblemKind::Denied);
    assert_eq!(problem.fields(), ["elsewhere"]);
    assert!(error.to_string().contains(&format!("{ARN}/mini/elsewhere")), "{error}");
}

#[tokio::test]
async fn a_key_that_is_not_known_is_said_to_be_the_trouble() {
    let Some(ministack) = peers::ministack() else { return };
    let key = Key::from_json(&serde_json::json!({"id": "AKIAIOSFODNN7EXAMPLE", "secret": "no"}));

    let error = Stripe::load(Remote::new(&ministack.url(), &key)).await.unwrap_err();

    assert!(error.problems().iter().all(|it| it.kind() == ProblemKind::Unreadable), "{error}");
    assert!(error.to_string().contains("credentials are not accepted"), "{error}");
}
