//! Structs in structs.

use std::collections::BTreeMap;

use stage_config::{ExposeSecret, LoadError, ProblemKind, SecretString, StageConfig};
use stage_config_local::{LocalStore, On, Parameter};

use crate::source;
use crate::stores::{names, remote};

#[derive(StageConfig, Debug)]
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
    Config::loader().stage(stage).source(source(&remote(store))).load().await
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
