//! Secrets of Secrets Manager, from our store and from moto; ministack knows nothing of them.
//!
//! moto answers a secret under its own name instead of the one that was asked for, and fails a
//! whole batch for one secret that is missing, where the service lists it among the invalid ones.

use stage_config::{ExposeSecret, LoadError, Problem, ProblemKind, SecretString, StageConfig};
use stage_config_e2e::peers;
use stage_config_e2e::sdk::Remote;
use stage_config_local::{LocalStore, On, Parameter};

use crate::source;
use crate::stores::{names, operations, put, remote, remote_peer};

#[derive(StageConfig, Debug)]
struct Config {
    #[secret(dev = "language/stripe+test=1@x", prod = "language/stripe+live=1@x")]
    current: SecretString,
    #[secret("language/stripe+live=1@x:AWSPREVIOUS")]
    previous: SecretString,
    #[secret("language/stripe+live=1@x:00000000-0000-4000-8000-000000000001")]
    first: SecretString,
    #[secret("language/database", json_key = "user.password")]
    password: SecretString,
    #[secret("language/database", json_key = "port")]
    port: u16,
    #[secret("language/never")]
    never: Option<SecretString>,
    #[ssm("/language-secrets/limit")]
    limit: u32,
}

const DATABASE: &str = r#"{"user": {"password": "pw_1"}, "port": 5432}"#;

fn store() -> LocalStore {
    LocalStore::start([
        Parameter::secret("language/stripe+live=1@x", "sk_1"),
        Parameter::secret("language/stripe+live=1@x", "sk_2"),
        Parameter::secret("language/database", DATABASE),
        Parameter::string("/language-secrets/limit", "5"),
    ])
    .unwrap()
}

/// moto with the same, but for what one test alone is about.
async fn moto() -> Option<Remote> {
    let moto = peers::moto()?;
    let url = moto.url();
    let make = move || {
        peers::script("secret.py", &[&url, "language/stripe+live=1@x", "sk_1", "sk_2"]);
        peers::script("secret.py", &[&url, "language/database", DATABASE]);
    };
    tokio::task::spawn_blocking(make).await.expect("the scripts should not panic");
    let client = remote_peer(moto);
    put(&client, [("/language-secrets/limit", "5")]).await;
    Some(client)
}

async fn load<T: StageConfig>(client: Remote) -> Result<T, LoadError> {
    T::loader().stage("prod").source(source(&client)).load().await
}

async fn assert_loads(client: Remote) {
    let config: Config = load(client).await.unwrap();
    assert_eq!(config.current.expose_secret(), "sk_2");
    assert_eq!(config.previous.expose_secret(), "sk_1");
    assert_eq!(config.first.expose_secret(), "sk_1");
    assert_eq!((config.password.expose_secret(), config.port), ("pw_1", 5432));
    assert!(config.never.is_none());
    assert_eq!(config.limit, 5);
    let shown = format!("{config:?}");
    assert!(!shown.contains("sk_") && !shown.contains("pw_1"), "{shown}");
}

#[tokio::test]
async fn by_name_by_label_by_version_and_by_key_beside_a_parameter() {
    let store = store();
    assert_loads(remote(&store)).await;
    assert_eq!(store.calls().of("GetParameters"), 1);
}

#[tokio::test]
async fn of_moto_too() {
    let Some(client) = moto().await else { return };
    assert_loads(client).await;
}

#[derive(StageConfig, Debug)]
struct One {
    #[secret(dev = "stripe/test", prod = "stripe/live")]
    key: SecretString,
}

#[derive(StageConfig, Debug)]
#[expect(dead_code, reason = "it is never loaded")]
struct Missing {
    #[secret(dev = "stripe/test", prod = "stripe/lost")]
    secret: SecretString,
    #[secret("stripe/live:NOSUCH")]
    label: SecretString,
    #[ssm("/language-secrets/lost")]
    parameter: String,
}

async fn assert_all_missing(client: Remote) {
    let error = load::<Missing>(client).await.unwrap_err();
    let missing: Vec<_> = error.problems().iter().map(|it| (it.kind(), &*it.fields()[0])).collect();
    let expected = ["secret", "label", "parameter"];
    assert_eq!(missing, expected.map(|field| (ProblemKind::Missing, field)), "{error}");
    assert!(error.to_string().contains("stripe/lost"), "{error}");
}

