//! Names with the stage in them.

use expect_test::expect;
use stage_config::{ExposeSecret, LoadError, Loader, ProblemKind, SecretString, StageConfig};
use stage_config_e2e::peers;
use stage_config_e2e::sdk::Remote;
use stage_config_e2e::user::{self, ARN};
use stage_config_local::{LocalStore, On, Parameter};

use crate::source;
use crate::stores::{on_each_store, put, put_secure, remote, remote_peer};

on_each_store! {
    a_preview_stage_overrides_one_and_inherits_the_other,
    a_declared_stage_never_falls_back,
    what_neither_stage_has_is_absent,
}

async fn a_preview_stage_overrides_one_and_inherits_the_other(client: Remote) {
    #[derive(StageConfig)]
    #[stage_config(stages(dev, prod))]
    struct Config {
        #[stage]
        stage: String,
        #[ssm("/override/{stage}/host")]
        host: String,
        #[ssm("/override/{stage}/key")]
        key: SecretString,
        #[ssm(dev = "/override/{stage}/limit", prod = "/override/limit-of-{stage}")]
        limit: u32,
    }

    let texts = [
        ("/override/dev/host", "dev"),
        ("/override/featureX/host", "featureX"),
        ("/override/prod/host", "prod"),
        ("/override/dev/limit", "5"),
        ("/override/limit-of-prod", "50"),
    ];
    put(&client, texts).await;
    put_secure(&client, [("/override/dev/key", "sk_dev"), ("/override/prod/key", "sk_prod")]).await;

    for (stage, host, key, limit) in [
        ("featureX", "featureX", "sk_dev", 5),
        ("dev", "dev", "sk_dev", 5),
        ("prod", "prod", "sk_prod", 50),
    ] {
        let config = Config::loader().stage(stage).source(source(&client)).load().await.unwrap();
        assert_eq!(config.stage, stage);
        assert_eq!((&*config.host, config.key.expose_secret()), (host, key));
        assert_eq!(config.limit, limit);
    }
}

async fn a_declared_stage_never_falls_back(client: Remote) {
    #[derive(StageConfig, Debug)]
    #[stage_config(stages(dev, prod))]
    #[expect(dead_code, reason = "it is never loaded")]
    struct Config {
        #[ssm("/no-fallback/{stage}/host")]
        host: String,
    }

    put(&client, [("/no-fallback/dev/host", "dev")]).await;
    let error = Config::loader().stage("prod").source(source(&client)).load().await.unwrap_err();
    let [problem] = error.problems() else { panic!("{error}") };
    assert_eq!(problem.kind(), ProblemKind::Missing);
    assert_eq!(problem.parameter(), Some("/no-fallback/prod/host"));
    assert!(!error.to_string().contains("dev"), "{error}");
}

