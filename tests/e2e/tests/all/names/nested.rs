//! Structs in structs.

use std::collections::BTreeMap;

use expect_test::expect;
use stage_config::{ExposeSecret, LoadError, ProblemKind, SecretString, StageConfig};
use stage_config_local::{LocalStore, On, Parameter};

use crate::stores::{client_of, names};

#[derive(StageConfig, Debug)]
#[stage_config(validate = Self::check)]
struct Database {
    #[ssm("url")]
    url: String,
    #[secret("password")]
    password: SecretString,
    #[ssm_path("/options")]
    options: BTreeMap<String, u32>,
    #[ssm("/pool/size", default = 5)]
    size: u32,
}

impl Database {
    fn check(&self) -> Result<(), &'static str> {
        if self.size > 0 { Ok(()) } else { Err("a pool has connections") }
    }
}

#[derive(StageConfig, Debug)]
struct Cache {
    #[ssm("/url")]
    url: String,
    #[ssm("/token")]
    token: Option<SecretString>,
}

#[derive(StageConfig, Debug)]
#[stage_config(stages(dev, prod))]
struct Storage {
    #[nested("/db")]
    database: Database,
    #[nested("/cache")]
    cache: Option<Cache>,
}

#[derive(StageConfig, Debug)]
#[stage_config(stages(dev, prod))]
struct Config {
    #[nested("/app/{stage}")]
    storage: Storage,
}

fn store() -> LocalStore {
    LocalStore::start([
        Parameter::string("/app/dev/db/url", "dev"),
        Parameter::secret("app/dev/db/password", "pw_dev"),
        Parameter::string("/app/dev/db/options/a", "1"),
        Parameter::string("/app/dev/db/options/b", "2"),
        Parameter::string("/app/featureX/db/url", "featureX"),
        Parameter::string("/app/featureX/db/options/b", "20"),
        Parameter::string("/app/featureX/cache/url", "cache of featureX"),
    ])
    .unwrap()
}

async fn load(store: &LocalStore, stage: &str) -> Result<Config, LoadError> {
    Config::loader().stage(stage).client(client_of(store)).load().await
}

#[tokio::test]
async fn two_levels_below_a_prefix_with_the_stage_in_it() {
    let store = store();
    let Storage { database, cache } = load(&store, "dev").await.unwrap().storage;
    assert_eq!((&*database.url, database.password.expose_secret()), ("dev", "pw_dev"));
    assert_eq!(database.options, [("a".into(), 1), ("b".into(), 2)].into());
    assert_eq!(database.size, 5);
    assert!(cache.is_none());
    assert_eq!(
        names(&store),
        [
            "/app/dev/cache/token",
            "/app/dev/cache/url",
            "/app/dev/db/options",
            "/app/dev/db/pool/size",
            "/app/dev/db/url",
            "/aws/reference/secretsmanager/app/dev/db/password",
        ]
    );
}

#[tokio::test]
async fn a_preview_stage_overrides_what_it_wants() {
    let store = store();
    let Storage { database, cache } = load(&store, "featureX").await.unwrap().storage;
    assert_eq!((&*database.url, database.password.expose_secret()), ("featureX", "pw_dev"));
    assert_eq!(database.options, [("a".into(), 1), ("b".into(), 20)].into());
    let cache = cache.unwrap();
    assert_eq!((&*cache.url, cache.token.is_some()), ("cache of featureX", false));
}

#[tokio::test]
async fn half_an_optional_one_is_an_error() {
    let store = store();
    store.put(Parameter::secure_string("/app/dev/cache/token", "tk_1")).unwrap();
    let error = load(&store, "dev").await.unwrap_err();
    expect![[r#"
        cannot load `Config` for stage `dev`: 1 problem
          storage.cache.url: parameter `/app/dev/cache/url` does not exist in us-east-1
        help: aws ssm put-parameter --name /app/dev/cache/url --type String --region us-east-1 --value …
        help: if a value may be absent, make its field an `Option` or give it a `default`
        help: `storage.cache` is `None` only if none of its parameters exists"#]].assert_eq(&error.to_string());
}

#[tokio::test]
async fn an_optional_one_that_is_denied_is_an_error() {
    let store = store();
    store.script(On::call("GetParameter").name("/app/dev/cache/url").deny());
    store.script(On::call("GetParameters").name("/app/dev/cache/url").deny());
    let error = load(&store, "dev").await.unwrap_err();
    let [problem] = error.problems() else { panic!("{error}") };
    assert_eq!(problem.kind(), ProblemKind::Denied);
    assert_eq!(problem.fields(), ["storage.cache.url"]);
    assert_eq!(problem.parameter(), Some("/app/dev/cache/url"));
}

#[tokio::test]
async fn one_that_is_not_valid_is_named() {
    let store = store();
    store.put(Parameter::string("/app/dev/db/pool/size", "0")).unwrap();
    let error = load(&store, "dev").await.unwrap_err();
    expect![[r#"
        cannot load `Config` for stage `dev`: 1 problem
          storage.database: `Database` is not valid: a pool has connections"#]]
    .assert_eq(&error.to_string());
    let [problem] = error.problems() else { panic!("{error}") };
    assert_eq!(problem.kind(), ProblemKind::Invalid);
    assert_eq!(problem.fields(), ["storage.database"]);
}