#[tokio::test]
async fn missing_ones_are_named() {
    let store = LocalStore::start([Parameter::secret("stripe/live", "sk_live")]).unwrap();
    assert_all_missing(remote(&store)).await;

    let Some(moto) = peers::moto() else { return };
    assert_all_missing(remote_peer(moto)).await;
}

#[tokio::test]
async fn one_alone() {
    let store = LocalStore::start([Parameter::secret("stripe/live", "sk_live")]).unwrap();
    let config: One = load(remote(&store)).await.unwrap();
    assert_eq!(config.key.expose_secret(), "sk_live");
    assert_eq!(operations(&store), ["GetParameter"]);
    assert_eq!(names(&store), ["/aws/reference/secretsmanager/stripe/live"]);
}

#[tokio::test]
async fn a_secret_that_may_not_be_read_is_said_so_alone_and_among_others() {
    let needed = "the role needs `secretsmanager:GetSecretValue` on `arn:aws:secretsmanager:us-east-1:111122223333:secret:";
    let store = LocalStore::start([Parameter::secret("stripe/live", "sk_live")]).unwrap();
    store.script(On::call("GetSecretValue").deny());
    let error = load::<One>(remote(&store)).await.unwrap_err();
    assert_eq!(error.problems()[0].kind(), ProblemKind::Denied);
    assert!(error.to_string().contains(&format!("{needed}stripe/live-??????`")), "{error}");
    assert_eq!(operations(&store), ["GetParameter"], "the other call would not help");

    let store = self::store();
    store.script(On::call("GetSecretValue").name("language/database").deny());
    let error = load::<Config>(remote(&store)).await.unwrap_err();
    let [denied] = error.problems() else { panic!("{error}") };
    assert_eq!(denied.kind(), ProblemKind::Denied);
    assert_eq!(denied.fields(), ["password", "port"]);
    assert!(error.to_string().contains(&format!("{needed}language/database-??????`")), "{error}");
    assert!(!error.to_string().contains("pw_1"));
}

#[tokio::test]
async fn a_preview_stage_may_have_a_secret_of_its_own() {
    #[derive(StageConfig)]
    #[stage_config(stages(dev, prod))]
    struct Config {
        #[secret("stripe/{stage}")]
        key: SecretString,
        #[secret("database/{stage}", json_key = "port")]
        port: u16,
    }

    let store = LocalStore::start([
        Parameter::secret("stripe/dev", "sk_dev"),
        Parameter::secret("stripe/featureX", "sk_featureX"),
        Parameter::secret("database/dev", DATABASE),
    ])
    .unwrap();
    let loader = Config::loader().stage("featureX").source(source(&remote(&store)));
    let config = loader.load().await.unwrap();
    assert_eq!((config.key.expose_secret(), config.port), ("sk_featureX", 5432));
    // A batch does not say of a secret whether it is missing, so that one is asked for by itself.
    assert_eq!(operations(&store), ["GetParameter", "GetParameters"]);
    let alone = store.calls().into_iter().find(|call| call.operation == "GetParameter").unwrap();
    assert_eq!(alone.names, ["/aws/reference/secretsmanager/database/featureX"]);
}

#[tokio::test]
async fn json_without_the_key_or_that_is_none_is_not_quoted() {
    #[derive(StageConfig, Debug)]
    #[expect(dead_code, reason = "it is never loaded")]
    struct Config {
        #[secret("language/database", json_key = "user.name")]
        name: String,
        #[secret("language/database", json_key = "user.password")]
        password: u32,
        #[secret("language/stripe+live=1@x", json_key = "key")]
        key: SecretString,
    }

    let store = store();
    let error = load::<Config>(remote(&store)).await.unwrap_err();
    let kinds: Vec<_> = error.problems().iter().map(Problem::kind).collect();
    let expected = [ProblemKind::Missing, ProblemKind::Malformed, ProblemKind::Malformed];
    assert_eq!(kinds, expected, "{error}");
    let told = error.to_string();
    assert!(!told.contains("pw_1") && !told.contains("sk_2"), "{told}");
    assert!(told.contains("`user.name`") && told.contains("`user.password`"), "{told}");
}