async fn what_neither_stage_has_is_absent(client: Remote) {
    #[derive(StageConfig, Debug)]
    #[stage_config(stages(dev, prod))]
    struct Config {
        #[ssm("/absent/{stage}/a")]
        a: Option<String>,
        #[ssm("/absent/{stage}/b", default = 7)]
        b: u32,
        #[ssm("/absent/{stage}/there")]
        there: Option<String>,
    }

    #[derive(StageConfig, Debug)]
    #[stage_config(stages(dev, prod))]
    #[expect(dead_code, reason = "it is never loaded")]
    struct Strict {
        #[ssm("/absent/{stage}/a")]
        a: String,
    }

    put(&client, [("/absent/dev/there", "dev")]).await;
    let config = Config::loader().stage("featureX").source(source(&client)).load().await.unwrap();
    assert_eq!((config.a, config.b), (None, 7));
    assert_eq!(config.there.as_deref(), Some("dev"));

    let error =
        Strict::loader().stage("featureX").source(source(&client)).load().await.unwrap_err();
    expect![[r#"
        cannot load `Strict` for stage `dev` (deployed as `featureX`): 1 problem
          a: parameter `/absent/featureX/a` does not exist in us-east-1, nor does `/absent/dev/a`
        help: aws ssm put-parameter --name /absent/dev/a --type String --region us-east-1 --value …
        help: if a value may be absent, make its field an `Option` or give it a `default`"#]]
    .assert_eq(&error.to_string());
}

#[derive(StageConfig, Debug)]
#[stage_config(stages(dev, prod))]
struct Config {
    #[ssm("/app/{stage}/key")]
    key: SecretString,
    #[ssm("/app/{stage}/limit", default = 1)]
    limit: u32,
}

fn loader(client: &Remote) -> Loader<Config> {
    Config::loader().stage("featureX").source(source(client))
}

fn store() -> LocalStore {
    LocalStore::start([
        Parameter::secure_string("/app/featureX/key", "sk_featureX"),
        Parameter::secure_string("/app/dev/key", "sk_dev"),
        Parameter::string("/app/dev/limit", "5"),
    ])
    .unwrap()
}

async fn failed(client: Remote) -> LoadError {
    let error = loader(&client).load().await.unwrap_err();
    assert!(!format!("{error:?}").contains("sk_"), "{error}");
    error
}

#[tokio::test]
async fn an_own_parameter_that_is_denied_is_no_reason_to_fall_back() {
    let store = store();
    store.script(On::call("GetParameters").name("/app/featureX/key").deny());
    store.script(On::call("GetParameter").name("/app/featureX/key").deny());
    expect![[r#"
        cannot load `Config` for stage `dev` (deployed as `featureX`): 1 problem
          key: access to parameter `/app/featureX/key` is denied: the role needs `ssm:GetParameters` on `arn:aws:ssm:us-east-1:111122223333:parameter/app/featureX/key`
        help: allow `ssm:GetParameters` in a policy of the role"#]]
    .assert_eq(&failed(remote(&store)).await.to_string());

    // Nor is a `default` one.
    store.clear_script();
    store.script(On::call("GetParameters").name("/app/featureX/limit").deny());
    store.script(On::call("GetParameter").name("/app/featureX/limit").deny());
    let error = failed(remote(&store)).await;
    let [problem] = error.problems() else { panic!("{error}") };
    assert_eq!(problem.kind(), ProblemKind::Denied);
    assert_eq!(problem.fields(), ["limit"]);
}

#[tokio::test]
async fn nor_is_one_that_cannot_be_decrypted_or_parsed() {
    let store = store();
    store.script(On::call("Decrypt").name("/app/featureX/key").fail());
    store.put(Parameter::string("/app/featureX/limit", "many")).unwrap();
    let error = failed(remote(&store)).await;
    let kinds: Vec<_> = error.problems().iter().map(|it| (it.kind(), it.parameter())).collect();
    assert_eq!(
        kinds,
        [
            (ProblemKind::Unreadable, Some("/app/featureX/key")),
            (ProblemKind::Malformed, Some("/app/featureX/limit")),
        ]
    );
}

#[tokio::test]
async fn a_fallback_that_is_not_needed_may_be_denied() {
    let store = store();
    store.script(On::call("GetParameters").name("/app/dev/key").deny());
    store.script(On::call("GetParameter").name("/app/dev/key").deny());
    let config = loader(&remote(&store)).load().await.unwrap();
    assert_eq!((config.key.expose_secret(), config.limit), ("sk_featureX", 5));
}

#[tokio::test]
async fn a_user_of_ministack_who_may_not_read_the_own_parameter_is_told() {
    #[derive(StageConfig, Debug)]
    #[stage_config(stages(dev, prod))]
    struct Config {
        #[ssm("/iam-template/{stage}/key")]
        key: SecretString,
        #[ssm("/iam-template/{stage}/limit")]
        limit: u32,
    }

    let Some(ministack) = peers::ministack() else { return };
    let root = remote_peer(ministack);
    put(&root, [("/iam-template/dev/limit", "5"), ("/iam-template/featureX/limit", "6")]).await;
    let keys = [("/iam-template/dev/key", "sk_dev"), ("/iam-template/featureX/key", "sk_featureX")];
    put_secure(&root, keys).await;

    let of_dev = format!("{ARN}/iam-template/dev/*");
    let client = user::remote("of-dev-only", "ssm:GetParameter", of_dev).await.unwrap();
    let error = Config::loader().stage("featureX").source(source(&client)).load().await;
    let error = error.unwrap_err();
    let denied: Vec<_> = error.problems().iter().map(|it| (it.kind(), it.parameter())).collect();
    assert_eq!(
        denied,
        [
            (ProblemKind::Denied, Some("/iam-template/featureX/key")),
            (ProblemKind::Denied, Some("/iam-template/featureX/limit")),
        ]
    );
    assert!(error.to_string().contains(&format!("{ARN}/iam-template/featureX/key")), "{error}");

    let config = Config::loader().stage("dev").source(source(&client)).load().await.unwrap();
    assert_eq!((config.key.expose_secret(), config.limit), ("sk_dev", 5));
}
